import type { Availability, Slot } from '../../protocol/availability.js';
import { freshness, type Stretch } from '../../scheduling/freshness.js';
import type { Span } from '../../scheduling/local-days.js';

export type { Span };

/** A range of time with the slots in it. What is known of one event type are ranges that do not overlap, in order. */
export interface KnownSlots extends Stretch {
  readonly slots: readonly Slot[];
}

/** A known range, or only the record that it is known. */
type MaybeSlots = Span & { readonly slots?: readonly Slot[] };

/** More ranges than a visitor pages through; the oldest go first. */
const MAX_RANGES = 12;

export const iso = (instant: number): string => new Date(instant).toISOString();

export const slotsWithin = (slots: readonly Slot[], from: number, to: number): Slot[] =>
  slots.filter(({ start }) => {
    const at = Date.parse(start);
    return at >= from && at < to;
  });

/** `known` without a span: what lies before and after it stays. */
export const cut = <T extends MaybeSlots>(known: readonly T[], { from, to }: Span): T[] =>
  known.flatMap((range) =>
    [
      { from: range.from, to: Math.min(range.to, from) },
      { from: Math.max(range.from, to), to: range.to },
    ]
      .filter((part) => part.from < part.to)
      .map((part) => ({
        ...range,
        ...part,
        ...(range.slots && { slots: slotsWithin(range.slots, part.from, part.to) }),
      })),
  );

/** What of `wanted` lies in none of the ranges, in order. */
const gaps = (ranges: readonly Span[], wanted: Span): Span[] =>
  ranges.reduce<Span[]>((left, range) => cut(left, range), [wanted]);

/**
 * All that is known with `more`; where ranges overlap the newer one counts. A range from the future was recorded before
 * the clock was set back: its age is unknown, so it counts as the oldest.
 */
export function learn<T extends MaybeSlots & Stretch>(
  known: readonly T[],
  more: readonly T[],
  now: number,
): T[] {
  const rank = (range: T): number => (range.at > now && freshness(range, now) !== 'fresh' ? 0 : range.at);
  return [...known, ...more]
    .filter((range) => freshness(range, now) !== 'expired')
    .sort((a, b) => rank(a) - rank(b))
    .reduce<T[]>((sum, range) => [...cut(sum, range), range], [])
    .filter(({ to }) => to > now)
    .slice(-MAX_RANGES)
    .sort((a, b) => a.from - b.from);
}

/**
 * What has to be requested so that all of `wanted` is fresh (and no older than `since`), or null when nothing has to be.
 * The hull of the gaps; a range that has begun keeps its own start, so that the next request has the same address.
 */
export function missing(
  known: readonly Stretch[],
  { from, to }: Span,
  now: number,
  since = -Infinity,
): Span | null {
  const begin = Math.max(from, now);
  const open = gaps(
    known.filter((range) => range.at >= since && freshness(range, now) === 'fresh'),
    { from: begin, to },
  );
  const [first] = open;
  const last = open.pop();
  return first && last && begin < to ? { from: first.from > begin ? first.from : from, to: last.to } : null;
}

/**
 * What can honestly be shown of `wanted`: the slots from now to the first gap, as old as the oldest range among them.
 * `to` says how far that reaches. Null when not even the beginning is known.
 */
export function recall(known: readonly KnownSlots[], wanted: Span, now: number): Availability | null {
  const { from, to } = wanted;
  const begin = Math.max(from, now);
  const usable = known.filter((range) => freshness(range, now) !== 'expired');
  const reached = begin < to ? (gaps(usable, { from: begin, to })[0]?.from ?? to) : to;
  if (reached === begin) return null;
  const used = usable.filter((range) => range.from < reached && range.to > begin);
  return {
    v: 1,
    from: iso(from),
    to: iso(reached),
    fetchedAt: Math.min(now, ...used.map(({ at }) => at)),
    // A slot that begins this very millisecond has begun.
    slots: used.flatMap(({ slots }) => slotsWithin(slots, Math.max(from, now + 1), reached)),
  };
}
