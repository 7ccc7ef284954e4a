import type { BookedSpan, Booking, BookingState, Observation, Standing, Word } from './booking.js';

/** A booking goes through its states in this order and never back: a moved one comes back under another id. */
const RANK: Readonly<Record<BookingState, number>> = { pending: 0, accepted: 1, rejected: 2, cancelled: 3 };

/**
 * A look at the API that is so much younger than what was heard is believed against it, in milliseconds: clocks differ,
 * and lists of bookings lag behind.
 */
export const BELIEVED_AFTER = 300_000;

const later = <Dated extends { readonly at: number }>(
  a: Dated | null,
  b: Dated | null,
  isGreater: (a: Dated, b: Dated) => boolean,
): Dated | null => {
  if (!a || !b) return a ?? b;
  if (a.at !== b.at) return a.at > b.at ? a : b;
  return isGreater(a, b) ? a : b;
};

/** Deliveries overtake each other, and their stamps say when they were sent: the further state counts. */
function further(a: Word | null, b: Word | null): Word | null {
  if (!a || !b) return a ?? b;
  if (a.state !== b.state) return RANK[a.state] > RANK[b.state] ? a : b;
  return a.at >= b.at ? a : b;
}

const isFurther = (a: Word, b: Word): boolean => RANK[a.state] > RANK[b.state];

const isLonger = (a: BookedSpan, b: BookedSpan): boolean =>
  a.start === b.start ? a.end > b.end : a.start > b.start;

/** The same whichever comes first: an empty text gives way, and of two the greater one stays. */
const either = (a: string, b = ''): string => (a > b ? a : b);

const earlier = (a: number | null, b: number | null = null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);

const unknown = ({ provider, id }: Observation): Booking => ({
  provider,
  id,
  account: '',
  eventType: '',
  slug: '',
  bookedAt: null,
  movedTo: '',
  movedFrom: '',
  heard: null,
  seen: null,
  span: null,
});

/**
 * What is known of a booking after one more observation of it. The result is the same in whatever order observations
 * come, and however often.
 */
export function merge(known: Booking | null, observation: Observation): Booking {
  const before = known ?? unknown(observation);
  const { source, at, state, start, end, account, eventType, slug, bookedAt, movedTo, movedFrom } =
    observation;
  const word = { state, at };
  const span = start === undefined || end === undefined ? null : { start, end, at };
  return {
    provider: before.provider,
    id: before.id,
    account: either(before.account, account),
    eventType: either(before.eventType, eventType),
    slug: either(before.slug, slug),
    bookedAt: earlier(before.bookedAt, bookedAt),
    movedTo: either(before.movedTo, movedTo),
    movedFrom: either(before.movedFrom, movedFrom),
    heard: source === 'webhook' ? further(before.heard, word) : before.heard,
    seen: source === 'sync' ? later(before.seen, word, isFurther) : before.seen,
    span: later(before.span, span, isLonger),
  };
}

function settled({ heard, seen }: Booking): Word | null {
  if (!heard || !seen) return heard ?? seen;
  return seen.at >= heard.at + BELIEVED_AFTER ? seen : further(heard, seen);
}

/** How a booking stands, from what was heard and what was seen. */
export function standingOf(booking: Booking): Standing {
  const { span } = booking;
  return {
    state: settled(booking)?.state ?? 'pending',
    start: span?.start ?? null,
    end: span?.end ?? null,
  };
}
