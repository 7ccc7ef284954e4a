import type { Availability } from '../../protocol/availability.js';
import type { Stretch } from '../../scheduling/freshness.js';
import { missing, recall, type KnownTimes, type Span } from './known-times.js';

export interface Decision {
  /** What to show at once. */
  readonly show: Availability | null;
  /** What to ask for; null while everything wanted is fresh. */
  readonly ask: Span | null;
}

/**
 * A day and a zone's width more than wanted is asked for, so that the same answer serves when the visitor changes the
 * zone, when midnight passes and when another widget counts its days in another zone.
 */
const MARGIN = 26 * 3_600_000;

const withMargin = ({ from, to }: Span, now: number): Span => ({
  from: from > now ? from - MARGIN : from,
  to: to + MARGIN,
});

/**
 * The whole strategy, with no clock and no storage of its own. `known` is what this page holds, `noted` what other tabs
 * have fetched (times are not in it), `since` the moment the visitor asked for news, if that is why.
 */
export function staleWhileRevalidate(
  known: readonly KnownTimes[],
  noted: readonly Stretch[],
  wanted: Span,
  now: number,
  since?: number,
): Decision {
  const stretches = [...known, ...noted];
  return {
    show: recall(known, wanted, now),
    ask: missing(stretches, wanted, now, since) && missing(stretches, withMargin(wanted, now), now, since),
  };
}
