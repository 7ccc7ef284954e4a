import type { LoadsSummary, Summary } from '../server/metrics/summary.js';
import type { Panel } from './chart-panel.js';
import { count, failureName, moment, outcomeName, pageName, percent, seconds } from './words.js';

/** What can be looked at over time. */
export const TIMES = {
  'calendar-wait': 'Wait for the calendar',
  'times-wait': 'Wait for bookable times',
  lcp: 'Largest paint of the page',
} as const;
export type Timed = keyof typeof TIMES;

const ordered = (counts: Readonly<Record<string, number>>): [string, number][] =>
  Object.entries(counts).sort(([, a], [, b]) => b - a);

/** One column of a list, the largest first. */
const rows = (
  labels: readonly string[],
  values: readonly number[],
  name: string,
): Pick<Panel, 'kind' | 'labels' | 'tracks'> => ({
  kind: 'rows',
  labels,
  tracks: [{ name, values, color: '--first' }],
});

export function timesPanel({ series, step, measures }: Summary, timed: Timed): Panel {
  const of =
    (name: 'p50' | 'p75' | 'p95') =>
    (loads: LoadsSummary): number | null =>
      loads.measures[timed]?.[name] ?? null;
  const whole = measures[timed];
  return {
    heading: `${TIMES[timed]} over time`,
    summary: whole
      ? `Half of the visitors had it within ${seconds(whole.p50)}, three quarters within ${seconds(whole.p75)}, 95 of 100 within ${seconds(whole.p95)}.`
      : '',
    kind: 'line',
    labels: series.map(({ at }) => moment(at, step)),
    labelled: 'From',
    tracks: [
      { name: 'p95', values: series.map(of('p95')), color: '--third', dash: [2, 3] },
      { name: 'p75', values: series.map(of('p75')), color: '--first' },
      { name: 'p50', values: series.map(of('p50')), color: '--second', dash: [7, 4] },
    ],
    shown: seconds,
    empty: 'Nobody has reported this in this time.',
  };
}

export const loadsPanel = ({ series, step, count: all, errors }: Summary): Panel => ({
  heading: 'Loads over time',
  summary: `${count(all)} loads, ${count(errors)} of them failed.`,
  kind: 'bar',
  stacked: true,
  labels: series.map(({ at }) => moment(at, step)),
  labelled: 'From',
  tracks: [
    { name: 'not failed', values: series.map((loads) => loads.count - loads.errors), color: '--first' },
    { name: 'failed', values: series.map((loads) => loads.errors), color: '--bad' },
  ],
  shown: count,
  empty: 'No loads in this time.',
});

export function outcomesPanel({ outcomes, count: all }: Summary): Panel {
  const found = ordered(outcomes);
  const [first] = found;
  return {
    heading: 'Outcomes',
    summary: first ? `Most often: ${outcomeName(first[0])}, ${percent(first[1] / all)}.` : '',
    ...rows(
      found.map(([name]) => outcomeName(name)),
      found.map(([, loads]) => loads),
      'loads',
    ),
    labelled: 'Outcome',
    shown: count,
    empty: 'No loads in this time.',
  };
}

export const cachePanel = ({ series, step, cacheShare }: Summary): Panel => ({
  heading: 'Times from the cache',
  summary: `${percent(cacheShare)} of the widgets that show times had some at once.`,
  kind: 'line',
  labels: series.map(({ at }) => moment(at, step)),
  labelled: 'From',
  tracks: [{ name: 'from the cache', values: series.map((loads) => loads.cacheShare), color: '--second' }],
  shown: percent,
  most: 1,
  empty: 'No widget had cached times in this time.',
});

export const funnelPanel = ({ funnel }: Summary): Panel => ({
  heading: 'From seeing to booking',
  summary: funnel.seen > 0 ? `${percent(funnel.booked / funnel.seen)} of those who saw a widget booked.` : '',
  ...rows(
    ['Seen', 'Opened', 'Time chosen', 'Booked'],
    [funnel.seen, funnel.opened, funnel.chosen, funnel.booked],
    'visitors',
  ),
  labelled: 'Step',
  shown: count,
  empty: 'Nobody has seen a widget in this time.',
});

export function slowestPanel({ by }: Summary): Panel {
  const pages = by.slowest.slice(0, 8);
  const names = pages.map(({ name }) =>
    pageName(
      name,
      by.page.map((page) => page.name),
    ),
  );
  const [first] = pages;
  return {
    heading: 'Slowest pages',
    summary: first ? `Three quarters of the visitors had the calendar within the time shown.` : '',
    ...rows(
      names,
      pages.map(({ measures }) => measures['calendar-wait']?.p75 ?? 0),
      'wait for the calendar, p75',
    ),
    labelled: 'Page',
    shown: seconds,
    empty: 'No page has enough loads to tell.',
  };
}

export function failuresPanel({ failures, errors }: Summary): Panel {
  const found = ordered(failures);
  const { tracks, ...list } = rows(
    found.map(([code]) => failureName(code)),
    found.map(([, loads]) => loads),
    'loads',
  );
  return {
    heading: 'Failures',
    summary: `${count(errors)} loads failed.`,
    ...list,
    tracks: tracks.map((track) => ({ ...track, color: '--bad' })),
    labelled: 'Why',
    shown: count,
    empty: 'Nothing failed in this time.',
  };
}
