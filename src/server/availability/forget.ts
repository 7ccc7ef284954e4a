import { DAY_MS } from '../../scheduling/durations.js';
import type { BookedEventType } from '../bookings/booking.js';
import type { Context } from '../feature.js';
import type { Slot } from '../../protocol/availability.js';
import type { Span } from '../../scheduling/local-days.js';
import type { ProviderName } from '../upstreams/upstream.js';
import { findEvents, relationOf, type KnownEvent } from './known-events.js';
import { forgetDays, overlaps, type Effect, type ForgottenDays } from './known-days.js';
import { dayNumber } from './schema.js';

/** A time that was booked or is free again, as a webhook or a synchronisation names it. */
export interface Booked extends Partial<Omit<BookedEventType, 'provider'>> {
  readonly provider: ProviderName;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
  /** It was cancelled or moved away: it does not have to leave the screen. */
  readonly freed?: boolean;
  /** The slot may be bookable although a booking is in it. */
  readonly isShared?: boolean;
}

/** The event `times-gone` of all instances: these event types, within this stretch, and which time exactly. */
export interface TimesGone {
  readonly keys: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
  /** The time is free again. */
  readonly freed?: boolean;
  /** It is not known whether the time is gone: pages have to request slots again. */
  readonly ask?: boolean;
}

export const TIMES_GONE = 'times-gone';

/** A slot of an event type that may still be free: only the upstream knows. */
export interface OpenSlot {
  readonly known: KnownEvent;
  readonly slot: Slot;
}

/** A booking may be longer than this; its neighbours are enough then. */
const MAX_DAYS = 40;

const named = (booked: Booked): BookedEventType & Booked => ({
  ...booked,
  eventType: booked.eventType ?? '',
  slug: booked.slug ?? '',
  hosts: booked.hosts ?? [],
  organization: booked.organization ?? '',
  team: booked.team ?? 'unknown',
});

/** A delivery that names no host names one by the id of its event type, where that was requested. */
function withHosts(
  booked: BookedEventType & Booked,
  events: readonly KnownEvent[],
): BookedEventType & Booked {
  if (booked.hosts.length > 0 || booked.eventType === '') return booked;
  const known = events.find(
    ({ provider, typeId }) => provider === booked.provider && typeId === booked.eventType,
  );
  return { ...booked, hosts: known?.hosting?.hosts ?? [] };
}

/** Whether the end of this slot is certain when the booking is in it. Where nothing says so, it is not. */
function isCertain({ hosting }: KnownEvent, { isShared, team, provider }: BookedEventType & Booked): boolean {
  if (isShared) return false;
  if (team === 'yes') return true; // a team's event type that is not shared wants all of its hosts
  if (hosting) return !hosting.isShared;
  return provider !== 'cal' || team === 'no';
}

const daysAround = ({ start, end }: Booked): number[] => {
  const days: number[] = [];
  for (let day = dayNumber(start) - 1; day <= dayNumber(end - 1) + 1 && days.length < MAX_DAYS; day++)
    days.push(day);
  return days;
};

/**
 * Marks the days of a booking in every instance: for its event type, and for the other event types of its hosts. A time that
 * is certainly taken is not given out again; everything else of these days is confirmed before it is, as long as the
 * upstream answers. Gives the slots of which only the upstream knows whether they are left.
 */
export const forget = (context: Pick<Context, 'store' | 'bus'>, booked: Booked): Promise<OpenSlot[]> =>
  forgetAll(context, [booked]);

/** The same for many at once, which costs hardly more than one. */
export async function forgetAll(
  { store, bus }: Pick<Context, 'store' | 'bus'>,
  all: readonly Booked[],
): Promise<OpenSlot[]> {
  const bookings = all
    .map(named)
    .filter(({ eventType, slug, hosts }) => eventType || slug || hosts.length > 0);
  if (bookings.length === 0) return [];
  const events = await findEvents(store, bookings);
  const forgotten: (ForgottenDays & { readonly asks: readonly KnownEvent[] })[] = [];
  for (const booked of bookings.map((one) => withHosts(one, events))) {
    const related = events.map((known) => ({ known, relation: relationOf(known, booked) }));
    const same = related.flatMap(({ known, relation }) => (relation === 'same' ? [known] : []));
    const certain = same.filter((known) => isCertain(known, booked));
    const open = same.filter((known) => !isCertain(known, booked));
    const others = related.flatMap(({ known, relation }) => (relation === 'same-host' ? [known] : []));
    const days = daysAround(booked);
    const span = { from: booked.start, to: booked.end };
    const add = (of: readonly KnownEvent[], effect: Effect, asks: readonly KnownEvent[]): void => {
      if (of.length > 0) forgotten.push({ events: of.map(({ event }) => event), days, span, effect, asks });
    };
    add(certain, booked.freed ? 'freed' : 'taken', []);
    add([...open, ...others], 'ask', open);
  }
  const before = await forgetDays(store, forgotten);
  await bus.publishAll(TIMES_GONE, forgotten.map(goneOf));
  return forgotten.flatMap(({ asks, days, span }) =>
    asks.flatMap((known) =>
      days.flatMap((day) =>
        (before.get(`${known.event} ${day}`) ?? [])
          .filter((slot) => overlaps(slot, span))
          .map((slot) => ({ known, slot })),
      ),
    ),
  );
}

function goneOf({ events, days, span, effect }: ForgottenDays): TimesGone {
  return {
    keys: events,
    from: (days[0] ?? 0) * DAY_MS,
    to: ((days.at(-1) ?? 0) + 1) * DAY_MS,
    start: span.from,
    end: span.to,
    ...(effect === 'freed' && { freed: true }),
    ...(effect === 'ask' && { ask: true }),
  };
}

/** The event for a slot that turned out to be gone. Without an end it ends as it begins. */
export const slotGone = (event: string, { start, end = start }: Slot): TimesGone => {
  const span: Span = { from: Date.parse(start), to: Math.max(Date.parse(end), Date.parse(start) + 1) };
  return goneOf({
    events: [event],
    days: [dayNumber(span.from), dayNumber(span.to - 1)],
    span,
    effect: 'taken',
  });
};
