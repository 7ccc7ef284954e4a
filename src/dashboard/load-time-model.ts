import type { ChartModel } from './chart-model.js';
import type { Summary } from './figures.js';
import type { Format } from './format.js';
import { seriesFormat } from './key-figures-model.js';

/** Durations that can be shown over time. */
export const DURATIONS = {
  'calendar-wait': 'Calendar',
  'times-wait': 'Bookable times',
  lcp: 'Largest paint of the page',
} as const;
export type DurationId = keyof typeof DURATIONS;

/** The percentiles of one duration over time, as "75 % within 1.1 s". */
export function loadTimeChart(summary: Summary, id: DurationId, format: Format, utc: Format): ChartModel {
  const whole = summary.measures[id];
  const times = seriesFormat(summary, format, utc);
  const line = (percentile: 'p50' | 'p75' | 'p95', color: string, dash?: readonly number[]) => ({
    name: `${format.percent(Number(percentile.slice(1)) / 100)} within`,
    values: summary.series.map(({ measures }) => measures[id]?.[percentile] ?? null),
    color,
    kind: 'line' as const,
    ...(dash && { dash }),
  });
  const within = (share: number, ms: number): string =>
    `${format.percent(share)} within ${format.duration(ms)}`;
  return {
    heading: 'Load time',
    sentence: whole
      ? [within(0.5, whole.p50), within(0.75, whole.p75), within(0.95, whole.p95)].join(' · ')
      : '',
    labels: times.ticks(
      summary.series.map(({ at }) => at),
      summary.step,
    ),
    steps: summary.series.map(({ at }) => times.step(at, summary.step)),
    series: [line('p50', '--second', [7, 4]), line('p75', '--first'), line('p95', '--third', [2, 3])],
    format: format.duration,
    scale: 'duration',
    empty: 'Not reported in this period.',
  };
}

/** The share of widgets that showed bookable times at once, from the cache. */
export function cacheChart(summary: Summary, format: Format, utc: Format): ChartModel {
  const times = seriesFormat(summary, format, utc);
  return {
    heading: 'Times at once',
    sentence: `${format.percent(summary.cacheShare)} of the widgets with bookable times had some in the cache.`,
    labels: times.ticks(
      summary.series.map(({ at }) => at),
      summary.step,
    ),
    steps: summary.series.map(({ at }) => times.step(at, summary.step)),
    series: [
      {
        name: 'From the cache',
        values: summary.series.map(({ cacheShare }) => cacheShare),
        color: '--second',
        kind: 'line',
      },
    ],
    format: format.percent,
    scale: 'share',
    empty: 'No widget has shown cached times in this period.',
  };
}
