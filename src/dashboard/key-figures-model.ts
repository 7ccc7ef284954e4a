import { countChange, durationChange, isComparable, shareChange, type Change } from './change.js';
import type { ChartModel, Series } from './chart-model.js';
import type { Figures, Summary } from './figures.js';
import { DAY, type Format } from './format.js';
import { PERIODS } from './view.js';

/** The figures at the top of the dashboard, in their order. */
export const KEY_FIGURES = ['bookings', 'views', 'rate', 'failed', 'load-time'] as const;
export type KeyFigureId = (typeof KEY_FIGURES)[number];

export interface KeyFigure {
  readonly id: KeyFigureId;
  readonly name: string;
  readonly value: string;
  /** Words before the value, where it needs some. */
  readonly lead?: string;
  /** Against the period before; undefined where the two cannot be compared. */
  readonly change: Change | undefined;
  /** The figure of the period before, in words. */
  readonly before: string;
}

type Counted = Pick<Summary, 'booked' | 'seen' | 'count' | 'errors'>;

const rateOf = ({ booked, seen }: Counted): number | null => (seen > 0 ? booked / seen : null);
const failedOf = ({ errors, count }: Counted): number | null => (count > 0 ? errors / count : null);
const waitOf = ({ measures }: Pick<Summary, 'measures'>): number | undefined =>
  measures['calendar-wait']?.p75;

export function keyFigures({ summary, before, view }: Figures, format: Format): readonly KeyFigure[] {
  const isKnown = isComparable(before);
  const figure = (
    id: KeyFigureId,
    name: string,
    value: string,
    change: Change | undefined,
    valueBefore: string,
    lead?: string,
  ): KeyFigure => ({
    id,
    name,
    value,
    ...(lead !== undefined && { lead }),
    change: isKnown ? change : undefined,
    before: isKnown ? `${valueBefore} in ${PERIODS[view.window].before}` : 'nothing to compare with yet',
  });
  const { count, percent, duration } = format;
  return [
    figure(
      'bookings',
      'Bookings',
      count(summary.booked),
      countChange(summary.booked, before.booked, format),
      count(before.booked),
    ),
    figure(
      'views',
      'Widget views',
      count(summary.seen),
      countChange(summary.seen, before.seen, format),
      count(before.seen),
    ),
    figure(
      'rate',
      'Booking rate',
      percent(rateOf(summary)),
      shareChange(rateOf(summary), rateOf(before), format),
      percent(rateOf(before)),
    ),
    figure(
      'failed',
      'Failed loads',
      percent(failedOf(summary)),
      shareChange(failedOf(summary), failedOf(before), format, 'less'),
      percent(failedOf(before)),
    ),
    figure(
      'load-time',
      'Load time',
      duration(waitOf(summary)),
      durationChange(waitOf(summary), waitOf(before), format),
      duration(waitOf(before)),
      `${percent(0.75)} within`,
    ),
  ];
}

/** How the steps of a series are named: days are the owner's only where the companion has counted them so. */
export const seriesFormat = (
  { step, timeZone }: Pick<Summary, 'step' | 'timeZone'>,
  format: Format,
  utc: Format,
): Format => (step >= DAY && timeZone === 'UTC' ? utc : format);

const values = (
  series: Summary['series'],
  of: (loads: Summary['series'][number]) => number | null | undefined,
): (number | null)[] => series.map((loads) => of(loads) ?? null);

interface Words {
  readonly heading: string;
  readonly scale: ChartModel['scale'];
  readonly kind: Series['kind'];
  readonly color: string;
  readonly of: (loads: Summary['series'][number]) => number | null | undefined;
  readonly empty: string;
}

const CHARTS: Readonly<Record<KeyFigureId, Words>> = {
  bookings: {
    heading: 'Bookings over time',
    scale: 'count',
    kind: 'bar',
    color: '--first',
    of: ({ booked }) => booked,
    empty: 'No bookings in this period.',
  },
  views: {
    heading: 'Widget views over time',
    scale: 'count',
    kind: 'bar',
    color: '--first',
    of: ({ seen }) => seen,
    empty: 'Nobody has seen a widget in this period.',
  },
  rate: {
    heading: 'Booking rate over time',
    scale: 'share',
    kind: 'line',
    color: '--first',
    of: rateOf,
    empty: 'No bookings in this period.',
  },
  failed: {
    heading: 'Failed loads over time',
    scale: 'share',
    kind: 'line',
    color: '--bad',
    of: failedOf,
    empty: 'No load failed in this period.',
  },
  'load-time': {
    heading: 'Load time of the calendar over time',
    scale: 'duration',
    kind: 'line',
    color: '--first',
    of: waitOf,
    empty: 'No calendar was loaded in this period.',
  },
};

/** One key figure over time, with the period before as a dashed line. */
export function keyFigureChart(figures: Figures, id: KeyFigureId, format: Format, utc: Format): ChartModel {
  const { summary, before, view } = figures;
  const { heading, scale, kind, color, of, empty } = CHARTS[id];
  const { last, before: beforeName } = PERIODS[view.window];
  const figure = keyFigures(figures, format).find((one) => one.id === id);
  const times = seriesFormat(summary, format, utc);
  const name = `${last.charAt(0).toUpperCase()}${last.slice(1)}`;
  const earlier: Series = {
    name: `${beforeName.charAt(0).toUpperCase()}${beforeName.slice(1)}`,
    // The series may have a step more than that of the period before: the two end together.
    values: values(before.series, of).slice(-summary.series.length),
    color: '--before',
    kind: 'line',
    dash: [5, 4],
  };
  return {
    heading,
    sentence: figure
      ? `${figure.lead ? `${figure.lead} ` : ''}${figure.value} in the ${last}; ${figure.before}.`
      : '',
    labels: times.ticks(
      summary.series.map(({ at }) => at),
      summary.step,
    ),
    steps: summary.series.map(({ at }) => times.step(at, summary.step)),
    series: [
      { name, values: values(summary.series, of), color, kind },
      ...(isComparable(before) ? [earlier] : []),
    ],
    format: scale === 'count' ? format.count : scale === 'share' ? format.percent : format.duration,
    scale,
    empty,
  };
}
