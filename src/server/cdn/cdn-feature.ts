import { ExponentialBackoff, handleAll, retry } from 'cockatiel';
import { CDN_COLLECT_MS, CDN_LEASE_MS, CDN_TIMEOUT_MS } from '../durations.js';
import { TIMES_GONE, type TimesGone } from '../availability/forget.js';
import { tagOf } from '../availability/write-answer.js';
import type { Context, Feature } from '../feature.js';
import { takeLease } from '../store/leases.js';
import { USER_AGENT } from '../http/user-agent.js';

/** Names in one request; networks take 30 to 256. */
const AT_ONCE = 30;

/**
 * Makes a content network forget the responses of event types whose slots have changed, by the names in `Cache-Tag` and
 * `Surrogate-Key`. One instance does it for all.
 */
export function cdnFeature({ settings, store, bus, log, instance }: Context): Feature {
  const { cdn } = settings;
  if (!cdn) return {};
  const waiting = new Set<string>(); // keys of event types
  const again = retry(handleAll, { maxAttempts: 2, backoff: new ExponentialBackoff({ initialDelay: 500 }) });
  let timer: NodeJS.Timeout | undefined;
  let atWork: Promise<void> = Promise.resolve();
  let unsubscribe = (): void => undefined;

  async function post(tags: readonly string[]): Promise<void> {
    const response = await fetch(cdn?.url ?? '', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': USER_AGENT,
        // Some networks read the names here, others in the body.
        'surrogate-key': tags.join(' '),
        ...cdn?.headers,
      },
      body: JSON.stringify({ tags }),
      // A network that points elsewhere has not forgotten anything.
      redirect: 'manual',
      signal: AbortSignal.timeout(CDN_TIMEOUT_MS),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the content network answered ${response.status}`);
  }

  async function flush(): Promise<void> {
    const keys = [...waiting];
    waiting.clear();
    if (keys.length === 0 || !(await takeLease(store, 'cdn', instance, CDN_LEASE_MS))) return;
    const tags = await Promise.all(keys.map(tagOf));
    for (let i = 0; i < tags.length; i += AT_ONCE)
      await again.execute(() => post(tags.slice(i, i + AT_ONCE)));
  }

  const flushSoon = (): void => {
    timer = undefined;
    atWork = atWork
      .then(flush)
      .catch((cause: unknown) => log.warn({ err: cause }, 'the content network cannot be purged'));
  };

  return {
    name: 'cdn',
    start() {
      unsubscribe = bus.subscribe(TIMES_GONE, ({ data }) => {
        for (const key of (data as TimesGone).keys) waiting.add(key);
        timer ??= setTimeout(flushSoon, CDN_COLLECT_MS);
      });
    },
    async stop() {
      unsubscribe();
      clearTimeout(timer);
      flushSoon();
      await atWork;
    },
  };
}
