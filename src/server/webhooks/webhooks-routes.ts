import { Hono } from 'hono';
import type { Feature, Context } from '../feature.js';
import { callerOf, clientOf } from '../http/client.js';
import type { Env } from '../http/env.js';
import { Problem, retryAfter } from '../http/problem.js';
import { isStorable } from '../http/storable-text.js';
import type { NewJob } from '../queue/jobs.js';
import type { Queue } from '../queue/queue-routes.js';
import { keepFailed } from '../queue/jobs.js';
import type { ProviderName } from '../upstreams/upstream.js';
import { Arrivals } from './arrivals.js';
import { calDeliveries } from './cal-com.js';
import { calendlyDeliveries } from './calendly.js';
import type { Delivery, DeliveryFormat } from './delivery.js';
import { DeliveryTallies } from './delivery-tallies.js';
import { Room } from './room.js';
import { readSignedBody } from './signed-body.js';
import { WEBHOOK, type WebhookJob } from './webhook-jobs.js';

const FORMATS: readonly DeliveryFormat[] = [calDeliveries, calendlyDeliveries];

/** How often counts of deliveries are stored, and old ones removed, in milliseconds. */
const FLUSH = 10_000;
const FORGET = 3_600_000;

const job = (key: string, data: WebhookJob): NewJob => ({ kind: WEBHOOK, key, data });

/** The JSON of a text; undefined for what is none. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const notStored = (cause: unknown): Problem =>
  new Problem({
    status: 503,
    code: 'not-stored',
    detail: 'The delivery could not be stored. Send it again.',
    headers: retryAfter(5000),
    cause,
  });

/**
 * `POST /v1/webhooks/cal` and `/v1/webhooks/calendly`: deliveries are checked, stored, and only then acknowledged; the
 * queue does the rest.
 */
export function webhooksFeature({ store, settings, now, log }: Context, queue: Pick<Queue, 'add'>): Feature {
  const room = new Room();
  const arrivals = new Arrivals(store);
  const tallies = new DeliveryTallies(store);
  const ownLimits = new Hono<Env>();

  /** Keeps for the owner what is genuine and cannot be read: its trigger and the field, none of its words. */
  async function keepUnreadable(
    provider: ProviderName,
    key: string,
    { trigger, why }: { readonly trigger: string; readonly why: string },
  ): Promise<void> {
    log.warn({ provider, trigger, why }, 'a signed delivery cannot be read');
    await keepFailed(store, { kind: WEBHOOK, key, data: { trigger } }, why);
    await arrivals.noteUnreadable(provider, why);
  }

  /** Fulfilled when it is stored. A repetition is byte for byte the same, so its key is the hash of the body. */
  async function keep(provider: ProviderName, hash: string, delivery: Delivery): Promise<void> {
    const key = `${provider} ${hash}`;
    if (delivery.is === 'ignored') {
      log.debug({ trigger: delivery.trigger }, 'a delivery is about no booking');
      return;
    }
    if (delivery.is === 'booking') {
      const { observations, about } = delivery;
      await queue.add([job(key, { observations, about })]);
    } else {
      const { about } = delivery;
      if (about.times.length > 0) await queue.add([job(`${key} times`, { observations: [], about })]);
      await keepUnreadable(provider, key, delivery);
    }
  }

  for (const { provider, claim, read } of FORMATS) {
    const secrets = settings.webhooks[provider];
    ownLimits.post(`/v1/webhooks/${provider}`, async (c) => {
      if (!secrets)
        throw new Problem({
          status: 403,
          code: 'no-webhook-secret',
          detail: `This companion has no \`webhooks.${provider}\`, so the sender of a delivery cannot be verified. Set the secret.`,
        });
      const claimed = claim(c.req.raw.headers, now());
      const client = callerOf(c);
      const share = room.open(client.address === undefined ? undefined : clientOf(client, settings.proxies));
      let isSigned = false;
      const { text, hash } = await readSignedBody(c.req.raw, { secrets, claim: claimed, room: share })
        .then((body) => {
          isSigned = true;
          return body;
        })
        .finally(() => share.end(isSigned));
      const body = text === null ? undefined : parse(text);
      if (body === undefined) {
        const [code, detail] =
          text === null
            ? ['not-utf8', 'The delivery is not valid UTF-8.']
            : [
                'not-json',
                'The delivery is not JSON. A payload template of your own cannot be read: use the default one.',
              ];
        await keepUnreadable(provider, `${provider} ${hash}`, { trigger: '(no trigger)', why: detail }).catch(
          (cause: unknown) => {
            throw notStored(cause);
          },
        );
        throw new Problem({ status: 400, code, detail });
      }
      const delivery = read(body, now());
      if (!isStorable(delivery))
        throw new Problem({
          status: 400,
          code: 'bad-text',
          detail: 'A text of the delivery has a null character or half a character in it.',
        });
      try {
        await keep(provider, hash, delivery);
        await arrivals.note(provider);
        tallies.add(provider, delivery.trigger);
      } catch (cause) {
        throw notStored(cause);
      }
      return c.json({ is: delivery.is }, delivery.is === 'ignored' ? 200 : 202, {
        'X-Content-Type-Options': 'nosniff',
      });
    });
  }
  const timers: NodeJS.Timeout[] = [];
  const attempt = (work: () => Promise<void>): Promise<void> =>
    work().catch((cause: unknown) => log.warn({ err: cause }, 'deliveries cannot be counted'));
  return {
    name: 'webhooks',
    ownLimits,
    start() {
      timers.push(
        setInterval(() => void attempt(() => tallies.flush()), FLUSH),
        setInterval(() => void attempt(() => tallies.forget()), FORGET),
      );
      for (const timer of timers) timer.unref();
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await attempt(() => tallies.flush());
    },
  };
}
