import { createCompanion, type CompanionOptions } from '../../../src/server/index.js';
import { serve } from '../../../src/server/node.js';
import { TIMES_GONE } from '../../../src/server/availability/forget.js';
import { CAL_SECRET, calBody, SECRETS, signedByCal } from '../../companion/deliveries.js';
import { readEvents } from '../../companion/event-reader.js';
import { fakeUpstream, json } from '../../companion/fake-upstream.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SRC = 'https://cal.com/acme/class';

/** Milliseconds that the scheduling service takes for an answer. */
const SERVICE = 200;

/** Slots whose last seat is booked, one after another. */
const ROUNDS = 20;

/**
 * Milliseconds from sending the delivery of a last seat to an instance until a page that listens at another one has its event,
 * for each of several slots: the delivery is stored, worked off, and confirmed by the scheduling service.
 */
export async function lastSeats(where: Pick<CompanionOptions, 'data' | 'database'>): Promise<number[]> {
  const first = Math.ceil(Date.now() / DAY) * DAY + 2 * DAY + 9 * HOUR;
  const starts = Array.from({ length: ROUNDS }, (_, i) => first + Math.floor(i / 5) * DAY + (i % 5) * HOUR);
  const full = new Set<number>();
  const upstream = await fakeUpstream(async () => {
    await new Promise((resolve) => setTimeout(resolve, SERVICE));
    const data: Record<string, { start: string }[]> = {};
    for (const start of starts.filter((one) => !full.has(one))) {
      const text = new Date(start).toISOString();
      (data[text.slice(0, 10)] ??= []).push({ start: text });
    }
    return json({ status: 'success', data });
  });
  const options: CompanionOptions = {
    ...where,
    log: 'silent',
    webhooks: SECRETS,
    upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin }],
  };
  const servers = [];
  for (let i = 0; i < 2; i++)
    servers.push(await serve(await createCompanion(options), { port: 0, grace: 100 }));
  const [here, there] = servers.map(({ origin }) => origin) as [string, string];
  const leaving = new AbortController();
  const took: number[] = [];
  try {
    await (await fetch(`${there}/v1/availability?src=${SRC}`)).arrayBuffer();
    const page = readEvents(await fetch(`${there}/v1/live?src=${SRC}`, { signal: leaving.signal }));
    for (const [i, start] of starts.entries()) {
      full.add(start);
      const isGone = (): boolean =>
        page
          .news()
          .some(
            ({ type, data }) =>
              type === TIMES_GONE && Date.parse((data as { readonly start: string }).start) === start,
          );
      const seat = {
        organizer: { username: 'acme' },
        type: 'class',
        seatsPerTimeSlot: 2,
        attendeeSeatId: `s-${i}`,
      };
      const delivery = signedByCal(calBody('BOOKING_CREATED', `seated-${i}`, start, seat), CAL_SECRET, here);
      const began = performance.now();
      const { status } = await fetch(delivery);
      if (status !== 202) throw new Error(`the delivery was answered ${status}`);
      while (!isGone() && performance.now() - began < 10_000)
        await new Promise((resolve) => setTimeout(resolve, 1));
      took.push(isGone() ? performance.now() - began : Infinity);
    }
  } finally {
    leaving.abort();
    for (const { stop } of servers) await stop();
    await upstream.close();
  }
  return took;
}
