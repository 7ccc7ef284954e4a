import type { UpstreamStatus } from '../upstreams/upstreams.js';
import type { AlertSettings } from './alert-options.js';
import type { Condition } from './condition.js';
import { seconds } from './numbers.js';

/** Of a budget of 120 calls a minute, 100 are a warning and 115 critical. */
const WARNING = 100 / 120;
const CRITICAL = 115 / 120;

type Judge = (account: UpstreamStatus, settings: AlertSettings) => Condition | undefined;

const budget: Judge = ({ account: subject, budget: calls, used }, { budgetWarning, budgetCritical }) => {
  const [warning, critical] = [budgetWarning ?? calls * WARNING, budgetCritical ?? calls * CRITICAL];
  if (used <= Math.min(warning, critical)) return undefined;
  const isCritical = used > critical;
  return {
    alert: 'budget',
    subject,
    level: isCritical ? 'critical' : 'warning',
    value: used,
    threshold: isCritical ? critical : warning,
    text: `${subject} has used ${used} of its ${calls} calls a minute.`,
  };
};

const failures: Judge = ({ account: subject, failures: value, lastFailure }, { failuresInRow: threshold }) =>
  value < threshold
    ? undefined
    : {
        alert: 'failures-in-row',
        subject,
        level: 'critical',
        value,
        threshold,
        text: `${subject} has failed ${value} times in a row${lastFailure ? `, last with "${lastFailure.code}"` : ''}.${
          lastFailure?.code === 'refused' ? ' Was its key revoked?' : ''
        }`,
      };

const slowness: Judge = (
  { account: subject, calls: { sent, p50, p95 } },
  { upstreamCalls, upstreamP50, upstreamP95 },
) => {
  if (sent < upstreamCalls) return undefined;
  const about = { alert: 'upstream-slow', subject } as const;
  if (p50 !== null && p50 > upstreamP50)
    return {
      ...about,
      level: 'critical',
      value: p50,
      threshold: upstreamP50,
      text: `Half of the calls to ${subject} in the last hour took longer than ${seconds(p50)}.`,
    };
  if (p95 !== null && p95 > upstreamP95)
    return {
      ...about,
      level: 'warning',
      value: p95,
      threshold: upstreamP95,
      text: `5 % of the calls to ${subject} in the last hour took longer than ${seconds(p95)}.`,
    };
  return undefined;
};

const limited: Judge = (
  { account: subject, calls: { rateLimitedInDay: value } },
  { rateLimited: threshold },
) =>
  value < threshold
    ? undefined
    : {
        alert: 'rate-limited',
        subject,
        level: 'warning',
        value,
        threshold,
        text: `${subject} was refused ${value} times in 24 hours as too many requests (429).`,
      };

/** What is wrong with one account. */
export const accountConditions = (account: UpstreamStatus, settings: AlertSettings): Condition[] =>
  [budget, failures, slowness, limited].flatMap((judge) => judge(account, settings) ?? []);
