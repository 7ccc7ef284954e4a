import type { BookingAnswer } from '../../protocol/booking.js';
import { Problem, retryAfter } from '../http/problem.js';
import type { RequestRow } from './requests.js';
import type { RequestState } from './schema.js';

/** Milliseconds after which it is worth asking again where nothing was sent. */
const SOON = 5000;

const UNKNOWN = {
  status: 504,
  code: 'booking-unknown',
  detail:
    'The scheduling service was asked and gave no answer. There may be a booking; do not send it again.',
} as const;

const PROBLEMS = {
  taken: {
    status: 409,
    code: 'slot-taken',
    detail: 'The slot is not free any more. Nothing was booked.',
  },
  refused: {
    status: 409,
    code: 'booking-refused',
    detail: 'The scheduling service does not make this booking by API. Nothing was booked.',
  },
  'not-sent': {
    status: 503,
    code: 'not-booked',
    detail: 'The scheduling service cannot be asked at the moment. Nothing was booked.',
    headers: retryAfter(SOON),
  },
  sent: UNKNOWN,
  unknown: UNKNOWN,
} as const;

/** How a request that came to no booking is answered. */
export const problemOf = (state: Exclude<RequestState, 'booked'>): Problem => new Problem(PROBLEMS[state]);

/** What the first request of a key was answered, and every repetition is. Throws the `Problem` that it was. */
export function answerOf(row: RequestRow): BookingAnswer {
  if (row.state !== 'booked') throw problemOf(row.state);
  return {
    v: 1,
    id: row.id,
    start: new Date(row.starts_at).toISOString(),
    end: new Date(row.ends_at).toISOString(),
    ...(row.reschedule_url && { rescheduleUrl: row.reschedule_url }),
    ...(row.cancel_url && { cancelUrl: row.cancel_url }),
  };
}
