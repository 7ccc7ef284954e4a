import { setTimeout as wait } from 'node:timers/promises';
import { START_FIRST_DELAY_MS, START_LAST_DELAY_MS } from './durations.js';
import type { Companion } from './index.js';
import { Problem, problemParts, retryAfter } from './http/problem.js';
import { storeFailureOf } from './store-failure.js';

interface StartingOptions {
  readonly create: () => Promise<Companion>;
  /** A try failed; the next one comes after `ms` milliseconds. */
  readonly onRetry: (cause: unknown, ms: number) => void;
  readonly firstDelay?: number;
}

export interface StartingCompanion extends Omit<Companion, 'routes'> {
  /** Fulfilled when it has started. Rejects when starting fails for a reason that does not pass by itself. */
  readonly started: Promise<void>;
  /** Fulfilled when the first try has failed and others will follow. */
  readonly waits: Promise<void>;
}

const notYet = new Problem({
  status: 503,
  code: 'store-unavailable',
  detail: 'The companion waits for its store.',
  headers: retryAfter(START_LAST_DELAY_MS / 2),
});

function answerWhileStarting(request: Request): Response {
  const { pathname } = new URL(request.url);
  const { status, headers, body } = problemParts(notYet);
  if (pathname === '/readyz')
    return new Response(JSON.stringify({ ready: false, failed: ['store'] }), {
      status,
      headers: { ...headers, 'Content-Type': 'application/json' },
    });
  if (pathname === '/healthz')
    return new Response(JSON.stringify({ healthy: false, failed: ['store'] }), {
      status,
      headers: { ...headers, 'Content-Type': 'application/json' },
    });
  return new Response(body, { status, headers: { ...headers, 'Access-Control-Allow-Origin': '*' } });
}

/** Whether a start that failed so is worth another try. */
export const isWorthWaiting = (cause: unknown): boolean =>
  /^(unreachable|busy)$/.test(storeFailureOf(cause) ?? '');

/**
 * A companion that answers 503 until its store can be reached, and from then on as the real one. It tries to start with
 * growing delays for as long as it takes.
 */
export function startingCompanion({
  create,
  onRetry,
  firstDelay = START_FIRST_DELAY_MS,
}: StartingOptions): StartingCompanion {
  const stopping = new AbortController();
  let real: Companion | undefined;
  let beginToWait = (): void => undefined;
  const waits = new Promise<void>((resolve) => (beginToWait = resolve));

  // As a function, because it changes while a try is under way.
  const isStopping = (): boolean => stopping.signal.aborted;

  async function start(): Promise<void> {
    for (let delay = firstDelay; !isStopping(); delay = Math.min(delay * 2, START_LAST_DELAY_MS)) {
      try {
        const created = await create();
        if (isStopping()) await created.close();
        else real = created;
        return;
      } catch (cause) {
        if (!isWorthWaiting(cause)) throw cause;
        onRetry(cause, delay);
        beginToWait();
      }
      await wait(delay, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }
  const started = start();
  started.catch(() => undefined); // `started` itself rejects for the caller

  return {
    started,
    waits,
    fetch: (request, info) => real?.fetch(request, info) ?? Promise.resolve(answerWhileStarting(request)),
    ready: (request) => real?.ready(request),
    drain: () => real?.drain(),
    async close() {
      stopping.abort();
      await real?.close();
    },
  };
}
