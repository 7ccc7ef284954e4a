import { createHmac } from 'node:crypto';
import type { Companion } from '../src/server/index.js';
import type { SampleDelivery } from './sample-bookings.js';

/** Deliveries on their way at the same time. */
const AT_ONCE = 20;

interface SendOptions {
  readonly secret: string;
  /** The companion's clock: Calendly's signatures hold for minutes. */
  readonly now: number;
}

/** The header of a signature, as each provider writes it. */
function signatureOf(
  provider: SampleDelivery['provider'],
  body: string,
  { secret, now }: SendOptions,
): Record<string, string> {
  const hmac = (text: string): string => createHmac('sha256', secret).update(text).digest('hex');
  if (provider === 'cal') return { 'X-Cal-Signature-256': hmac(body) };
  const t = Math.floor(now / 1000);
  return { 'Calendly-Webhook-Signature': `t=${t},v1=${hmac(`${t}.${body}`)}` };
}

/** Sends deliveries to a companion, signed as the providers sign them. Fulfilled when all are stored; its queue does the rest. */
export async function sendDeliveries(
  { fetch }: Pick<Companion, 'fetch'>,
  deliveries: readonly SampleDelivery[],
  options: SendOptions,
): Promise<void> {
  const send = async ({ provider, body: content }: SampleDelivery): Promise<void> => {
    const body = JSON.stringify(content);
    const response = await fetch(
      new Request(`http://companion.invalid/v1/webhooks/${provider}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...signatureOf(provider, body, options) },
        body,
      }),
    );
    if (response.status !== 202)
      throw new Error(`a sample delivery was answered with ${response.status}: ${await response.text()}`);
  };
  for (let i = 0; i < deliveries.length; i += AT_ONCE)
    await Promise.all(deliveries.slice(i, i + AT_ONCE).map(send));
}
