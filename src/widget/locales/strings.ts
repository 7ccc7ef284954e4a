import type { FailureCode } from '../../protocol/failure-code.js';

/** Every word a visitor reads. `{…}` is filled in. */
export interface Strings {
  readonly book: string;
  readonly chooseTime: string;
  readonly allTimes: string;
  readonly otherTimes: string;
  /** `{time}`: when the cached times were fetched. */
  readonly asOf: string;
  readonly noTimes: string;
  readonly timeZone: string;
  readonly loading: string;
  readonly slow: string;
  readonly openTab: string;
  readonly nothingHere: string;
  readonly doubtful: string;
  readonly retry: string;
  readonly retrying: string;
  readonly close: string;
  /** In place of a page that nobody may frame. */
  readonly linked: string;
  readonly show: string;
  /** `{host}`: who will be contacted. */
  readonly consent: string;
  readonly failure: Readonly<Record<FailureCode, string>>;
}
