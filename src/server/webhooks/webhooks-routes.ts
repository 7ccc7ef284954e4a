import { Hono } from 'hono';
import type { Area, Context } from '../feature.js';
import { foresee, record } from '../bookings/bookings.js';
import type { Observation } from '../bookings/booking.js';
import { tellTimes } from '../bookings/tell-times.js';
import { askerOf, clientOf } from '../http/client.js';
import type { Env } from '../http/env.js';
import { Problem, retryAfter } from '../http/problem.js';
import { isStorable } from '../http/storable-text.js';
import type { Queue } from '../queue/queue-routes.js';
import { keepFailed } from '../queue/jobs.js';
import type { JobKind } from '../queue/worker.js';
import { calDeliveries } from './cal-com.js';
import { calendlyDeliveries } from './calendly.js';
import type { Delivery, DeliveryFormat } from './delivery.js';
import { Room } from './room.js';
import { readSignedBody } from './signed-body.js';

const FORMATS: readonly DeliveryFormat[] = [calDeliveries, calendlyDeliveries];

/** The kind of job that a delivery becomes. */
export const WEBHOOK = 'webhook';

interface WebhookJob {
  readonly observations: readonly Observation[];
}

/** So many deliveries become rows in one transaction. */
const BATCH = 50;

/**
 * What is done with deliveries: their times disappear from widgets first, then rows say so. Doing it twice changes
 * nothing.
 */
export const webhookJobs = (context: Pick<Context, 'store' | 'bus' | 'now'>): JobKind => ({
  batch: BATCH,
  async handle(jobs) {
    const observations = jobs.flatMap(({ data }) => (data as WebhookJob).observations);
    await tellTimes(context, await foresee(context.store, observations));
    await record(context.store, observations);
  },
});

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Problem({
      status: 400,
      code: 'not-json',
      detail: 'The delivery is not JSON. A payload template of your own cannot be read: use the default one.',
    });
  }
}

/**
 * `POST /v1/webhooks/cal` and `/v1/webhooks/calendly`: deliveries are checked, stored, and only then acknowledged; the
 * queue does the rest.
 */
export function webhooksArea({ store, settings, now, log }: Context, queue: Pick<Queue, 'add'>): Area {
  const room = new Room();
  const ownLimits = new Hono<Env>();

  /** Fulfilled when it is stored. */
  async function keep(delivery: Delivery): Promise<void> {
    if (delivery.is === 'booking')
      await queue.add([{ kind: WEBHOOK, key: delivery.key, data: { observations: delivery.observations } }]);
    else if (delivery.is === 'unreadable') {
      const { key, trigger, why } = delivery;
      log.warn({ trigger, why }, 'a signed delivery cannot be read');
      await keepFailed(store, { kind: WEBHOOK, key, data: { trigger } }, why);
    } else log.debug({ trigger: delivery.trigger }, 'a delivery is about no booking');
  }

  for (const { provider, claim, read } of FORMATS) {
    const secrets = settings.webhooks[provider];
    ownLimits.post(`/v1/webhooks/${provider}`, async (c) => {
      if (!secrets)
        throw new Problem({
          status: 403,
          code: 'no-webhook-secret',
          detail: `This companion has no \`webhooks.${provider}\`, so it cannot tell who sends a delivery. Set the secret.`,
        });
      const claimed = claim(c.req.raw.headers, now());
      const client = askerOf(c);
      const share = room.open(client.address === undefined ? undefined : clientOf(client, settings.proxies));
      let isSigned = false;
      const { text, hash } = await readSignedBody(c.req.raw, { secrets, claim: claimed, room: share })
        .then((body) => {
          isSigned = true;
          return body;
        })
        .finally(() => share.end(isSigned));
      const delivery = read(parse(text), hash, now());
      if (!isStorable(delivery))
        throw new Problem({
          status: 400,
          code: 'bad-text',
          detail: 'A text of the delivery has a null character or half a character in it.',
        });
      await keep(delivery).catch((cause: unknown) => {
        throw new Problem({
          status: 503,
          code: 'not-stored',
          detail: 'The delivery could not be stored. Send it again.',
          headers: retryAfter(5000),
          cause,
        });
      });
      return c.json({ is: delivery.is }, delivery.is === 'ignored' ? 200 : 202, {
        'X-Content-Type-Options': 'nosniff',
      });
    });
  }
  return { ownLimits };
}
