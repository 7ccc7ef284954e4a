import { DAY_MS } from '../../scheduling/durations.js';
import type { Slot } from '../../protocol/availability.js';
import { addDays, dayOf, type Span } from '../../scheduling/local-days.js';
import { UpstreamFailure, type FetchedSpan } from './upstream.js';

/** How to ask a service that gives times of one local day at a time, and beforehand which days of a month have any. */
export interface DayByDay {
  /** IANA name of the zone whose days and months are meant; one that `Intl` knows. */
  readonly timeZone: string;
  readonly now: () => number;
  /** Whether a day (`YYYY-MM-DD`) of a month (`YYYY-MM`) has times, as far as the service says. */
  daysOf(month: string, isSoonest: boolean): Promise<(day: string) => boolean>;
  timesOn(day: string, isSoonest: boolean): Promise<readonly Slot[]>;
}

/** The result of a request, or its failure as a value. Everything but a failure of the upstream is still thrown. */
const settle = <Result>(work: Promise<Result>): Promise<Result | UpstreamFailure> =>
  work.catch((cause: unknown) => {
    if (cause instanceof UpstreamFailure) return cause;
    throw cause;
  });

/** The stretches of a span that begin and end with UTC days, which is how times are kept. */
function* utcDays({ from, to }: Span): Generator<Span> {
  for (let start = from; start < to;) {
    const end = Math.min(to, (Math.floor(start / DAY_MS) + 1) * DAY_MS);
    yield { from: start, to: end };
    start = end;
  }
}

/** Joins neighbours that were both fetched, and neighbours that both failed. */
function joined(answers: readonly FetchedSpan[]): FetchedSpan[] {
  const all: FetchedSpan[] = [];
  for (const answer of answers) {
    const before = all.at(-1);
    if (before && 'slots' in before && 'slots' in answer)
      all.splice(-1, 1, { ...before, to: answer.to, slots: [...before.slots, ...answer.slots] });
    else if (before && 'failure' in before && 'failure' in answer)
      all.splice(-1, 1, { ...before, to: answer.to });
    else all.push(answer);
  }
  return all;
}

/**
 * Times of a stretch, asked for month by month and then day by day, side by side. Days without times are not asked for;
 * a day that failed leaves the others as they are. Rejects with an `UpstreamFailure` where all of them failed.
 */
export async function askDayByDay(
  span: Span,
  { timeZone, now, daysOf, timesOn }: DayByDay,
): Promise<readonly FetchedSpan[]> {
  const months = new Map<string, Promise<((day: string) => boolean) | UpstreamFailure>>();
  const days = new Map<string, Promise<readonly Slot[] | UpstreamFailure>>();
  let hasAsked = false;
  const ask = (day: string): Promise<readonly Slot[] | UpstreamFailure> => {
    const isSoonest = !hasAsked;
    hasAsked = true;
    return settle(timesOn(day, isSoonest));
  };
  const last = dayOf(span.to - 1, timeZone);
  for (let day = dayOf(span.from, timeZone); day <= last; day = addDays(day, 1)) {
    const month = day.slice(0, 7);
    const asked = months.get(month) ?? settle(daysOf(month, months.size === 0));
    months.set(month, asked);
    const date = day;
    days.set(
      date,
      asked.then((has) => (has instanceof UpstreamFailure ? has : has(date) ? ask(date) : [])),
    );
  }
  const found = new Map<string, readonly Slot[] | UpstreamFailure>();
  for (const [day, answer] of days) found.set(day, await answer);

  const answers = [...utcDays(span)].map(({ from, to }): FetchedSpan => {
    const slots = new Map<number, Slot>();
    // A UTC day lies in two or three local ones.
    const end = dayOf(to - 1, timeZone);
    for (let day = dayOf(from, timeZone); day <= end; day = addDays(day, 1)) {
      const answer = found.get(day) ?? [];
      if (answer instanceof UpstreamFailure) return { from, to, failure: answer };
      for (const slot of answer) {
        const start = Date.parse(slot.start);
        if (start >= from && start < to) slots.set(start, slot);
      }
    }
    return { from, to, slots: [...slots].sort(([a], [b]) => a - b).map(([, slot]) => slot), at: now() };
  });
  const all = joined(answers);
  const [first] = all;
  if (first && all.length === 1 && 'failure' in first) throw first.failure;
  return all;
}
