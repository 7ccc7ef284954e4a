/*
 * How long the widget waits, remembers and tries, in milliseconds. One table, so that limits that depend on one another
 * can be compared. What the companion shares is in `src/scheduling/durations.ts`.
 */

import { DAY_MS, HOUR_MS, MINUTE_MS, PROVIDER_LAG_MS, SECOND_MS } from '../scheduling/durations.js';

export { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS };

/** What moves so soon after an input is expected; browsers count no layout shift for 500 ms. */
export const INPUT_SHIFT_MS = 400;

/** One of our own chunks that takes longer counts as failed. */
export const CHUNK_TIMEOUT_MS = 20 * SECOND_MS;

/** Scheduling APIs have been seen to take ten seconds and more; no visitor waits longer than this for slots. */
export const SLOTS_REQUEST_TIMEOUT_MS = 15 * SECOND_MS;
/** A response that was requested before the widget's code was there is used as if it had just come for so long. */
export const EARLY_RESPONSE_MAX_AGE_MS = 15 * SECOND_MS;
/** Event details that are younger count as confirmed. */
export const DETAILS_MAX_AGE_MS = 10 * MINUTE_MS;
/** A visitor who has chosen a slot waits no longer to learn where it is booked. */
export const DETAILS_REQUEST_TIMEOUT_MS = 5 * SECOND_MS;
/** How long a tab waits for another tab's request before it sends its own. */
export const SLOTS_LOCK_TIMEOUT_MS = SLOTS_REQUEST_TIMEOUT_MS + 2 * SECOND_MS;
/** `Retry-After` is believed up to this: a wrong header must not silence a widget for days. */
export const MAX_RETRY_AFTER_MS = HOUR_MS;
/** A companion's clock may be wrong: a response that has just arrived is never older than this. */
export const MAX_RESPONSE_AGE_MS = 12 * HOUR_MS;
/** A booked slot is kept off the widget until the provider knows of the booking. */
export const TAKEN_SLOT_MS = PROVIDER_LAG_MS;

/** Window of the request budget. */
export const BUDGET_WINDOW_MS = MINUTE_MS;
/** How long a tab that has written the request log keeps the others out, so that the write has reached their processes. */
export const LOG_SETTLE_MS = 50;
/** How long a tab waits to write the request log before it writes all the same. */
export const LOG_LOCK_TIMEOUT_MS = 500;
/** A breaker state that is untouched for so long counts as new, and one that is open for longer as a mistake. */
export const LOG_MAX_AGE_MS = HOUR_MS;

/** IndexedDB that takes longer counts as hanging. */
export const STORAGE_TIMEOUT_MS = SECOND_MS;

/** A frame that waits its turn starts when its widget has stayed near the viewport, and the page still, for so long. */
export const FRAME_DWELL_MS = 100;
/** While the page is scrolled it starts after this. */
export const FRAME_MAX_DWELL_MS = SECOND_MS;
