import type { BookingTables } from '../../../src/server/bookings/schema.js';
import { openContext } from '../../../src/server/open-context.js';
import { CAL_SECRET, calBody, SECRETS, signedByCal } from '../../companion/deliveries.js';
import { DAY, HOUR, optionsFor, question, sleep, slowly, tomorrow, upstreamsFor } from './requests.js';
import { ms, quantile, type Stage, type Where } from './stage.js';

const BOOKINGS = 100;
const PATIENCE = 20_000;

/** A hundred bookings of different slots, whose deliveries arrive at the same moment at three instances. */
export async function bookings(where: Where, stage: Stage): Promise<void> {
  const upstream = await slowly(50, 100);
  const options = optionsFor(where, upstream, { webhooks: SECRETS });
  const companions = await Promise.all([1, 2, 3].map(() => stage.start('companion.ts', options)));
  const from = tomorrow() + DAY;
  for (const origin of companions)
    await (await fetch(question(origin, '30min', from, { days: 20 }))).arrayBuffer();
  const context = await openContext({ ...where, ...upstreamsFor(upstream), log: 'silent' });
  const starts = Array.from(
    { length: BOOKINGS },
    (_, i) => from + Math.floor(i / 8) * DAY + (9 + (i % 8)) * HOUR,
  );
  const began = performance.now();
  const answers = await Promise.all(
    starts.map(async (start, i) => {
      const body = calBody('BOOKING_CREATED', `at-once-${i}`, start, { organizer: { username: 'acme' } });
      const { status } = await fetch(signedByCal(body, CAL_SECRET, companions[i % 3]));
      return { status, took: performance.now() - began };
    }),
  );
  const stored = async (): Promise<number> =>
    (await context.store.tables<BookingTables>().selectFrom('booking').select('id').execute()).length;
  while ((await stored()) < BOOKINGS && performance.now() - began < PATIENCE) await sleep(10);
  const [kept, seconds] = [await stored(), (performance.now() - began) / 1000];
  await context.close();
  await stage.stopAll();
  await upstream.close();
  const acknowledged = answers.filter(({ status }) => status === 202).length;
  const took = answers.map((answer) => answer.took);
  stage.row(
    '100 simultaneous bookings, 3 instances',
    `${acknowledged} acknowledged, p50 ${ms(quantile(took, 0.5))}, p95 ${ms(quantile(took, 0.95))}; ${kept} stored after ${seconds.toFixed(1)} s`,
    'each acknowledged and stored once; no level of speed',
    acknowledged === BOOKINGS && kept === BOOKINGS,
  );
}
