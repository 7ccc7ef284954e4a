import type { Availability } from '../../protocol/availability.js';
import type { Stretch } from '../../scheduling/freshness.js';
import { DAY_MS, HOUR_MS } from '../durations.js';
import { missing, recall, type KnownSlots, type Span } from './known-slots.js';

export interface Decision {
  /** What to show at once. */
  readonly show: Availability | null;
  /** What to request; null while everything wanted is fresh. */
  readonly request: Span | null;
}

/**
 * A day and a zone's width more than wanted is requested, so that the same response serves when the visitor changes the
 * zone, when midnight passes and when another widget counts its days in another zone.
 */
const MARGIN = DAY_MS + 2 * HOUR_MS;

export const withMargin = ({ from, to }: Span, now: number): Span => ({
  from: from > now ? from - MARGIN : from,
  to: to + MARGIN,
});

/**
 * The whole strategy, with no clock and no storage of its own. `known` is what this page holds, `recorded` what other
 * tabs have fetched (without its slots), `since` the moment of a manual refresh, if that is the reason.
 */
export function staleWhileRevalidate(
  known: readonly KnownSlots[],
  recorded: readonly Stretch[],
  wanted: Span,
  now: number,
  since?: number,
): Decision {
  const stretches = [...known, ...recorded];
  return {
    show: recall(known, wanted, now),
    request:
      missing(stretches, wanted, now, since) && missing(stretches, withMargin(wanted, now), now, since),
  };
}
