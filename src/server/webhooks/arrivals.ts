import { ARRIVAL_PRECISION_MS } from '../durations.js';
import type { Store } from '../store/store.js';
import type { ProviderName } from '../upstreams/upstream.js';
import type { WebhookTables } from './schema.js';

/** What came of the deliveries of a provider. Moments are milliseconds since 1970. */
export interface WebhookHealth {
  readonly provider: ProviderName;
  readonly lastDelivery: number;
  /** Deliveries that were genuine and could not be read; `GET /v1/queue` shows the latest of them. */
  readonly unreadable: number;
  readonly lastUnreadable?: number;
  /** Which field the latest unreadable one failed at. */
  readonly why?: string;
}

/** Notes deliveries, for the owner and for how often bookings have to be synchronised. */
export class Arrivals {
  readonly #store: Store;
  readonly #noted = new Map<ProviderName, number>();

  constructor(store: Store) {
    this.#store = store;
  }

  async note(provider: ProviderName): Promise<void> {
    const at = this.#store.now();
    if (at - (this.#noted.get(provider) ?? -ARRIVAL_PRECISION_MS) < ARRIVAL_PRECISION_MS) return;
    await this.#write(provider, { at });
    this.#noted.set(provider, at);
  }

  async noteUnreadable(provider: ProviderName, why: string): Promise<void> {
    const at = this.#store.now();
    await this.#store
      .tables<WebhookTables>()
      .insertInto('webhook_arrival')
      .values({ provider, at, unreadable: 1, unreadable_at: at, why })
      .onConflict((conflict) =>
        conflict.column('provider').doUpdateSet(({ eb }) => ({
          at,
          unreadable: eb('webhook_arrival.unreadable', '+', 1),
          unreadable_at: at,
          why,
        })),
      )
      .execute();
  }

  async #write(provider: ProviderName, change: { readonly at: number }): Promise<void> {
    await this.#store
      .tables<WebhookTables>()
      .insertInto('webhook_arrival')
      .values({ provider, unreadable: 0, unreadable_at: null, why: '', ...change })
      .onConflict((conflict) => conflict.column('provider').doUpdateSet(change))
      .execute();
  }
}

export async function webhookHealth(store: Store): Promise<WebhookHealth[]> {
  const rows = await store.tables<WebhookTables>().selectFrom('webhook_arrival').selectAll().execute();
  return rows.map(({ provider, at, unreadable, unreadable_at: lastUnreadable, why }) => ({
    provider,
    lastDelivery: at,
    unreadable,
    ...(lastUnreadable !== null && { lastUnreadable, why }),
  }));
}
