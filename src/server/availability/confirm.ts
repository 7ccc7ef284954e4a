import { DAY_MS } from '../../scheduling/durations.js';
import type { Context } from '../feature.js';
import { eventTypeOf } from './known-events.js';
import { slotGone, TIMES_GONE, type OpenSlot, type TimesGone } from './forget.js';
import { dayNumber } from './schema.js';
import type { Times } from './times.js';

/** Maximum number of event types that one batch of bookings asks about; pages ask about the others themselves. */
const MAX_EVENTS = 10;

/** Asks the upstreams about slots that a delivery left open, beside the work that found them. */
export interface Confirmations {
  /** Returns at once. */
  add(slots: readonly OpenSlot[]): void;
  /** Fulfilled when nothing is under way. */
  settled(): Promise<void>;
}

/**
 * The last seat, or the last host: open pages learn that a slot is gone within a second of the delivery. Costs one call for
 * each event type that was booked, which pages that ask again share. Where the upstream does not answer nothing is claimed.
 */
export function openConfirmations(
  { upstreams, bus, now, log }: Pick<Context, 'upstreams' | 'bus' | 'now' | 'log'>,
  times: Pick<Times, 'find'>,
): Confirmations {
  const underWay = new Set<Promise<void>>();

  async function confirm(slots: readonly OpenSlot[]): Promise<TimesGone[]> {
    const [first] = slots;
    const event = first && eventTypeOf(first.known);
    const upstream = first && upstreams.all.find(({ account }) => account === first.known.account);
    if (!event || !upstream) return [];
    const starts = slots.map(({ slot }) => Date.parse(slot.start)).filter((start) => start > now());
    if (starts.length === 0) return [];
    const span = {
      from: Math.max(now(), dayNumber(Math.min(...starts)) * DAY_MS),
      to: (dayNumber(Math.max(...starts)) + 1) * DAY_MS,
    };
    const found = await times.find(upstream, event, span);
    if (found.failure || found.to < span.to) return [];
    const left = new Set(found.slots.map(({ start }) => Date.parse(start)));
    return slots
      .filter(({ slot }) => starts.includes(Date.parse(slot.start)) && !left.has(Date.parse(slot.start)))
      .map(({ slot }) => slotGone(event.key, slot));
  }

  return {
    add(slots) {
      const byEvent = new Map<string, OpenSlot[]>();
      for (const one of slots) byEvent.set(one.known.event, [...(byEvent.get(one.known.event) ?? []), one]);
      for (const ofEvent of [...byEvent.values()].slice(0, MAX_EVENTS)) {
        const work = confirm(ofEvent)
          .then((gone) => bus.publishAll(TIMES_GONE, gone))
          .then(() => undefined)
          .catch((cause: unknown) => log.info({ err: cause }, 'a booked slot cannot be confirmed'))
          .finally(() => underWay.delete(work));
        underWay.add(work);
      }
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
