import { DAY_MS, MINUTE_MS } from './durations.js';

/*
 * What is used of `Temporal` where an engine has it (Safari does not yet): it names and knows time zones in less than a millisecond,
 * while the first use of `Intl` takes 10 ms in a page, on a phone 40 to 100.
 */

interface WithTemporal {
  readonly Temporal?: {
    readonly Now: { timeZoneId(): string };
    readonly Instant: {
      fromEpochMilliseconds(instant: number): {
        toZonedDateTimeISO(timeZone: string): { readonly offsetNanoseconds: number };
      };
    };
  };
}

type Temporal = NonNullable<WithTemporal['Temporal']>;

/** Null without `Temporal`, and for what it throws: then `Intl` has the last word, as a page's polyfill may be broken. */
function ask<Answer>(question: (temporal: Temporal) => Answer): Answer | null {
  const { Temporal } = globalThis as WithTemporal;
  try {
    return Temporal ? question(Temporal) : null;
  } catch {
    return null;
  }
}

/** How far a zone's clocks are ahead of UTC at an instant, in milliseconds. */
export const quickOffset = (instant: number, timeZone: string): number | null =>
  ask(
    ({ Instant }) =>
      Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).offsetNanoseconds / 1e6,
  );

/** A zone whose clocks the page's dates were found to show. */
let trusted: string | undefined;

/**
 * The IANA zone of this browser or server, named as `Intl` names it. Null where the page's dates show another clock in any
 * season: an extension that hides the visitor's zone, or a polyfill, may not know of `Temporal`.
 */
export function quickOwnZone(): string | null {
  const zone = ask(({ Now }) => Now.timeZoneId());
  if (typeof zone !== 'string') return null;
  if (zone === trusted) return zone;
  for (const quarter of [0, 1, 2, 3]) {
    const at = Date.now() + quarter * 91 * DAY_MS;
    if (quickOffset(at, zone) !== -new Date(at).getTimezoneOffset() * MINUTE_MS) return null;
  }
  return (trusted = zone);
}
