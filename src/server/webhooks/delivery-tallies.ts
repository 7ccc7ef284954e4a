import { HOUR_MS } from '../../scheduling/durations.js';
import { DELIVERIES_KEPT_MS } from '../durations.js';
import type { Store } from '../store/store.js';
import type { ProviderName } from '../upstreams/upstream.js';
import { type WebhookTables } from './schema.js';

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
    const hour = Math.floor(this.#store.now() / HOUR_MS);
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
      .where('hour', '<', Math.floor((this.#store.now() - DELIVERIES_KEPT_MS) / HOUR_MS))
      .execute();
  }
}
