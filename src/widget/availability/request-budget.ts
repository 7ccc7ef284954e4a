import { BUDGET_WINDOW_MS } from '../durations.js';

/**
 * Max requests that one browser sends to one API in any minute, all its tabs together. Cal.com allows 120 per address,
 * and everybody in an office has the same address.
 */
export const BUDGET = 20;

/** Whether a request sent at some moment still counts. Moments that a wrong clock wrote do not. */
export const isRecent = (at: number, now: number): boolean => at > now - BUDGET_WINDOW_MS && at <= now;

/** When the next request may be sent, given the moments of recent ones in order: 0 for now, else ms since 1970. */
export function budgetFreeAt(sent: readonly number[]): number {
  const oldest = sent[sent.length - BUDGET];
  return oldest === undefined ? 0 : oldest + BUDGET_WINDOW_MS;
}
