import type { Status } from '../status.js';
import type { AlertSettings } from './alert-options.js';

export type Level = 'warning' | 'critical';

/** Something that is wrong at this moment. */
export interface Condition {
  readonly alert: 'budget' | 'error-rate' | 'queue-depth' | 'failures-in-row' | 'job-given-up' | 'store';
  /** The account, or nothing. */
  readonly subject: string;
  readonly level: Level;
  readonly value: number;
  readonly threshold: number;
  /** For people. */
  readonly text: string;
}

/** What conditions are judged by. */
export interface Figures extends Pick<Status, 'upstreams' | 'queue'> {
  /** Page views with a widget in the last five minutes, and those of them in which one failed. */
  readonly loads: number;
  readonly failed: number;
  /** Jobs that were given up in the last hour. */
  readonly givenUp: number;
}

/** Of a budget of 120 calls a minute, 100 are a warning and 115 critical. */
const WARNING = 100 / 120;
const CRITICAL = 115 / 120;

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

export function conditionsIn(
  { upstreams, queue, loads, failed, givenUp }: Figures,
  { budgetWarning, budgetCritical, errorShare, errorLoads, queueDepth, failuresInRow }: AlertSettings,
): Condition[] {
  const found: Condition[] = [];
  for (const { account, budget, used, failures, lastFailure } of upstreams) {
    const [warning, critical] = [budgetWarning ?? budget * WARNING, budgetCritical ?? budget * CRITICAL];
    if (used > Math.min(warning, critical)) {
      const level = used > critical ? 'critical' : 'warning';
      found.push({
        alert: 'budget',
        subject: account,
        level,
        value: used,
        threshold: level === 'critical' ? critical : warning,
        text: `${account} has used ${used} of its ${budget} calls a minute.`,
      });
    }
    if (failures >= failuresInRow)
      found.push({
        alert: 'failures-in-row',
        subject: account,
        level: 'critical',
        value: failures,
        threshold: failuresInRow,
        text: `${account} has failed ${failures} times in a row${lastFailure ? `, last with "${lastFailure.code}"` : ''}.${
          lastFailure?.code === 'refused' ? ' Was its key revoked?' : ''
        }`,
      });
  }
  if (loads >= errorLoads && failed / loads > errorShare)
    found.push({
      alert: 'error-rate',
      subject: '',
      level: 'critical',
      value: failed / loads,
      threshold: errorShare,
      text: `${percent(failed / loads)} of the page views of the last five minutes had a widget that failed to load.`,
    });
  if (queue.waiting > queueDepth)
    found.push({
      alert: 'queue-depth',
      subject: '',
      level: 'warning',
      value: queue.waiting,
      threshold: queueDepth,
      text: `${queue.waiting} jobs wait in the queue.`,
    });
  if (givenUp > 0)
    found.push({
      alert: 'job-given-up',
      subject: '',
      level: 'warning',
      value: givenUp,
      threshold: 0,
      text: `${givenUp} jobs were given up in the last hour; GET /v1/queue shows why.`,
    });
  return found;
}
