import type { Context } from '../feature.js';
import type { Confirmations } from '../availability/confirm.js';
import { forgetAll } from '../availability/forget.js';
import { announceTimes } from '../bookings/announce-times.js';
import type { Observation } from '../bookings/booking.js';
import { findAtTimes, foresee, record } from '../bookings/bookings.js';
import { isUnsettled } from '../bookings/merge.js';
import type { JobKind } from '../queue/worker.js';
import { NO_TIMES, type DeliveredTimes } from './delivery.js';

/** The kind of job that a delivery becomes. */
export const WEBHOOK = 'webhook';

export interface WebhookJob {
  readonly observations: readonly Observation[];
  /** Missing in jobs from before it was kept. */
  readonly about?: DeliveredTimes;
}

/** Maximum number of deliveries that become rows in one transaction. */
const BATCH = 50;

interface WebhookJobOptions {
  /** Asks about slots that a delivery left open; without, pages ask themselves. */
  readonly confirmations?: Pick<Confirmations, 'add'>;
  /** There are bookings whose state the provider's API has to say. */
  readonly onUnsettled?: () => void;
}

/**
 * What is done with deliveries: their times are announced first, then rows say so. Doing it twice changes nothing. No
 * scheduling service is waited for.
 */
export const webhookJobs = (
  context: Pick<Context, 'store' | 'bus' | 'now'>,
  { confirmations, onUnsettled = () => undefined }: WebhookJobOptions = {},
): JobKind => ({
  batch: BATCH,
  async handle(jobs) {
    const { store } = context;
    const read = jobs.map(({ data }) => data as WebhookJob);
    const about = read.map((one) => one.about ?? NO_TIMES);
    const observations = [
      ...read.flatMap((one) => one.observations),
      ...(await Promise.all(about.map((one) => seriesCancelled(store, one)))).flat(),
    ];
    const open = await announceTimes(
      context,
      await foresee(store, observations),
      about.flatMap(({ times }) => times),
    );
    // The days of a series are a year: they are confirmed when a page shows them.
    await forgetAll(
      context,
      about.flatMap(({ unsure }) => unsure).filter(({ end }) => end > context.now()),
    );
    const changes = await record(store, observations);
    confirmations?.add(open);
    if (changes.some(({ after }) => isUnsettled(after))) onUnsettled();
  },
});

/** The bookings of a series that is cancelled as a whole: the delivery names one of them, and the dates of the others. */
async function seriesCancelled(
  store: Context['store'],
  { cancelled }: DeliveredTimes,
): Promise<Observation[]> {
  if (!cancelled) return [];
  const { of, starts, at } = cancelled;
  const found = await findAtTimes(store, of, starts);
  return found.flatMap(({ id, isShared, hosts }) =>
    isShared || (of.hosts.length > 0 && hosts.length > 0 && !hosts.some((host) => of.hosts.includes(host)))
      ? []
      : [{ provider: of.provider, id, source: 'webhook' as const, at, state: 'cancelled' as const }],
  );
}
