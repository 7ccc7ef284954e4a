import { HOUR_MS } from '../../scheduling/durations.js';
import { DELIVERIES_KEPT_MS } from '../durations.js';
import type { Context } from '../feature.js';
import type { ProviderName } from '../upstreams/upstream.js';
import { webhookHealth } from './arrivals.js';
import type { RefusalReason } from './last-deliveries.js';
import { type DeliveryOutcome, type WebhookTables } from './schema.js';

/** Providers whose deliveries are understood. */
export const PROVIDERS: readonly ProviderName[] = ['cal', 'calendly'];

/** How the webhook of one provider is. Moments are milliseconds since 1970; null where there was none. */
export interface WebhookOverview {
  readonly provider: ProviderName;
  /** Where the provider sends its deliveries, from the companion's address on. */
  readonly path: string;
  /** Whether a secret is configured: without one every delivery is refused. */
  readonly hasSecret: boolean;
  /** The latest delivery of all, refused ones included. */
  readonly lastReceived: number | null;
  /** The latest one that was genuine and understood. */
  readonly lastGood: number | null;
  readonly lastRefused: ({ readonly at: number } & RefusalReason) | null;
  readonly refused: number;
  /** The latest one of `webhooks test`. */
  readonly lastTest: number | null;
  readonly unreadable: number;
  readonly lastUnreadable: ({ readonly at: number } & Pick<RefusalReason, 'why'>) | null;
  /** Genuine deliveries of the last 30 days. */
  readonly triggers: Readonly<Record<string, number>>;
}

const latest = (...moments: readonly (number | null | undefined)[]): number | null =>
  moments.reduce<number | null>((last, at) => (at && (last === null || at > last) ? at : last), null);

/** The webhooks of all providers, as all instances together have received their deliveries. */
export async function webhookOverview({
  store,
  settings,
}: Pick<Context, 'store' | 'settings'>): Promise<WebhookOverview[]> {
  const db = store.tables<WebhookTables>();
  const [health, last, counts] = await Promise.all([
    webhookHealth(store),
    db.selectFrom('webhook_last').selectAll().execute(),
    db
      .selectFrom('webhook_tally')
      .select(({ fn }) => ['provider', 'trigger', fn.sum<number | string>('deliveries').as('deliveries')])
      .where('hour', '>=', Math.floor((store.now() - DELIVERIES_KEPT_MS) / HOUR_MS))
      .groupBy(['provider', 'trigger'])
      .orderBy('trigger')
      .execute(),
  ]);
  return PROVIDERS.map((provider) => {
    const arrived = health.find((one) => one.provider === provider);
    const of = (outcome: DeliveryOutcome) =>
      last.find((one) => one.provider === provider && one.outcome === outcome);
    const [good, refused, test] = [of('good'), of('refused'), of('test')];
    return {
      provider,
      path: `/v1/webhooks/${provider}`,
      hasSecret: settings.webhooks[provider] !== undefined,
      lastReceived: latest(arrived?.lastDelivery, good?.at, refused?.at, test?.at),
      lastGood: good?.at ?? null,
      lastRefused: refused ? { at: refused.at, code: refused.code, why: refused.why } : null,
      refused: refused?.deliveries ?? 0,
      lastTest: test?.at ?? null,
      unreadable: arrived?.unreadable ?? 0,
      lastUnreadable: arrived?.lastUnreadable ? { at: arrived.lastUnreadable, why: arrived.why ?? '' } : null,
      triggers: Object.fromEntries(
        counts
          .filter((one) => one.provider === provider)
          .map(({ trigger, deliveries }) => [trigger, Number(deliveries)]),
      ),
    };
  });
}
