import { hmacKey, HMAC } from '../http/hmac.js';
import { bytesOf, hexOf, sha256 } from '../sha256.js';
import type { ProviderName } from '../upstreams/upstream.js';
import type { Delivery } from './delivery.js';

/** Ids of bookings of test deliveries begin with it. */
const PREFIX = 'booking-widget-test-';

const TEST_ID = new RegExp(`(^|/)${PREFIX}[\\w-]+$`);

/** Long ago, of no event type: no slot is affected, no count of a window has it, and what stays behind is swept away. */
const START = '2001-01-01T00:00:00.000Z';
const END = '2001-01-01T00:30:00.000Z';

/** Whether a genuine delivery was sent by `webhooks test`. */
export const isTestDelivery = (delivery: Delivery): boolean =>
  delivery.is === 'booking' &&
  delivery.observations.length > 0 &&
  delivery.observations.every(({ id }) => TEST_ID.test(id));

export interface TestDelivery {
  /** The id of its booking. */
  readonly id: string;
  /** The key of its job. */
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const hmac = async (secret: string, text: string): Promise<string> =>
  hexOf(new Uint8Array(await crypto.subtle.sign(HMAC, await hmacKey(secret), bytesOf(text))));

const BODIES: Readonly<Record<ProviderName, (name: string) => readonly [id: string, body: object]>> = {
  cal: (name) => [
    name,
    {
      triggerEvent: 'BOOKING_CREATED',
      createdAt: START,
      payload: { uid: name, startTime: START, endTime: END, status: 'ACCEPTED' },
    },
  ],
  calendly(name) {
    const uri = `https://api.calendly.com/scheduled_events/${name}`;
    const event = { uri, status: 'active', start_time: START, end_time: END, created_at: START };
    const payload = { uri: `${uri}/invitees/${name}`, scheduled_event: event };
    return [uri, { event: 'invitee.created', created_at: START, payload }];
  },
};

const SIGNATURES: Readonly<
  Record<ProviderName, (secret: string, body: string, now: number) => Promise<TestDelivery['headers']>>
> = {
  cal: async (secret, body) => ({ 'x-cal-signature-256': await hmac(secret, body) }),
  async calendly(secret, body, now) {
    const seconds = String(Math.floor(now / 1000));
    return { 'calendly-webhook-signature': `t=${seconds},v1=${await hmac(secret, `${seconds}.${body}`)}` };
  },
};

/** A delivery about a booking that never was, signed as the provider signs. */
export async function testDelivery(
  provider: ProviderName,
  secret: string,
  now: number,
): Promise<TestDelivery> {
  const [id, content] = BODIES[provider](`${PREFIX}${crypto.randomUUID()}`);
  const body = JSON.stringify(content);
  return {
    id,
    key: `${provider} ${hexOf(await sha256(body))}`,
    headers: { 'content-type': 'application/json', ...(await SIGNATURES[provider](secret, body, now)) },
    body,
  };
}
