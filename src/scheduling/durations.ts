/*
 * Units, and how long widget and companion both wait and remember, in milliseconds. `src/widget/durations.ts` and
 * `src/server/durations.ts` hold what only one of them does.
 */

export const SECOND_MS = 1000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** So long an API that failed again and again is left alone. */
export const CIRCUIT_OPEN_MS = MINUTE_MS;
/** In a half-open circuit one request is tried at a time; a tab or a server that dies over it does not block the others for longer. */
export const CIRCUIT_TRIAL_MS = 15 * SECOND_MS;
/** A booked slot may come back in a response that was under way; after this the provider knows of the booking. */
export const PROVIDER_LAG_MS = MINUTE_MS;
