import type { BookingTables } from '../../../src/server/bookings/schema.js';
import { openContext } from '../../../src/server/open-context.js';
import { CAL_SECRET, calBody, SECRETS, signedByCal } from '../../companion/deliveries.js';
import {
  BUDGET,
  busiest,
  DAY,
  HOUR,
  optionsFor,
  popular,
  question,
  sleep,
  slowly,
  tomorrow,
  upstreamsFor,
} from './requests.js';
import { ms, quantile, type Stage, type Where } from './stage.js';

/** One second stands for a minute. */
const SPEED = 60;
const SECONDS = 30;
const USERS = 10;
/** Milliseconds between two requests of a user: six seconds of theirs. */
const PAUSE = 100;
const EVENT_TYPES = 40;

/** Half an hour of ten users: 60 % look at slots, 20 % book, 20 % look for alternatives to a slot. */
export async function mixed(where: Where, stage: Stage): Promise<void> {
  const upstream = await slowly(5, 10); // 0.3 to 0.9 s of theirs
  const began = Date.now();
  const options = optionsFor(where, upstream, { speed: SPEED, webhooks: SECRETS });
  const origin = await stage.start('companion.ts', options, String(began));
  const from = tomorrow() + DAY; // that day does not begin within the half hour
  const [statuses, cached, alternatives, deliveries]: number[][] = [[], [], [], []];
  let booked = 0;
  async function look(preferred?: number): Promise<void> {
    const asked = performance.now();
    const answer = await fetch(
      question(origin, popular(EVENT_TYPES), from, preferred === undefined ? {} : { preferred }),
    );
    await answer.arrayBuffer();
    const took = performance.now() - asked;
    statuses?.push(answer.status);
    if (preferred !== undefined) alternatives?.push(took);
    else if (/; hit; /.test(answer.headers.get('cache-status') ?? '')) cached?.push(took);
  }
  async function book(): Promise<void> {
    const n = booked++;
    const start = from + (n % 7) * DAY + (9 + (n % 8)) * HOUR;
    const type = popular(EVENT_TYPES);
    const more = { type, eventTypeId: Number(type.split('-')[1]) + 1, organizer: { username: 'acme' } };
    const body = calBody('BOOKING_CREATED', `mixed-${n}`, start, more, began + (Date.now() - began) * SPEED);
    const asked = performance.now();
    const { status } = await fetch(signedByCal(body, CAL_SECRET, origin));
    deliveries?.push(performance.now() - asked);
    statuses?.push(status);
  }
  const until = performance.now() + SECONDS * 1000;
  await Promise.all(
    Array.from({ length: USERS }, async () => {
      while (performance.now() < until) {
        const dice = Math.random();
        if (dice < 0.6) await look();
        else if (dice < 0.8) await book();
        else await look(from + 10 * HOUR + Math.floor(Math.random() * 6) * HOUR);
        await sleep(PAUSE * (0.5 + Math.random()));
      }
    }),
  );
  const context = await openContext({ ...where, ...upstreamsFor(upstream), log: 'silent' });
  const stored = async (): Promise<number> => {
    const { count } = await context.store
      .tables<BookingTables>()
      .selectFrom('booking')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return count;
  };
  const patience = performance.now() + 10_000;
  while ((await stored()) < booked && performance.now() < patience) await sleep(50);
  const kept = await stored();
  await context.close();
  await stage.stopAll();
  await upstream.close();
  const both = (values: readonly number[] = []): string =>
    `p50 ${ms(quantile(values, 0.5))}, p95 ${ms(quantile(values, 0.95))}`;
  const good = statuses?.filter((status) => status === 200 || status === 202).length ?? 0;
  stage.row(
    '10 users for half an hour (30 s stand for it): 60 % slots, 20 % bookings, 20 % alternatives',
    `${statuses?.length} requests, ${good} good; cached slots ${both(cached)}; alternatives ${both(alternatives)}; ${booked} bookings acknowledged ${both(deliveries)}, ${kept} stored; busiest minute ${busiest(upstream, SPEED)} calls`,
    'cached p50 ≤ 3 ms, p95 ≤ 10 ms; alternatives 500/800 ms; every answer good, every booking stored; ≤ 120 calls a minute',
    good === statuses?.length &&
      kept === booked &&
      quantile(cached ?? [], 0.5) <= 3 &&
      quantile(cached ?? [], 0.95) <= 10 &&
      quantile(alternatives ?? [], 0.5) <= 500 &&
      quantile(alternatives ?? [], 0.95) <= 800 &&
      busiest(upstream, SPEED) <= BUDGET,
  );
}
