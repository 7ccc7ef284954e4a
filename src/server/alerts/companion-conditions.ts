import { HOUR_MS } from '../../scheduling/durations.js';
import type { AlertSettings } from './alert-options.js';
import type { Condition, Figures } from './condition.js';
import { percent } from './numbers.js';

/** So much longer than the longest silence of the last month is longer than usual. */
const UNUSUAL = 1.5;

type Judge = (figures: Figures, settings: AlertSettings) => Condition | undefined;

const errors: Judge = ({ loads, failed }, { errorLoads, errorShare }) =>
  loads < errorLoads || failed / loads <= errorShare
    ? undefined
    : {
        alert: 'error-rate',
        subject: '',
        level: 'critical',
        value: failed / loads,
        threshold: errorShare,
        text: `${percent(failed / loads)} of the page views of the last five minutes had a widget that failed to load.`,
      };

const depth: Judge = ({ queue: { waiting } }, { queueDepth, backlog }) => {
  const isBacklog = waiting >= backlog;
  if (!isBacklog && waiting <= queueDepth) return undefined;
  return {
    alert: 'queue-depth',
    subject: '',
    level: isBacklog ? 'critical' : 'warning',
    value: waiting,
    threshold: isBacklog ? backlog : queueDepth,
    text: `${waiting} jobs wait in the queue${isBacklog ? ': a backlog' : ''}.`,
  };
};

const givenUp: Judge = ({ givenUp: value, isGivenUpInRow }, { givenUpInRow }) =>
  value === 0
    ? undefined
    : {
        alert: 'job-given-up',
        subject: '',
        level: isGivenUpInRow ? 'critical' : 'warning',
        value,
        threshold: isGivenUpInRow ? givenUpInRow : 0,
        text: `${value} jobs were given up in the last hour${isGivenUpInRow ? `, the last ${givenUpInRow} in a row` : ''}.`,
      };

const hits: Judge = ({ answers: { hit, miss, stale, hitShare: value } }, { hitShare, hitAnswers }) =>
  value === null || hit + miss + stale < hitAnswers || value >= hitShare
    ? undefined
    : {
        alert: 'hit-rate',
        subject: '',
        level: 'warning',
        value,
        threshold: hitShare,
        text: `${percent(value)} of the requests for slots in the last hour were answered from the cache.`,
      };

function silences({ silences: all }: Figures, { silentHours }: AlertSettings): Condition[] {
  return all.flatMap(({ provider: subject, silent, usual }): Condition[] => {
    // Without a history nobody knows what is usual.
    if (usual === null) return [];
    const threshold = Math.max(silentHours * HOUR_MS, usual * UNUSUAL);
    if (silent <= threshold) return [];
    const hours = (ms: number): string => `${Math.round(ms / HOUR_MS)} hours`;
    const text = `No delivery of ${subject} has arrived for ${hours(silent)}; the longest silence of the last month was ${hours(usual)}.`;
    return [{ alert: 'deliveries-silent', subject, level: 'warning', value: silent, threshold, text }];
  });
}

/** What is wrong with the widgets, the queue, the cache and the deliveries. */
export const companionConditions = (figures: Figures, settings: AlertSettings): Condition[] => [
  ...[errors, depth, givenUp, hits].flatMap((judge) => judge(figures, settings) ?? []),
  ...silences(figures, settings),
];
