import { setTimeout as pause } from 'node:timers/promises';
import { WEBHOOK_TEST_LOOK_MS, WEBHOOK_TEST_TIMEOUT_MS } from '../durations.js';
import { deleteBooking } from '../bookings/booking-records.js';
import { findBooking } from '../bookings/bookings.js';
import { openContext, type OpenContext } from '../open-context.js';
import { BadOptions } from '../options.js';
import { findJob } from '../queue/jobs.js';
import type { ProviderName } from '../upstreams/upstream.js';
import { PROVIDERS } from '../webhooks/overview.js';
import { testDelivery, type TestDelivery } from '../webhooks/test-delivery.js';
import { WEBHOOK } from '../webhooks/webhook-jobs.js';
import type { Flags } from './configuration.js';
import { endInTime } from './end-in-time.js';
import { integerOf, type FlagTable } from './flags.js';

export const flags = {
  url: {
    type: 'string',
    about: 'address of the companion, as the provider sends to it; http://127.0.0.1:8787 by default',
    variable: 'BOOKING_URL',
  },
  timeout: {
    type: 'string',
    about: 'seconds in which the delivery has to be done; 30 by default',
    variable: 'BOOKING_WEBHOOKS_TEST_TIMEOUT',
  },
} as const satisfies FlagTable;

/** A delivery that does not arrive; the message says what to do. */
class Lost extends Error {}

/** What to do about an answer other than 202, by its code. */
const FIXES: Readonly<Record<string, string>> = {
  'bad-signature':
    'The companion runs with another secret: start it again with this one, or run this with its own.',
  'stale-signature': 'The clocks of this machine and of the companion differ: set them.',
  'no-webhook-secret': 'The companion runs without this secret: start it again with the same configuration.',
  'not-stored': 'The companion cannot use its store: run `doctor`.',
};

async function send(url: string, { headers, body }: TestDelivery): Promise<void> {
  let response: Response;
  try {
    const signal = AbortSignal.timeout(WEBHOOK_TEST_TIMEOUT_MS);
    response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
  } catch (cause) {
    throw new Lost(
      `nothing answers at ${url}. Start the companion with \`serve\`, or name its address with --url.`,
      {
        cause,
      },
    );
  }
  const text = await response.text();
  if (response.status === 202) return;
  const code = /"code":"([\w-]{1,40})"/.exec(text)?.[1] ?? '';
  const fix =
    FIXES[code] ?? 'Something else than the companion may answer there: see what your reverse proxy does.';
  throw new Lost(`the answer is ${response.status}${code && ` ${code}`}. ${fix}`);
}

/** Fulfilled when the delivery is a booking. */
async function follow(
  { store }: OpenContext,
  { provider, key, id, timeout }: { provider: ProviderName; key: string; id: string; timeout: number },
): Promise<void> {
  const end = performance.now() + timeout;
  for (;;) {
    const job = await findJob(store, { kind: WEBHOOK, key });
    if (!job)
      throw new Lost(
        'the companion has stored it elsewhere. Give this command the same `data` or `database`.',
      );
    if (job.state === 'failed') throw new Lost(`its job was given up: ${job.error}. GET /v1/queue shows it.`);
    if (job.state === 'done') break;
    if (performance.now() > end)
      throw new Lost(
        `it is still waiting after ${timeout / 1000} s. The queue is long, or no companion works.`,
      );
    await pause(WEBHOOK_TEST_LOOK_MS);
  }
  if (!(await findBooking(store, provider, id)))
    throw new Lost('its job is done and there is no booking. Two versions of the companion may be running.');
}

async function test(
  context: OpenContext,
  {
    provider,
    secret,
    url,
    timeout,
  }: { provider: ProviderName; secret: string; url: string; timeout: number },
): Promise<void> {
  const say = (text: string): void => void process.stdout.write(`${provider}: ${text}\n`);
  const delivery = await testDelivery(provider, secret, Date.now());
  const address = `${url.replace(/\/+$/, '')}/v1/webhooks/${provider}`;
  const started = performance.now();
  try {
    await send(address, delivery);
    say(`signed, sent to ${address} and stored`);
    await follow(context, { provider, timeout, ...delivery });
    say(
      `done after ${((performance.now() - started) / 1000).toFixed(1)} s: the booking is there, and removed again`,
    );
  } finally {
    await deleteBooking(context.store, { provider, id: delivery.id });
  }
}

/** Sends the running companion a signed delivery of each provider that has a secret, and follows it until it is a booking. */
export async function run({ options, written }: Flags): Promise<void> {
  endInTime(1);
  const { url = 'http://127.0.0.1:8787' } = written;
  if (!URL.canParse(url)) throw new BadOptions(`\`url\`: must be an address, not ${JSON.stringify(url)}`);
  const seconds = integerOf('timeout', written['timeout'], { usual: 30, min: 1, max: 3600 });
  const context = await openContext({ log: 'warn', ...options });
  try {
    const { webhooks } = context.settings;
    const secrets = PROVIDERS.flatMap((provider) => {
      const [secret] = webhooks[provider] ?? [];
      return secret === undefined ? [] : [{ provider, secret }];
    });
    if (secrets.length === 0)
      throw new BadOptions(
        '`webhooks`: no secret to sign with; set CAL_WEBHOOK_SECRET or CALENDLY_WEBHOOK_SECRET',
      );
    const failed: string[] = [];
    for (const one of secrets)
      await test(context, { ...one, url, timeout: seconds * 1000 }).catch((cause: unknown) => {
        if (!(cause instanceof Lost)) throw cause;
        failed.push(`${one.provider}: ${cause.message}`);
      });
    if (failed.length > 0) throw new Error(failed.join('\n'));
  } finally {
    await context.close();
  }
}
