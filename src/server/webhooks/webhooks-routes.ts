import { Hono, type Context as Call } from 'hono';
import type { Feature, Context } from '../feature.js';
import { callerOf, clientOf } from '../http/client.js';
import type { Env } from '../http/env.js';
import { Problem, retryAfter } from '../http/problem.js';
import { requireToken } from '../http/token.js';
import { isStorable } from '../http/storable-text.js';
import type { NewJob } from '../queue/jobs.js';
import type { Queue } from '../queue/queue-routes.js';
import { keepFailed } from '../queue/jobs.js';
import type { ProviderName } from '../upstreams/upstream.js';
import { calDeliveries } from './cal-com.js';
import { calendlyDeliveries } from './calendly.js';
import type { Delivery, DeliveryFormat } from './delivery.js';
import { DeliveryRecords } from './delivery-records.js';
import { webhookOverview } from './overview.js';
import { Room } from './room.js';
import { readSignedBody, type SignedBody } from './signed-body.js';
import { WEBHOOK, type WebhookJob } from './webhook-jobs.js';

const FORMATS: readonly DeliveryFormat[] = [calDeliveries, calendlyDeliveries];

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

/** What cannot be read although it is genuine. */
const notJson = (text: string | null): Problem =>
  text === null
    ? new Problem({ status: 400, code: 'not-utf8', detail: 'The delivery is not valid UTF-8.' })
    : new Problem({
        status: 400,
        code: 'not-json',
        detail:
          'The delivery is not JSON. A payload template of your own cannot be read: use the default one.',
      });

/**
 * `POST /v1/webhooks/cal` and `/v1/webhooks/calendly`: deliveries are checked, stored, and only then acknowledged; the
 * queue does the rest. `GET /v1/webhooks` (token): what came of them.
 */
export function webhooksFeature(
  { store, settings, runtime, now, log }: Pick<Context, 'store' | 'settings' | 'runtime' | 'now' | 'log'>,
  queue: Pick<Queue, 'add'>,
): Feature {
  const room = new Room();
  const records = new DeliveryRecords({ store, log });
  const ownLimits = new Hono<Env>();

  /** Keeps for the owner what is genuine and cannot be read: its trigger and the field, none of its words. */
  async function keepUnreadable(
    provider: ProviderName,
    key: string,
    { trigger, why }: { readonly trigger: string; readonly why: string },
  ): Promise<void> {
    log.warn({ provider, trigger, why }, 'a signed delivery cannot be read');
    await keepFailed(store, { kind: WEBHOOK, key, data: { trigger } }, why);
    await records.noteUnreadable(provider, why);
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

  /** The body of a delivery that one of the secrets has signed. Throws a `Problem`. */
  async function genuine(c: Call<Env>, { provider, claim }: DeliveryFormat): Promise<SignedBody> {
    const secrets = settings.webhooks[provider];
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
    return readSignedBody(c.req.raw, {
      secrets,
      claim: claimed,
      room: share,
      runtime,
    })
      .then((body) => {
        isSigned = true;
        return body;
      })
      .finally(() => share.end(isSigned));
  }

  for (const format of FORMATS) {
    const { provider, read } = format;
    ownLimits.post(`/v1/webhooks/${provider}`, async (c) => {
      const { text, hash } = await genuine(c, format).catch((cause: unknown) => {
        if (cause instanceof Problem) records.noteRefused(provider, cause);
        throw cause;
      });
      const body = text === null ? undefined : parse(text);
      if (body === undefined) {
        const problem = notJson(text);
        const unreadable = { trigger: '(no trigger)', why: problem.message };
        await keepUnreadable(provider, `${provider} ${hash}`, unreadable).catch((cause: unknown) => {
          throw notStored(cause);
        });
        throw problem;
      }
      const delivery = read(body, now());
      if (!isStorable(delivery)) {
        const problem = new Problem({
          status: 400,
          code: 'bad-text',
          detail: 'A text of the delivery has a null character or half a character in it.',
        });
        records.noteRefused(provider, problem);
        throw problem;
      }
      try {
        await keep(provider, hash, delivery);
        await records.noteGenuine(provider, delivery);
      } catch (cause) {
        throw notStored(cause);
      }
      return c.json({ is: delivery.is }, delivery.is === 'ignored' ? 200 : 202, {
        'X-Content-Type-Options': 'nosniff',
      });
    });
  }

  const routes = new Hono<Env>();
  routes.get('/v1/webhooks', requireToken(settings.token), async (c) => {
    await records.flush();
    return c.json({ v: 1, webhooks: await webhookOverview({ store, settings }) });
  });
  return {
    name: 'webhooks',
    ownLimits,
    routes,
    start: () => records.start(),
    stop: () => records.stop(),
  };
}
