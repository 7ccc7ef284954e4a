import { ALERT_LEASE_MS, ALERT_LOOK_MS } from '../durations.js';
import type { Feature, Context } from '../feature.js';
import { giveLease, takeLease } from '../store/leases.js';
import { checkAlerts } from './check-alerts.js';
import { noticeSender, postNotice } from './send-notices.js';
import { storeAlert } from './store-alert.js';
import { unref } from '../timers.js';

const LEASE_NAME = 'alerts';

/** Notifies the owner when something is wrong, and when it is over. One instance does it for all. */
export function alertsFeature(context: Context): Feature {
  const { settings, store, instance, log } = context;
  const { alerts } = settings;
  if (!alerts) return {};
  const isMine = (): Promise<boolean> => takeLease(store, LEASE_NAME, instance, ALERT_LEASE_MS);
  const send = noticeSender(context, alerts, { isMine });
  const lookAtStore = storeAlert({
    state: () => context.storeMonitor.state(),
    send: (id, notice) => postNotice(alerts, id, notice),
    instance,
    now: Date.now,
  });
  let looking: NodeJS.Timeout | undefined;
  let atWork: Promise<void> | undefined;

  async function look(): Promise<void> {
    if (!alerts || !(await isMine())) return;
    await checkAlerts(context, alerts);
    await send();
  }
  const lookAtStoreOnce = (): Promise<void> =>
    lookAtStore().catch((cause: unknown) => log.warn({ err: cause }, 'an alert could not be sent'));
  const lookOnce = (): Promise<void> =>
    (atWork ??= look()
      .catch((cause: unknown) => log.warn({ err: cause }, 'alerts cannot be looked after'))
      .finally(() => (atWork = undefined)));

  return {
    name: 'alerts',
    start() {
      looking = setInterval(() => {
        void lookAtStoreOnce();
        void lookOnce();
      }, ALERT_LOOK_MS);
      unref(looking);
    },
    async stop() {
      clearInterval(looking);
      await atWork;
      await giveLease(store, LEASE_NAME, instance);
    },
  };
}
