import { STORE_ALERT_AFTER_MS } from '../durations.js';
import type { StoreState } from '../store/store-monitor.js';
import type { Notice } from './episodes.js';

interface StoreAlertOptions {
  readonly state: () => StoreState;
  /** Rejects when the receiver cannot be reached. */
  readonly send: (id: string, notice: Notice) => Promise<void>;
  /** This instance's name: each notices for itself, because what they would share is out. */
  readonly instance: string;
  readonly now: () => number;
}

const iso = (at: number): string => new Date(at).toISOString();

/**
 * Notifies the owner that nothing can be stored, and when it is over. Kept in memory, as the store is what is broken. To be
 * called now and then.
 */
export function storeAlert({ state, send, instance, now }: StoreAlertOptions): () => Promise<void> {
  let fired: StoreState | undefined;
  const notice = (kind: Notice['state'], since: number, text: string): Notice => ({
    v: 1,
    state: kind,
    alert: 'store',
    subject: '',
    level: 'critical',
    since: iso(since),
    at: iso(now()),
    text,
  });
  return async () => {
    const current = state();
    if (!current.isUsable && !fired && now() - current.since >= STORE_ALERT_AFTER_MS) {
      await send(
        `store-${instance}-${current.since}-firing`,
        notice('firing', current.since, `Nothing can be stored: the store is ${current.failure ?? 'out'}.`),
      );
      fired = current;
    } else if (current.isUsable && fired) {
      await send(
        `store-${instance}-${fired.since}-resolved`,
        notice('resolved', fired.since, 'Over: the store works again.'),
      );
      fired = undefined;
    }
  };
}
