import type { Store } from '../store/store.js';
import type { ProviderName } from '../upstreams/upstream.js';
import { HOUR, type WebhookTables } from './schema.js';

/** How long counts of deliveries are kept, in milliseconds. */
export const KEPT = 30 * 24 * HOUR;

interface Count {
  readonly provider: ProviderName;
  readonly trigger: string;
  deliveries: number;
}

/** Counts genuine deliveries by trigger in memory, and adds them to the store now and then. */
export class DeliveryTallies {
  readonly #store: Store;
  readonly #counts = new Map<string, Count>();

  constructor(store: Store) {
    this.#store = store;
  }

  add(provider: ProviderName, trigger: string, deliveries = 1): void {
    const key = `${provider} ${trigger}`;
    const known = this.#counts.get(key);
    if (known) known.deliveries += deliveries;
    else this.#counts.set(key, { provider, trigger, deliveries });
  }

  /** Rejects when the store cannot be written: what was counted is stored the next time. */
  async flush(): Promise<void> {
    const hour = Math.floor(this.#store.now() / HOUR);
    for (const [key, { provider, trigger, deliveries }] of [...this.#counts]) {
      this.#counts.delete(key);
      try {
        await this.#store
          .tables<WebhookTables>()
          .insertInto('webhook_tally')
          .values({ provider, trigger, hour, deliveries })
          .onConflict((conflict) =>
            conflict
              .columns(['provider', 'hour', 'trigger'])
              .doUpdateSet(({ eb }) => ({ deliveries: eb('webhook_tally.deliveries', '+', deliveries) })),
          )
          .execute();
      } catch (cause) {
        this.add(provider, trigger, deliveries);
        throw cause;
      }
    }
  }

  /** Removes what is older than a month. */
  async forget(): Promise<void> {
    await this.#store
      .tables<WebhookTables>()
      .deleteFrom('webhook_tally')
      .where('hour', '<', Math.floor((this.#store.now() - KEPT) / HOUR))
      .execute();
  }
}
