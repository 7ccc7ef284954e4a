import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { CAL_SECRET, signedByCal } from '../companion/deliveries.js';
import { aReport, aWidget, BROWSER } from '../companion/reports.js';
import type { Fleet } from './fleet.js';
import { EVENT, type Booked, type Model } from './model.js';
import type { Dice } from './random.js';

/** Milliseconds that a client waits for an answer. */
const PATIENCE = 15_000;

export interface LoadCounts {
  deliveries: number;
  questions: number;
  hostile: number;
  /** Milliseconds of answers with times. */
  readonly times: number[];
}

export interface Load {
  readonly counts: LoadCounts;
  /** No new requests; fulfilled when those under way have ended. */
  stop(): Promise<void>;
}

interface LoadOptions {
  readonly fleet: Fleet;
  readonly model: Model;
  readonly dice: Dice;
  /** Milliseconds between two requests of one kind. */
  readonly every: number;
  readonly maxBookings: number;
}

/** An address of the fleet that listens. */
const someOrigin = (fleet: Fleet, dice: Dice): string => {
  const origins = fleet.instances.map(({ origin }) => origin).filter(Boolean);
  return origins.length > 0 ? dice.of(origins) : 'http://127.0.0.1:1';
};

/** Delivers as a provider that sends until it is acknowledged. */
export async function deliver(fleet: Fleet, model: Model, dice: Dice, booking: Booked): Promise<void> {
  const delivery = signedByCal(model.body(booking), CAL_SECRET, someOrigin(fleet, dice));
  const response = await fetch(delivery, { signal: AbortSignal.timeout(PATIENCE) }).catch(() => null);
  if (response?.status === 202) booking.isAcknowledged = true;
  else if (response && response.status !== 503 && response.status !== 500)
    model.wrong.push(`a delivery was answered ${response.status}`);
  if (response?.status === 500) model.wrong.push('a delivery was answered 500');
  await response?.arrayBuffer().catch(() => undefined);
}

/** Asks for times as a visitor. */
export async function ask(origin: string, model: Model, isSettled = false): Promise<number> {
  const words = new URLSearchParams({
    src: EVENT,
    start: new Date(model.first).toISOString(),
    end: new Date(model.first + model.days * 86_400_000).toISOString(),
  });
  const response = await fetch(`${origin}/v1/availability?${words}`, {
    signal: AbortSignal.timeout(PATIENCE),
  }).catch(() => null);
  const body = await response?.text().catch(() => undefined);
  if (!response || body === undefined) return 0;
  model.judge(response.status, body, isSettled);
  return response.status;
}

/** What strangers send: every request of it has to be refused or bounded. */
const HOSTILE: readonly ((origin: string, i: number) => Promise<unknown>)[] = [
  (origin, i) => fetch(`${origin}/v1/availability?src=https://cal.com/acme/junk-${i % 200}`),
  (origin, i) => fetch(`${origin}/v1/availability?src=https://cal.com/acme/%00${i}`),
  (origin, i) => fetch(signedByCal(`{"junk":${i}}`, 'a wrong secret', origin)),
  (origin) => fetch(`${origin}/v1/webhooks/cal`, { method: 'POST', body: 'x'.repeat(300_000) }),
  (origin, i) =>
    fetch(`${origin}/v1/metrics`, {
      method: 'POST',
      headers: { 'user-agent': BROWSER },
      body: JSON.stringify(
        aReport({
          page: `https://junk-${i}.example/${'x'.repeat(1000)}`,
          widgets: Array.from({ length: 40 }, (_, k) => aWidget({ provider: `junk-${i}-${k}` })),
        }),
      ),
    }),
  (origin) => fetch(`${origin}/v1/queue`, { headers: { authorization: 'Bearer a-guess-of-a-stranger' } }),
  // Says that much will come, and hangs up.
  (origin) =>
    new Promise<void>((resolve) => {
      const sent = request(`${origin}/v1/webhooks/cal`, {
        method: 'POST',
        headers: { 'content-length': 9_000_000, 'x-cal-signature-256': 'a'.repeat(64) },
      });
      sent.on('error', () => resolve());
      sent.on('close', () => resolve());
      sent.write('x'.repeat(100_000), () => sent.destroy());
    }),
];

/** Deliveries, visitors and strangers, all at once, until it is stopped. */
export function startLoad({ fleet, model, dice, every, maxBookings }: LoadOptions): Load {
  const counts: LoadCounts = { deliveries: 0, questions: 0, hostile: 0, times: [] };
  const underWay = new Set<Promise<unknown>>();
  const stopping = new AbortController();

  const track = (work: Promise<unknown>): void => {
    const tracked = work.catch(() => undefined).finally(() => underWay.delete(tracked));
    underWay.add(tracked);
  };
  async function repeat(ms: number, once: (i: number) => Promise<unknown>): Promise<void> {
    for (let i = 0; !stopping.signal.aborted; i++) {
      // Bounded: while answers do not come, nothing more is asked.
      if (underWay.size < 60) track(once(i));
      await wait(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }
  const loops = [
    repeat(every, async () => {
      const again = model.unacknowledged[0];
      const booking =
        again !== undefined && dice.next() < 0.5
          ? again
          : model.bookings.length < maxBookings
            ? (model.book() ?? again)
            : again;
      if (!booking) return;
      counts.deliveries++;
      await deliver(fleet, model, dice, booking);
    }),
    repeat(every, async () => {
      counts.questions++;
      const begun = performance.now();
      if ((await ask(someOrigin(fleet, dice), model)) === 200) counts.times.push(performance.now() - begun);
    }),
    repeat(every * 2, async (i) => {
      counts.hostile++;
      const response: unknown = await dice.of(HOSTILE)(someOrigin(fleet, dice), i);
      if (!(response instanceof Response)) return;
      if (response.status === 500) model.wrong.push(`a stranger was answered 500 at ${response.url}`);
      await response.arrayBuffer();
    }),
  ];
  return {
    counts,
    async stop() {
      stopping.abort();
      await Promise.all(loops);
      await Promise.all(underWay);
    },
  };
}
