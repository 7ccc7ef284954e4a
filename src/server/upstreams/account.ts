import {
  bulkhead,
  ExponentialBackoff,
  handleWhen,
  isBulkheadRejectedError,
  TaskCancelledError,
  retry,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel';
import type { Logger } from 'pino';
import type { Send } from '../runtime.js';
import { MAX_OPEN_DELAY_MS } from '../durations.js';
import type { Store } from '../store/store.js';
import { accountStatus, endCall, pauseAccount, takeCall, type AccountStatus, type Call } from './budget.js';
import type { CallOutcome, CallTallies } from './call-tallies.js';
import { readJson } from './read-json.js';
import { retryDelay } from './retry-after.js';
import { isSpent, RoomInBudget } from './room-in-budget.js';
import { USER_AGENT } from '../http/user-agent.js';
import { UpstreamFailure, type Ask, type FailureName, type ApiRequest } from './upstream.js';
import { wait } from '../timers.js';

interface AccountOptions {
  readonly account: string;
  /** Base of the API, without a slash at its end. Nothing else is ever asked. */
  readonly api: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly budget: number;
  readonly perSecond?: number | undefined;
  readonly store: Store;
  readonly send: Send;
  readonly calls: CallTallies;
  readonly log: Logger;
  readonly closing: AbortSignal;
}

/** The limits of an account's calls; milliseconds. */
export const LIMITS = {
  /** One call, body included. */
  timeout: 3000,
  atOnce: 5,
  /** How many may wait in one instance. */
  queue: 200,
  /** How long one waits for others to be done. */
  patience: 3000,
} as const;

const JSON_BODY = { 'content-type': 'application/json' };

/** Worth a second try at once; a slow upstream does not get more requests for being slow. */
const isWorthRetrying = (cause: Error): boolean =>
  cause instanceof UpstreamFailure && /^(unreachable|status)$/.test(cause.code);

/** One account of one scheduling service: every request to it goes through here. */
export interface Account {
  readonly ask: Ask;
  status(): Promise<AccountStatus>;
}

export function openAccount({
  account,
  api,
  headers,
  budget,
  perSecond,
  store,
  send,
  calls,
  log,
  closing,
}: AccountOptions): Account {
  const limitTime = timeout(LIMITS.timeout, { strategy: TimeoutStrategy.Aggressive, abortOnReturn: false });
  const tryAgain = retry(handleWhen(isWorthRetrying), {
    maxAttempts: 1,
    backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 1000 }),
  });
  const queue = bulkhead(LIMITS.atOnce, LIMITS.queue);
  const room = new RoomInBudget(closing);

  /** Waits for a place among all instances; then the place is held until `endCall`. */
  async function takePlace({ who, background = false }: ApiRequest): Promise<Call> {
    const started = performance.now();
    for (;;) {
      const decision = await takeCall(store, {
        account,
        who,
        background,
        budget,
        perSecond,
        atOnce: LIMITS.atOnce,
        longest: LIMITS.timeout + 1000,
      });
      if (decision.is === 'call') return decision.call;
      if (decision.is === 'paused')
        throw new UpstreamFailure(
          'rate-limited',
          'the upstream accepts no requests for a while',
          decision.wait,
        );
      if (decision.is === 'spent')
        throw new UpstreamFailure('budget', `the budget of ${budget} calls a minute is used`, decision.wait);
      if (decision.is === 'open')
        throw new UpstreamFailure(
          'open',
          'the upstream failed again and again',
          Math.min(decision.wait, MAX_OPEN_DELAY_MS),
        );
      if (performance.now() - started > LIMITS.patience)
        throw new UpstreamFailure('busy', 'too many calls are under way', 1000);
      await wait(10 + Math.random() * 20, closing);
    }
  }

  async function send1({ path, headers: own, post }: ApiRequest, signal: AbortSignal): Promise<unknown> {
    let response: Response;
    try {
      response = await send(`${api}${path}`, {
        headers: {
          accept: 'application/json',
          'user-agent': USER_AGENT,
          ...(post && JSON_BODY),
          ...headers,
          ...own,
        },
        ...(post && { method: 'POST', body: JSON.stringify(post.body) }),
        // An upstream that points elsewhere would make us ask there.
        redirect: 'manual',
        signal,
      });
    } catch (cause) {
      throw new UpstreamFailure('unreachable', 'the upstream cannot be reached', 0, { cause });
    }
    const { status } = response;
    // What was made exists, whatever is wrong with the words about it.
    if (post && status === 201) return readJson(response).catch(() => undefined);
    if (status === 200) {
      try {
        return await readJson(response);
      } catch (cause) {
        if (cause instanceof UpstreamFailure) throw cause;
        throw new UpstreamFailure('unreachable', 'the answer was cut off', 0, { cause });
      }
    }
    await response.body?.cancel().catch(() => undefined);
    // A page of whatever stands in front of the API: it cannot say what the API did.
    if (post && !/\bjson\b/i.test(response.headers.get('content-type') ?? ''))
      throw new UpstreamFailure('not-understood', `the answer with status ${status} is not the API's own`);
    if (status === 429) {
      const ms = retryDelay(response.headers, store.now());
      // Bookings have a quota of their own, which says nothing of slots.
      if (!post) await pauseAccount(store, account, ms);
      throw new UpstreamFailure('rate-limited', 'the upstream answered 429', ms);
    }
    if (status === 404) throw new UpstreamFailure('not-found', 'the upstream answered 404');
    if (status >= 500 || status === 408)
      throw new UpstreamFailure('status', `the upstream answered ${status}`);
    throw new UpstreamFailure('refused', `the upstream answered ${status}`, 0, { status });
  }

  async function end(call: Call, failure?: FailureName, status?: number): Promise<void> {
    try {
      const [before, after] = await endCall(store, call, failure, status);
      if (before !== after) log.warn({ account, breaker: after }, 'the breaker of an upstream changed');
      if (before !== after && after === 'open') calls.addOpened(account);
    } catch (cause) {
      log.warn({ err: cause }, 'a call cannot be ended');
    }
  }

  /** @param wanted when the request, or its second attempt, was wanted, by `performance.now()` */
  async function call(request: ApiRequest, wanted: number): Promise<unknown> {
    const count = (outcome: CallOutcome): void =>
      calls.add({ account, operation: request.operation, outcome, ms: performance.now() - wanted });
    const place = await takePlace(request).catch((cause: unknown) => {
      const code = cause instanceof UpstreamFailure ? cause.code : 'store';
      // Who waits for room is refused more than once, and counted by what comes of it.
      if (code !== 'budget') count(code === 'rate-limited' ? 'paused' : code);
      throw cause;
    });
    let [failure, status]: [FailureName?, number?] = [];
    const { post } = request;
    const longest = post?.longest ?? LIMITS.timeout;
    try {
      const limit = post
        ? timeout(longest, { strategy: TimeoutStrategy.Aggressive, abortOnReturn: false })
        : limitTime;
      return await limit.execute(({ signal }) => send1(request, signal));
    } catch (cause) {
      const named =
        cause instanceof TaskCancelledError
          ? new UpstreamFailure('timeout', `the upstream took longer than ${longest} ms`)
          : cause;
      failure = named instanceof UpstreamFailure ? named.code : 'unreachable';
      status = named instanceof UpstreamFailure ? named.status : undefined;
      throw named;
    } finally {
      count(failure ?? 'ok');
      // A plan without bookings by API is no reason to ask for no slots.
      await (post && failure === 'refused' ? end(place) : end(place, failure, status));
    }
  }

  const policy = wrap(queue, tryAgain);
  return {
    async ask(request) {
      let wanted = performance.now();
      const once = (): Promise<unknown> =>
        call(request, wanted).catch((cause: unknown) => {
          if (!isSpent(cause)) wanted = performance.now();
          throw cause;
        });
      // A booking gets neither a second attempt, nor a place among the few of short calls.
      const attempt = request.post ? once : () => policy.execute(once);
      try {
        return await (request.patient ? room.ask(request.who, attempt) : attempt());
      } catch (cause) {
        if (isBulkheadRejectedError(cause))
          throw new UpstreamFailure('busy', 'too many requests wait already', 1000);
        if (isSpent(cause)) {
          const { operation } = request;
          calls.add({ account, operation, outcome: 'budget', ms: performance.now() - wanted });
        }
        throw cause;
      }
    },
    status: () => accountStatus(store, account),
  };
}
