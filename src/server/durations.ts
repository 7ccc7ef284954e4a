/*
 * How long the companion waits, keeps and tries. One table, so that limits that depend on one another can
 * be compared; what it shares with the widget is in `src/scheduling/durations.ts`. The limits of database connections are
 * beside the pool that sets them, and the phases of a stop beside what stops.
 */

import { retryDelay } from '../scheduling/back-off.js';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../scheduling/durations.js';

// alerts
/** How often to look, and for how long one instance does it for all. */
export const ALERT_LOOK_MS = 10 * SECOND_MS;
export const ALERT_LEASE_MS = MINUTE_MS;
/** The share of errors is that of so many milliseconds. */
export const ALERT_RECENT_MS = 5 * MINUTE_MS;
/** A job that was given up is worth a notice for so long. */
export const ALERT_GIVEN_UP_MS = HOUR_MS;
/** What comes and goes within this time is one episode. */
export const ALERT_CALM_MS = MINUTE_MS;
/** Milliseconds that the receiver may take. */
export const NOTICE_TIMEOUT_MS = 5 * SECOND_MS;
/** A notice that could not be sent for a day is dropped. */
export const NOTICE_TOO_LATE_MS = DAY_MS;
/** Milliseconds that the store has to be out before its owner is notified: a restart is none of their business. */
export const STORE_ALERT_AFTER_MS = 30 * SECOND_MS;

// availability
/** Answers are counted by stretches of time. */
export const ANSWER_STRETCH_MS = 5 * MINUTE_MS;
/** How long counts are kept. */
export const ANSWERS_KEPT_MS = 7 * DAY_MS;
/** How often counts of answers are stored, and old ones removed. */
export const ANSWERS_FLUSH_MS = 10 * SECOND_MS;
export const ANSWERS_FORGET_MS = HOUR_MS;
/** How long after they were fresh slots are given out at once while they are revalidated. */
export const REVALIDATE_MS = MINUTE_MS;
/** How often rows that are no longer needed are removed. */
export const TIMES_SWEEP_MS = HOUR_MS;
/** How long details are kept for when the service is down. */
export const DETAILS_KEPT_MS = DAY_MS;
/** How long "there are no details" is cached. */
export const DETAILS_MISSING_MS = MINUTE_MS;
/** Milliseconds after which an event type that was not requested is forgotten. */
export const TIMES_UNUSED_MS = 30 * DAY_MS;
/** Maximum wait for an upstream, or for another instance that requests the same. */
export const TIMES_MAX_WAIT_MS = 10 * SECOND_MS;
/** How long a process that dies during a request blocks the others. */
export const TIMES_LEASE_MS = 3 * SECOND_MS;
/** How long "there is no such event type" is cached. */
export const EVENT_MISSING_MS = MINUTE_MS;
/** When it is worth asking again while the store cannot be written. */
export const TIMES_STORE_RETRY_MS = 5 * SECOND_MS;
/** Minimum back-off of what the budget had no room for. */
export const TIMES_MIN_BACK_OFF_MS = SECOND_MS;
/** Back-off after failures: doubled after each, up to the last. */
export const TIMES_FIRST_RETRY_MS = 2 * SECOND_MS;
export const TIMES_LAST_RETRY_MS = 30 * SECOND_MS;

// bookings
/**
 * How much younger than a delivery a look at the API has to be to win over it: clocks differ,
 * and lists of bookings lag behind.
 */
export const BELIEVED_AFTER_MS = 5 * MINUTE_MS;

// cdn
/** Milliseconds that names wait for company: a booking changes several event types at once. */
export const CDN_COLLECT_MS = 500;
/** Milliseconds that the network may take. */
export const CDN_TIMEOUT_MS = 5 * SECOND_MS;
/** How long an instance that dies keeps the others from it. */
export const CDN_LEASE_MS = 10 * SECOND_MS;

// commands
/** Milliseconds that an API may take to answer. */
export const DOCTOR_TIMEOUT_MS = 5 * SECOND_MS;
/** Milliseconds by which this machine's clock may differ: signatures are believed for three minutes. */
export const DOCTOR_CLOCK_TOLERANCE_MS = 30 * SECOND_MS;
/** Milliseconds by which the clocks of this machine and of the database may differ. */
export const DOCTOR_STORE_TOLERANCE_MS = 5 * SECOND_MS;
/**
 * Milliseconds after the first signal in which a command ends, whatever happens. Ten seconds are promised: the rest is for
 * a machine that is busy with other things.
 */
export const COMMAND_END_MS = 6 * SECOND_MS;
/** Milliseconds that open handles, such as a connection to a database that hangs, may keep a finished command alive. */
export const COMMAND_LINGER_MS = 300;
/** Milliseconds that requests under way may take after a signal; the rest of the six seconds of `endInTime` is for stopping. */
export const SERVE_GRACE_MS = 2 * SECOND_MS;
/** Milliseconds that a start may take before the port is opened all the same, as when the database hangs. */
export const QUICK_START_MS = 15 * SECOND_MS;
/** How often `warm` runs again. */
export const WARM_AGAIN_MS = 10 * MINUTE_MS;
/** Milliseconds that the companion may take to answer, and between two looks at the queue. */
export const WEBHOOK_TEST_TIMEOUT_MS = 15 * SECOND_MS;
export const WEBHOOK_TEST_LOOK_MS = 100;

// the process
/** A check that takes longer has failed. */
export const HEALTH_TIMEOUT_MS = 3 * SECOND_MS;
/** Milliseconds after which it is worth asking again. */
export const HEALTH_RETRY_MS = 2 * SECOND_MS;
/** How often old records are removed. */
export const REMOVAL_MS = HOUR_MS;
/** Milliseconds before the next try to start: doubled after each, up to the last. */
export const START_FIRST_DELAY_MS = 500;
export const START_LAST_DELAY_MS = 10 * SECOND_MS;
/** Milliseconds after which it is worth asking again. */
export const STORE_RETRY_MS = 5 * SECOND_MS;
/** Milliseconds for which the result of a probe is used again: anyone may request the health, and each probe is a write. */
export const STORE_WRITES_GOOD_MS = SECOND_MS;

// live
/** How long events are kept, and how many at most; for older ones a page requests slots again. */
export const GONE_TIMES_KEPT_MS = HOUR_MS;
/** Minimum reconnection delay in milliseconds; up to twice that, so that pages do not reconnect at one moment. */
export const LIVE_RECONNECT_MS = 2 * SECOND_MS;
/** Retry delay of a page that found no free connection. */
export const LIVE_FULL_MS = MINUTE_MS;

// metrics
/** An hour is summed up once its visitors have mostly gone. What comes later makes it be summed again. */
export const HOUR_SETTLED_MS = 5 * MINUTE_MS;
/** How often hours are summed up, and how long one instance may take before another does. */
export const METRICS_SUM_MS = MINUTE_MS;
export const METRICS_LEASE_MS = 2 * MINUTE_MS;

// native-booking
/** A booking that makes calendar entries and a video room may take long. */
export const LONGEST_BOOKING_MS = 30 * SECOND_MS;
/** For so long rows answer repetitions, and count against the quota. */
export const BOOKING_REQUESTS_KEPT_MS = DAY_MS;
/** After so long a request without an outcome will have none: its process is gone. */
export const BOOKING_LOST_AFTER_MS = LONGEST_BOOKING_MS + 15 * SECOND_MS;

// queue
/** After a failed attempt of a job, or of a page of bookings, it is tried again in so long; after the last it is given up. */
export const RETRY_AFTER_MS: readonly number[] = [1, 2, 3].map((attempt) => retryDelay(attempt, () => 0.5));
/** Records are kept for so long. */
export const JOBS_KEPT_MS = 30 * DAY_MS;
/** A process that dies keeps its jobs from others for so long; renewed while it works. */
export const JOB_LEASE_MS = 10 * SECOND_MS;
/** Moments this far ahead of what anybody writes come from a clock that was set back since. */
export const JOB_INSANE_MS = MINUTE_MS;
/** How often to look for jobs of other instances, and for such as are due again. */
export const JOB_POLL_MS = SECOND_MS;

// store
/** Events are kept for so long: a phone that slept for an hour asks for everything again. */
export const EVENTS_KEPT_MS = HOUR_MS;
export const EVENTS_SWEEP_MS = MINUTE_MS;
/** Milliseconds that the copy waits for a process that writes. */
export const COPY_TIMEOUT_MS = 10 * SECOND_MS;
/**
 * Max. milliseconds that writes wait while another process holds the file's lock. They count from the last write that this
 * process got through: where processes take turns, the lock is not held, however long the queue is.
 */
export const EMBEDDED_TIMEOUT_MS = 5 * SECOND_MS;
/** How often to look whether another process has written; a look costs microseconds. */
export const EMBEDDED_LOOK_MS = 100;
/** Max. milliseconds that opening the file waits for another process; no request is answered before. */
export const EMBEDDED_OPENING_MS = 5 * SECOND_MS;
/** Notes are shown for so long. */
export const NOTES_KEPT_MS = 7 * DAY_MS;
/** Max. milliseconds that connecting takes. */
export const LISTENER_CONNECT_MS = 3 * SECOND_MS;
/** How often to look although no notification came: one may have been lost with its connection. */
export const LISTENER_LOOK_MS = SECOND_MS;
/** How often the server's clock is compared with this machine's. */
export const CLOCKS_COMPARED_MS = MINUTE_MS;
/** How often the store is tried while it works, and while it does not. */
export const STORE_LOOK_MS = 5 * SECOND_MS;
export const STORE_FAILING_LOOK_MS = SECOND_MS;
/** Max. milliseconds that a try may take. */
export const STORE_TIMEOUT_MS = 3 * SECOND_MS;

// sync
/** Milliseconds for which counts are used again: counting 50,000 rows takes a twentieth of a second or more. */
export const ACCOUNT_COUNTED_MS = 30 * SECOND_MS;
/** How often to look for bookings that were left open; a delivery that leaves one open is looked at at once. */
export const SETTLE_LOOK_MS = MINUTE_MS;
/** How long a process that dies blocks the others. */
export const SETTLE_LEASE_MS = 30 * SECOND_MS;
/** How long a process that dies blocks the account for others. */
export const SYNC_LEASE_MS = 10 * SECOND_MS;
/** The longest wait for the budget. */
export const SYNC_MAX_WAIT_MS = MINUTE_MS;
/** How often bookings are read where webhooks are not known to arrive. */
export const SYNC_WITHOUT_WEBHOOKS_MS = 15 * MINUTE_MS;
/** How long after a delivery webhooks are known to arrive. */
export const WEBHOOKS_ARRIVING_MS = DAY_MS;
/** How often to look whether an account is due, and when for the first time. */
export const SYNC_LOOK_MS = 5 * MINUTE_MS;
export const SYNC_FIRST_LOOK_MS = MINUTE_MS;
/** Retry delay of an interrupted run in milliseconds; doubled each time, up to the usual pause. */
export const SYNC_FIRST_RETRY_MS = 10 * MINUTE_MS;

// telemetry
/** A collector may take so many milliseconds, tries included: stopping waits no longer for it. */
export const TELEMETRY_TIMEOUT_MS = 3 * SECOND_MS;

// upstreams
/** Maximum retry delay that is given out while the breaker is open: another call may close it. */
export const MAX_OPEN_DELAY_MS = 15 * SECOND_MS;
/** An upstream's own pauses are taken for so long at most. */
export const LONGEST_PAUSE_MS = 10 * MINUTE_MS;
/** Clocks of instances differ by a little, and so do the ways to the upstream. */
export const BUDGET_SLACK_MS = 250;
/** Nothing is bookable within this time. */
export const CAL_AHEAD_MS = MINUTE_MS;
/** Calls are counted by stretches of time, so that any last hour is known. */
export const CALL_STRETCH_MS = 5 * MINUTE_MS;
export const CALLS_KEPT_MS = 7 * DAY_MS;
/** A call that took longer counts as slow. */
export const SLOW_CALL_MS = 5 * SECOND_MS;
/** How often counts of calls are stored, and old ones removed. */
export const CALLS_FLUSH_MS = 10 * SECOND_MS;
export const CALLS_FORGET_MS = HOUR_MS;
/** How long a list of event types is used where it cannot be fetched again. */
export const LIST_KNOWN_MS = DAY_MS;
/** A link that is not among them may be new: then the list is requested again, but not more often than this. */
export const LIST_ASK_AGAIN_MS = 5 * MINUTE_MS;
/** Milliseconds that the longest list of event types may take. */
export const LIST_TIMEOUT_MS = 15 * SECOND_MS;
/** How long a process that dies while it lists event types blocks the others. */
export const LIST_LEASE_MS = 3 * SECOND_MS;
/** Nothing says for how long, or says it unreadably: Cal.com shuts out for a minute. */
export const RETRY_AFTER_DEFAULT_MS = MINUTE_MS;
export const RETRY_AFTER_MAX_MS = 10 * MINUTE_MS;

// warm
export const WARM_GAP_MS = 3 * SECOND_MS;
/** How long a process that dies blocks the others. */
export const WARM_LEASE_MS = 10 * SECOND_MS;

// webhooks
/** How exactly the latest delivery is known: not every delivery is worth a write. */
export const ARRIVAL_PRECISION_MS = MINUTE_MS;
/** How old a signature may be; Calendly recommends three minutes. */
export const SIGNATURE_TOLERANCE_MS = 3 * MINUTE_MS;
/** How often records are stored, and old ones removed. */
export const DELIVERIES_FLUSH_MS = 10 * SECOND_MS;
export const DELIVERIES_FORGET_MS = HOUR_MS;
/** How long counts of deliveries are kept. */
export const DELIVERIES_KEPT_MS = 30 * DAY_MS;
/** Milliseconds between two lines about the same provider and reason: strangers may send what they like. */
export const REFUSAL_LOG_MS = MINUTE_MS;
/** How long a delivery may take to arrive. */
export const ARRIVAL_TIMEOUT_MS = 10 * SECOND_MS;
