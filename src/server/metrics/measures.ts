import { MARKS, type Mark, type WidgetReport } from '../../protocol/load-report.js';

/** What reports say of the page itself; milliseconds, the shifts without a unit. */
export const VITALS = ['lcp', 'inp', 'cls', 'widget-cls'] as const;

/** What a visitor waited, worked out from the marks: for the first times on screen, and for the scheduling page. */
export const WAITS = ['times-wait', 'calendar-wait'] as const;

/** Everything that has an average and percentiles. */
export const MEASURES = [...WAITS, ...MARKS, ...VITALS] as const;
export type Measure = (typeof MEASURES)[number];

type Marks = Readonly<Partial<Record<Mark, number>>>;

const latest = (...moments: readonly (number | undefined)[]): number =>
  Math.max(0, ...moments.filter((moment) => moment !== undefined));

/**
 * Milliseconds from when a visitor could want something to when it was there; 0 if it was there before. A calendar that
 * was only started on demand is waited for from its start, one that was prepared in a closed dialog from its opening.
 */
export function waitsOf({ mode, marks }: { readonly mode: string; readonly marks: Marks }): {
  readonly [Wait in (typeof WAITS)[number]]?: number;
} {
  const { visible, opened, ready } = marks;
  const shown = [marks['times-cached'], marks['times-fresh']].filter((at) => at !== undefined);
  const wanted = mode === 'inline' ? visible : opened;
  return {
    ...(shown.length > 0 &&
      wanted !== undefined && { 'times-wait': Math.max(0, Math.min(...shown) - wanted) }),
    ...(ready !== undefined && {
      'calendar-wait': Math.max(0, ready - latest(visible, opened, marks['frame-start'])),
    }),
  };
}

/** How far visitors got. A visitor who booked in the scheduling page has chosen a slot there, where the widget does not see it. */
export const STEPS = ['seen', 'opened', 'chosen', 'booked'] as const;
export type Step = (typeof STEPS)[number];

export function stepsOf({ outcome, marks }: Pick<WidgetReport, 'outcome' | 'marks'>): readonly Step[] {
  const booked = marks.booked !== undefined;
  const chosen = booked || marks['slot-chosen'] !== undefined;
  const opened = chosen || marks.opened !== undefined;
  const seen = opened || outcome !== 'unseen';
  const reached = { seen, opened, chosen, booked };
  return STEPS.filter((step) => reached[step]);
}
