import type { Store } from '../store/store.js';
import type { ProviderName } from '../upstreams/upstream.js';
import type { DeliveryOutcome, WebhookTables } from './schema.js';

/** Why a delivery was refused: for programs and for people, with nothing of the delivery in it. */
export interface RefusalReason {
  readonly code: string;
  readonly why: string;
}

interface Last extends RefusalReason {
  readonly provider: ProviderName;
  readonly outcome: DeliveryOutcome;
  at: number;
  deliveries: number;
}

const NO_REASON: RefusalReason = { code: '', why: '' };

/** Notes the latest delivery of each outcome in memory, and stores it now and then: strangers cause no writes of their own. */
export class LastDeliveries {
  readonly #store: Store;
  readonly #noted = new Map<string, Last>();

  constructor(store: Store) {
    this.#store = store;
  }

  note(provider: ProviderName, outcome: DeliveryOutcome, reason = NO_REASON): void {
    const key = `${provider} ${outcome}`;
    const deliveries = (this.#noted.get(key)?.deliveries ?? 0) + 1;
    this.#noted.set(key, { provider, outcome, ...reason, at: this.#store.now(), deliveries });
  }

  /** Rejects when the store cannot be written: what was noted is stored the next time. */
  async flush(): Promise<void> {
    for (const [key, last] of [...this.#noted]) {
      this.#noted.delete(key);
      try {
        await this.#write(last);
      } catch (cause) {
        const newer = this.#noted.get(key);
        if (newer) newer.deliveries += last.deliveries;
        else this.#noted.set(key, last);
        throw cause;
      }
    }
  }

  async #write({ deliveries, ...last }: Last): Promise<void> {
    await this.#store
      .tables<WebhookTables>()
      .insertInto('webhook_last')
      .values({ ...last, deliveries })
      .onConflict((conflict) =>
        conflict.columns(['provider', 'outcome']).doUpdateSet(({ eb }) => ({
          at: last.at,
          code: last.code,
          why: last.why,
          deliveries: eb('webhook_last.deliveries', '+', deliveries),
        })),
      )
      .execute();
  }
}
