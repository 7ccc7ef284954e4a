import type { Status } from '../status.js';
import type { DeliverySilence } from '../webhooks/silence.js';

export type Level = 'warning' | 'critical';

/** What an owner is notified of. */
export type AlertName =
  | 'budget'
  | 'failures-in-row'
  | 'upstream-slow'
  | 'rate-limited'
  | 'error-rate'
  | 'queue-depth'
  | 'job-given-up'
  | 'hit-rate'
  | 'deliveries-silent'
  | 'store';

/** Something that is wrong at this moment. */
export interface Condition {
  readonly alert: AlertName;
  /** The account or the provider, or nothing. */
  readonly subject: string;
  readonly level: Level;
  readonly value: number;
  readonly threshold: number;
  /** For people. */
  readonly text: string;
}

/** What conditions are judged by. */
export interface Figures extends Pick<Status, 'upstreams' | 'queue' | 'answers'> {
  /** Page views with a widget in the last five minutes, and those of them in which one failed. */
  readonly loads: number;
  readonly failed: number;
  /** Jobs that were given up in the last hour, and whether the latest jobs were all given up. */
  readonly givenUp: number;
  readonly isGivenUpInRow: boolean;
  /** Providers whose deliveries are verified. */
  readonly silences: readonly DeliverySilence[];
}
