import type { Availability, Slot } from '../../protocol/availability.js';
import { freshness, type Stretch } from '../../scheduling/freshness.js';
import type { Span } from '../../scheduling/local-days.js';

export type { Span };

/** What is known of one event type: answers that do not overlap, sorted by time. */
export interface KnownTimes extends Stretch {
  readonly slots: readonly Slot[];
}

/** Known times, or only the note that they are known. */
type MaybeTimes = Span & { readonly slots?: readonly Slot[] };

/** More answers than a visitor pages through; the oldest go first. */
const MOST_ANSWERS = 12;

export const iso = (instant: number): string => new Date(instant).toISOString();

export const slotsWithin = (slots: readonly Slot[], from: number, to: number): Slot[] =>
  slots.filter(({ start }) => {
    const at = Date.parse(start);
    return at >= from && at < to;
  });

/** `known` without a span: what lies before and after it stays. */
export const cut = <T extends MaybeTimes>(known: readonly T[], { from, to }: Span): T[] =>
  known.flatMap((answer) =>
    [
      { from: answer.from, to: Math.min(answer.to, from) },
      { from: Math.max(answer.from, to), to: answer.to },
    ]
      .filter((part) => part.from < part.to)
      .map((part) => ({
        ...answer,
        ...part,
        ...(answer.slots && { slots: slotsWithin(answer.slots, part.from, part.to) }),
      })),
  );

/** What of `wanted` lies in none of the answers, in order. */
const gaps = (answers: readonly Span[], wanted: Span): Span[] =>
  answers.reduce<Span[]>((left, answer) => cut(left, answer), [wanted]);

/** All that is known after hearing more; where answers overlap the newer one counts. */
export function learn<T extends MaybeTimes & Stretch>(
  known: readonly T[],
  more: readonly T[],
  now: number,
): T[] {
  return [...known, ...more]
    .filter((answer) => answer.to > now && freshness(answer, now) !== 'expired')
    .sort((a, b) => a.at - b.at)
    .reduce<T[]>((sum, answer) => [...cut(sum, answer), answer], [])
    .slice(-MOST_ANSWERS)
    .sort((a, b) => a.from - b.from);
}

/**
 * What has to be asked so that all of `wanted` is fresh (and no older than `since`), or null when nothing has to be. The
 * hull of the gaps; a range that has begun keeps its own start, so that asking again asks the same address.
 */
export function missing(
  known: readonly Stretch[],
  { from, to }: Span,
  now: number,
  since = -Infinity,
): Span | null {
  const begin = Math.max(from, now);
  const open = gaps(
    known.filter((answer) => answer.at >= since && freshness(answer, now) === 'fresh'),
    { from: begin, to },
  );
  const [first] = open;
  const last = open.pop();
  return first && last && begin < to ? { from: first.from > begin ? first.from : from, to: last.to } : null;
}

/**
 * What can honestly be shown of `wanted`: the times from now to the first gap, as old as the oldest answer among them.
 * `to` says how far that reaches. Null when not even the beginning is known.
 */
export function recall(known: readonly KnownTimes[], wanted: Span, now: number): Availability | null {
  const { from, to } = wanted;
  const begin = Math.max(from, now);
  const usable = known.filter((answer) => freshness(answer, now) !== 'expired');
  const reached = begin < to ? (gaps(usable, { from: begin, to })[0]?.from ?? to) : to;
  if (reached === begin) return null;
  const used = usable.filter((answer) => answer.from < reached && answer.to > begin);
  return {
    v: 1,
    from: iso(from),
    to: iso(reached),
    fetchedAt: Math.min(now, ...used.map(({ at }) => at)),
    // A time that begins this very millisecond has begun.
    slots: used.flatMap(({ slots }) => slotsWithin(slots, Math.max(from, now + 1), reached)),
  };
}
