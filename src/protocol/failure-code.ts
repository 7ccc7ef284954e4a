/**
 * Why a scheduling page is not on screen. One list for the failure view, the `booking-error` event and the load
 * report, so that a code always means the same thing wherever it is read.
 *
 * `internal-error`: an exception in the widget itself, in one of its chunks or in a browser function that it calls.
 */
export const FAILURE_CODES = [
  'bad-config',
  'offline',
  'not-found',
  'provider-error',
  'timeout',
  'blocked-csp',
  'refused',
  'blocked-coep',
  'blocked-mixed-content',
  'rate-limited',
  'internal-error',
] as const;

export type FailureCode = (typeof FAILURE_CODES)[number];
