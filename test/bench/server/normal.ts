import { BUDGET, busiest, MINUTE, optionsFor, slowly, tomorrow } from './requests.js';
import { ms, quantile, type Stage, type Where } from './stage.js';
import { hitShare, visit } from './visits.js';

/** Ten users; one second stands for thirty, so that twenty are ten minutes of a site's life. */
export async function normal(where: Where, stage: Stage): Promise<void> {
  const [speed, began] = [30, Date.now()];
  const upstream = await slowly(10, 20);
  const companion = await stage.start('companion.ts', optionsFor(where, upstream, { speed }), String(began));
  const found = await visit([companion], {
    users: 10,
    seconds: 20,
    names: 40,
    pause: 100, // three seconds of a visitor's
    from: tomorrow(),
  });
  await stage.stopAll();
  const firstFive = (5 * MINUTE) / speed;
  const first = found.hits.filter(({ at }) => at <= MINUTE / speed);
  const early = found.hits.filter(({ at }) => at > firstFive / 2 && at <= firstFive);
  const late = found.hits.filter(({ at }) => at > firstFive);
  stage.row(
    'cold start, 10 users (20 s stand for 10 min)',
    `hits ${(hitShare(first) * 100).toFixed(0)} % in minute 1, ${(hitShare(early) * 100).toFixed(0)} % before minute 5, ${(hitShare(late) * 100).toFixed(0)} % after`,
    '60 % within 5 min, 80 % steady',
    hitShare(early) >= 0.6 && hitShare(late) >= 0.8,
  );
  stage.row(
    'normal, 10 users',
    `cached p50 ${ms(quantile(found.cachedLatencies, 0.5))}, p95 ${ms(quantile(found.cachedLatencies, 0.95))}; ${found.statuses.length} requests, ${upstream.arrived.length} calls, busiest minute ${busiest(upstream, speed)}`,
    'p50 ≤ 3 ms, p95 ≤ 10 ms; every answer 200; ≤ 120 calls a minute',
    quantile(found.cachedLatencies, 0.5) <= 3 &&
      quantile(found.cachedLatencies, 0.95) <= 10 &&
      found.statuses.every((status) => status === 200) &&
      busiest(upstream, speed) <= BUDGET,
  );
  await upstream.close();
}
