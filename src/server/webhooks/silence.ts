import { HOUR_MS } from '../../scheduling/durations.js';
import { DELIVERIES_KEPT_MS } from '../durations.js';
import type { Store } from '../store/store.js';
import type { ProviderName } from '../upstreams/upstream.js';
import { type WebhookTables } from './schema.js';

/** Hours with a delivery from which on a provider has a usual silence. */
const ENOUGH = 10;

/** How long a provider has delivered nothing. */
export interface DeliverySilence {
  readonly provider: ProviderName;
  /** Milliseconds since the hour of the latest delivery ended. */
  readonly silent: number;
  /** The longest silence between two deliveries of the last month, in milliseconds; null where there are too few to tell. */
  readonly usual: number | null;
}

/** Providers that have delivered something in the last month. */
export async function deliverySilences(store: Store): Promise<DeliverySilence[]> {
  const now = store.now();
  const rows = await store
    .tables<WebhookTables>()
    .selectFrom('webhook_tally')
    .select(['provider', 'hour'])
    .distinct()
    .where('hour', '>=', Math.floor((now - DELIVERIES_KEPT_MS) / HOUR_MS))
    .where('hour', '<=', Math.floor(now / HOUR_MS))
    .orderBy('hour')
    .execute();
  return [...new Set(rows.map(({ provider }) => provider))].map((provider) => {
    const hours = rows.filter((row) => row.provider === provider).map(({ hour }) => hour);
    const gaps = hours.slice(1).map((hour, i) => (hour - (hours[i] ?? hour)) * HOUR_MS);
    return {
      provider,
      silent: Math.max(0, now - ((hours.at(-1) ?? 0) + 1) * HOUR_MS),
      usual: hours.length < ENOUGH ? null : Math.max(...gaps),
    };
  });
}
