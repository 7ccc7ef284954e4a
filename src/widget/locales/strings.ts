import type { FailureCode } from '../../protocol/failure-code.js';
import type { AlternativeReason } from '../../scheduling/alternatives.js';

/** The words of native times, which come with them. */
export interface TimesStrings {
  readonly chooseTime: string;
  readonly allTimes: string;
  /** `{time}`: when the cached times were fetched. */
  readonly asOf: string;
  readonly noTimes: string;
  readonly noTimesThen: string;
  /** `{time}`: the next free time. */
  readonly nextFree: string;
  readonly looking: string;
  readonly notHad: string;
  readonly earlier: string;
  readonly later: string;
  readonly month: string;
  readonly timeZone: string;
  /** `{time}`: the preferred time, or the one that was taken. */
  readonly closeTo: string;
  /** The preferred time has passed, or lies further ahead than anybody knows. */
  readonly past: string;
  readonly far: string;
  readonly reason: Readonly<Record<AlternativeReason, string>>;
}

/** Every other word a visitor reads. `{…}` is filled in. */
export interface Strings {
  readonly book: string;
  readonly otherTimes: string;
  readonly taken: string;
  readonly loading: string;
  readonly slow: string;
  readonly openTab: string;
  /** Above a page that cannot say whether it works, and at a step that does not work for everybody. */
  readonly nothingHere: string;
  readonly retry: string;
  readonly retrying: string;
  readonly close: string;
  /** In place of a page that nobody may frame. */
  readonly linked: string;
  readonly show: string;
  /** `{host}`: who will be contacted. */
  readonly consent: string;
  readonly failure: Readonly<Record<FailureCode, string>>;
  /** Missing in English, whose words come with the native times. */
  readonly times?: TimesStrings;
}
