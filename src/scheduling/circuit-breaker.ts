import { CIRCUIT_OPEN_MS, CIRCUIT_TRIAL_MS } from './durations.js';

/** What is remembered of an API that fails; no failures and any time in the past for one that does not. */
export interface Circuit {
  /** Failures in a row; from `OPEN` on the circuit is open, and two successes take it below again. */
  readonly failures: number;
  /** When it may be asked again, in milliseconds since 1970. */
  readonly until: number;
}

export type CircuitState = 'closed' | 'open' | 'half-open';

/** Failures in a row that open a circuit. */
const OPEN = 5;

export const circuitState = ({ failures, until }: Circuit, now: number): CircuitState =>
  failures < OPEN ? 'closed' : now < until ? 'open' : 'half-open';

/** `wait` is how long to leave the API alone, in milliseconds. */
export function afterFailure({ failures }: Circuit, now: number, wait: number): Circuit {
  const count = failures + 1;
  return count < OPEN
    ? { failures: count, until: now + wait }
    : { failures: OPEN + 1, until: now + Math.max(wait, CIRCUIT_OPEN_MS) };
}

export const afterSuccess = ({ failures }: Circuit, now: number): Circuit => ({
  failures: failures > OPEN ? OPEN : 0,
  until: now,
});

/** A request is about to be sent through a circuit that lets it. */
export const onTrial = ({ failures, until }: Circuit, now: number): Circuit => ({
  failures,
  until: failures < OPEN ? until : now + CIRCUIT_TRIAL_MS,
});
