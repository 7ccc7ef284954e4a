import { DELIVERIES_FLUSH_MS, DELIVERIES_FORGET_MS } from '../durations.js';
import type { Context } from '../feature.js';
import type { Problem } from '../http/problem.js';
import type { ProviderName } from '../upstreams/upstream.js';
import { Arrivals } from './arrivals.js';
import type { Delivery } from './delivery.js';
import { DeliveryTallies } from './delivery-tallies.js';
import { LastDeliveries } from './last-deliveries.js';
import { RefusalLog } from './refusal-log.js';
import { isTestDelivery } from './test-delivery.js';
import { unref } from '../timers.js';

/** What is written down of deliveries for their owner: counts and moments, and nothing that was in them. */
export class DeliveryRecords {
  readonly #arrivals: Arrivals;
  readonly #tallies: DeliveryTallies;
  readonly #last: LastDeliveries;
  readonly #refusals: RefusalLog;
  readonly #log: Context['log'];
  readonly #timers: NodeJS.Timeout[] = [];

  constructor({ store, log }: Pick<Context, 'store' | 'log'>) {
    this.#arrivals = new Arrivals(store);
    this.#tallies = new DeliveryTallies(store);
    this.#last = new LastDeliveries(store);
    this.#refusals = new RefusalLog(log);
    this.#log = log;
  }

  /** A genuine delivery was stored. A test says nothing about whether the provider delivers. */
  async noteGenuine(provider: ProviderName, delivery: Delivery): Promise<void> {
    if (isTestDelivery(delivery)) {
      this.#last.note(provider, 'test');
      return;
    }
    await this.#arrivals.note(provider);
    this.#tallies.add(provider, delivery.trigger);
    if (delivery.is !== 'unreadable') this.#last.note(provider, 'good');
  }

  noteUnreadable(provider: ProviderName, why: string): Promise<void> {
    return this.#arrivals.noteUnreadable(provider, why);
  }

  noteRefused(provider: ProviderName, { code, message: why }: Problem): void {
    this.#last.note(provider, 'refused', { code, why });
    this.#refusals.add(provider, code);
  }

  async flush(): Promise<void> {
    await this.#tallies.flush();
    await this.#last.flush();
  }

  start(): void {
    this.#timers.push(
      setInterval(() => void this.#attempt(() => this.flush()), DELIVERIES_FLUSH_MS),
      setInterval(() => void this.#attempt(() => this.#tallies.forget()), DELIVERIES_FORGET_MS),
    );
    for (const timer of this.#timers) unref(timer);
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#attempt(() => this.flush());
  }

  #attempt(work: () => Promise<void>): Promise<void> {
    return work().catch((cause: unknown) => this.#log.warn({ err: cause }, 'deliveries cannot be counted'));
  }
}
