import { BELIEVED_AFTER_MS } from '../durations.js';
import type {
  BookedSpan,
  Booking,
  BookingState,
  BookingStatus,
  DatedState,
  Observation,
  TeamFact,
} from './booking.js';

/** A booking goes through its states in this order and never back: a moved one comes back under another id. */
const RANK: Readonly<Record<BookingState, number>> = { pending: 0, accepted: 1, rejected: 2, cancelled: 3 };

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
function further(a: DatedState | null, b: DatedState | null): DatedState | null {
  if (!a || !b) return a ?? b;
  if (a.state !== b.state) return RANK[a.state] > RANK[b.state] ? a : b;
  return a.at >= b.at ? a : b;
}

const isFurther = (a: DatedState, b: DatedState): boolean => RANK[a.state] > RANK[b.state];

const isLonger = (a: BookedSpan, b: BookedSpan): boolean =>
  a.start === b.start ? a.end > b.end : a.start > b.start;

/** The same whichever comes first: an empty text gives way, and of two the greater one stays. */
const either = (a: string, b = ''): string => (a > b ? a : b);

const earlier = (a: number | null, b: number | null = null): number | null =>
  a === null || b === null ? (a ?? b) : Math.min(a, b);

const latest = (a: number | null, b: number | null = null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);

const united = (a: readonly string[], b: readonly string[] = []): readonly string[] =>
  [...new Set([...a, ...b])].sort();

const TEAM_FACTS: readonly TeamFact[] = ['unknown', 'no', 'yes'];

/** What was said wins over what was not, and a team that was named once is a team. */
const surer = (a: TeamFact, b: TeamFact = 'unknown'): TeamFact =>
  TEAM_FACTS.indexOf(a) >= TEAM_FACTS.indexOf(b) ? a : b;

const unknown = ({ provider, id }: Observation): Booking => ({
  provider,
  id,
  account: '',
  eventType: '',
  slug: '',
  hosts: [],
  organization: '',
  team: 'unknown',
  bookedAt: null,
  overAt: null,
  movedTo: '',
  movedFrom: '',
  isShared: false,
  unsureAt: null,
  delivered: null,
  seen: null,
  span: null,
});

const isOver = (state: BookingState): boolean => state === 'cancelled' || state === 'rejected';

/**
 * What is known of a booking after one more observation of it. The result is the same in any order of observations,
 * and any number of repetitions.
 */
export function merge(known: Booking | null, observation: Observation): Booking {
  const before = known ?? unknown(observation);
  const { source, at, state, start, end, account, eventType, slug, bookedAt, overAt, movedTo, movedFrom } =
    observation;
  const dated = { state, at };
  const span = start === undefined || end === undefined ? null : { start, end, at };
  return {
    provider: before.provider,
    id: before.id,
    account: either(before.account, account),
    eventType: either(before.eventType, eventType),
    slug: either(before.slug, slug),
    hosts: united(before.hosts, observation.hosts),
    organization: either(before.organization, observation.organization),
    team: surer(before.team, observation.team),
    bookedAt: earlier(before.bookedAt, bookedAt),
    overAt: earlier(before.overAt, isOver(state) ? (overAt ?? at) : null),
    movedTo: either(before.movedTo, movedTo),
    movedFrom: either(before.movedFrom, movedFrom),
    isShared: before.isShared || observation.isShared === true,
    unsureAt: latest(before.unsureAt, observation.unsureAt),
    delivered: source === 'webhook' ? further(before.delivered, dated) : before.delivered,
    seen: source === 'sync' ? later(before.seen, dated, isFurther) : before.seen,
    span: later(before.span, span, isLonger),
  };
}

function settled({ delivered, seen }: Booking): DatedState | null {
  if (!delivered || !seen) return delivered ?? seen;
  return seen.at >= delivered.at + BELIEVED_AFTER_MS ? seen : further(delivered, seen);
}

/** The state and the times of a booking, from what was delivered and what was seen. */
export function statusOf(booking: Booking): BookingStatus {
  const { span } = booking;
  return {
    state: settled(booking)?.state ?? 'pending',
    start: span?.start ?? null,
    end: span?.end ?? null,
  };
}

/** Whether the provider's API has to say how the booking stands: no delivery said it, and nothing was seen since. */
export const isUnsettled = ({ unsureAt, seen }: Booking): boolean =>
  unsureAt !== null && (seen === null || seen.at <= unsureAt);
