import { openContext } from '../../../src/server/open-context.js';
import { accountsOf } from '../../../src/server/sync/accounts.js';
import { syncAccount } from '../../../src/server/sync/sync-account.js';
import { calList, type CalBooking } from '../../companion/cal-bookings.js';
import { fakeUpstream } from '../../companion/fake-upstream.js';
import { DAY, HOUR, sleep } from './requests.js';
import type { Stage, Where } from './stage.js';

/** Bookings of an account: as many on each day of two years, and those of the next two months. */
const A_DAY = 10;
const AHEAD = 60;

/** The first synchronisation of an account, and the next one, which reads three months back and six ahead. */
export async function synchronising(where: Where, stage: Stage): Promise<void> {
  const now = Date.now();
  const list: CalBooking[] = Array.from({ length: (730 + AHEAD) * A_DAY }, (_, i) => ({
    uid: `uid-${i}`,
    start: now - 730 * DAY + Math.floor(i / A_DAY) * DAY + (i % A_DAY) * HOUR,
  }));
  const talk = calList(list, now - 30 * DAY);
  let bytes = 0;
  const upstream = await fakeUpstream(async (request, response) => {
    await sleep(50);
    const reply = await talk(request, response);
    bytes += reply?.body?.length ?? 0;
    return reply;
  });
  const context = await openContext({
    ...where,
    log: 'silent',
    upstreams: [
      // So many calls that the budget is not what is measured.
      {
        provider: 'cal',
        key: 'cal_live_bench',
        pages: ['https://cal.com'],
        api: upstream.origin,
        budget: 10_000,
      },
    ],
  });
  const [account] = accountsOf(context);
  const sync = account?.sync;
  if (!sync) throw new Error('no account has bookings');
  const run = async (): Promise<{ seconds: number; bookings: number; bytes: number }> => {
    bytes = 0;
    const began = performance.now();
    const { bookings } = await syncAccount(context, sync);
    return { seconds: (performance.now() - began) / 1000, bookings, bytes };
  };
  const [full, recent] = [await run(), await run()];
  await context.close();
  await upstream.close();
  const less = (part: number, all: number): number => 1 - part / all;
  const [time, data] = [less(recent.seconds, full.seconds), less(recent.bytes, full.bytes)];
  const percent = (share: number): string => `${(share * 100).toFixed(0)} % less`;
  stage.row(
    'synchronisation of 7,900 bookings, and the next one',
    `${full.seconds.toFixed(1)} s and ${(full.bytes / 1e6).toFixed(2)} MB; then ${recent.bookings} bookings, ${recent.seconds.toFixed(1)} s (${percent(time)}) and ${(recent.bytes / 1e6).toFixed(2)} MB (${percent(data)})`,
    '≥ 75 % less time, ≥ 80 % less data',
    full.bookings >= list.length - 2 * A_DAY && time >= 0.75 && data >= 0.8,
  );
}
