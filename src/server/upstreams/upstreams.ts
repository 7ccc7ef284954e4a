import type { AccountStatus } from './budget.js';
import type { CallSummary, CallTallies } from './call-tallies.js';
import type { Upstream, UpstreamName } from './upstream.js';

/** An account as its owner wants to see it. */
export interface UpstreamStatus extends AccountStatus {
  /** Does not reveal the key; the same in all instances. */
  readonly account: string;
  readonly provider: UpstreamName;
  /** Calls a minute that it may make. */
  readonly budget: number;
  /** The last hour. */
  readonly calls: CallSummary;
}

/** All accounts of a companion. */
export interface Upstreams {
  readonly all: readonly Upstream[];
  /** Counts of calls, to which features may add. */
  readonly calls: CallTallies;
  /** Every account, as all instances together have used it; the same answer in each of them, and in a command. */
  status(): Promise<readonly UpstreamStatus[]>;
  close(): Promise<void>;
}
