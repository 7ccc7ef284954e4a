import type { Hono } from 'hono';
import type { Logger } from 'pino';
import type { AnswerTallies } from './availability/answer-tallies.js';
import type { OnAnswered } from './http/answered.js';
import type { Env } from './http/env.js';
import type { PlainAnswer, PlainRequest } from './http/plain.js';
import type { Settings } from './options.js';
import type { Runtime } from './runtime.js';
import type { Bus } from './store/bus.js';
import type { StoreMonitor } from './store/store-monitor.js';
import type { Store } from './store/store.js';
import type { Upstreams } from './upstreams/upstreams.js';

/** What every feature works with. */
export interface Context {
  readonly settings: Settings;
  /** What it runs on. */
  readonly runtime: Runtime;
  readonly store: Store;
  /** Whether the store can be written at this moment. */
  readonly storeMonitor: StoreMonitor;
  readonly bus: Bus;
  /** The configured accounts of scheduling services. */
  readonly upstreams: Upstreams;
  /** Counts of answers with slots. */
  readonly answers: AnswerTallies;
  readonly log: Logger;
  /** Names this instance among others, a new one at each start. */
  readonly instance: string;
  /** Milliseconds since 1970, by a clock that all instances share. */
  readonly now: () => number;
  /** Aborted when the companion is about to stop: streams that would never end, end. */
  readonly draining: AbortSignal;
  /** Aborted when the companion closes: whatever waits, stops waiting. */
  readonly closing: AbortSignal;
}

/** One part of the companion that works: it answers, and perhaps does something of its own. */
export interface Feature {
  /** For the log. */
  readonly name?: string;
  /** Mounted at the root; paths are written whole. */
  readonly routes?: Hono<Env>;
  /** As `routes`, but before the limits of clients and bodies: these routes keep limits of their own. */
  readonly ownLimits?: Hono<Env>;
  /** Answers of one of the routes that lie ready: exactly what the route would say, without the way to it. */
  readonly ready?: {
    readonly route: string;
    /** Undefined where nothing lies ready: the route is asked. */
    answer(request: PlainRequest): PlainAnswer | undefined;
  };
  /** Called with how every request ended. */
  readonly answered?: OnAnswered;
  /** Begins what goes on without being asked. */
  start?(): void | Promise<void>;
  /** Ends it; what is under way is brought to an end first. Twice is fine. */
  stop?(): void | Promise<void>;
  /** For `/healthz`, which names the part: `check` rejects, with a word for the log, when it cannot do its work. */
  readonly health?: {
    readonly part: string;
    check(): Promise<void>;
    /** Names what works and needs attention. */
    warnings?(): Promise<readonly string[]>;
  };
}
