import { openContext } from '../../../src/server/open-context.js';
import { sumHours } from '../../../src/server/metrics/hours.js';
import { storeReports } from '../../../src/server/metrics/store-reports.js';
import type { Summary } from '../../../src/server/metrics/summary.js';
import type { LoadReport } from '../../../src/protocol/load-report.js';
import { aReport, BROWSER } from '../../companion/reports.js';
import { ms, quantile, type Stage, type Where } from './stage.js';

const SENDERS = 20;
const SECONDS = 10;
const LOADS = 200_000;
const AT_ONCE = 500;
const DAY = 86_400_000;
const TOKEN = 'a-token-for-this-bench';

/** A page view of a site with twenty pages and two services; a few fail, and no two took as long. */
const visit = (i: number): LoadReport =>
  aReport(
    { id: `view-${i}`, page: `https://shop.example/page-${i % 20}`, vitals: { lcp: 600 + (i % 900) } },
    {
      provider: i % 3 === 0 ? 'calendly' : 'cal',
      mode: i % 5 === 0 ? 'popup' : 'inline',
      cache: i % 4 === 0 ? 'miss' : 'hit',
      ...(i % 50 === 0
        ? { outcome: 'failed', failure: 'timeout', marks: { visible: 200, 'frame-start': 500 } }
        : {
            marks: {
              defined: 100,
              visible: 200,
              'times-fresh': 250 + (i % 400),
              'frame-start': 500,
              ready: 900 + ((i * 37) % 4000),
            },
          }),
    },
  );

/** The address of a visitor, as the reverse proxy writes it: each page view has another, because clients are limited. */
const visitorAddress = (i: number): string => `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;

const countOf = async (
  origin: string,
  window: Readonly<Record<string, string>>,
): Promise<[count: number, took: number]> => {
  const asked = performance.now();
  const answer = await fetch(`${origin}/v1/metrics/summary?${new URLSearchParams(window)}`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  const { count } = (await answer.json()) as Summary;
  return [count, performance.now() - asked];
};

/** Load reports as beacons send them: each is stored before the response. Returns how many are stored. */
async function ingest(origin: string, { row }: Stage): Promise<number> {
  const latencies: number[] = [];
  let [sent, refused] = [0, 0];
  const until = performance.now() + SECONDS * 1000;
  await Promise.all(
    Array.from({ length: SENDERS }, async () => {
      while (performance.now() < until) {
        const mine = sent++;
        const body = JSON.stringify(visit(mine));
        const asked = performance.now();
        const answer = await fetch(`${origin}/v1/metrics`, {
          method: 'POST',
          headers: {
            'content-type': 'text/plain;charset=UTF-8',
            'user-agent': BROWSER,
            'x-forwarded-for': visitorAddress(mine),
          },
          body,
        });
        await answer.arrayBuffer();
        latencies.push(performance.now() - asked);
        if (answer.status !== 204) refused++;
      }
    }),
  );
  const [stored] = await countOf(origin, { window: '1h' });
  row(
    `load reports, ${SENDERS} senders for ${SECONDS} s`,
    `${Math.round(sent / SECONDS)}/s, p50 ${ms(quantile(latencies, 0.5))}, p95 ${ms(quantile(latencies, 0.95))} (a report waits 50 ms for a batch); ${sent.toLocaleString('en')} sent, ${stored.toLocaleString('en')} stored`,
    'each stored once; no level of speed',
    refused === 0 && stored === sent,
  );
  return stored;
}

/** The last 24 hours of a large site, with the sums of its hours that a companion makes once a minute. */
async function writeADay(where: Where, end: number): Promise<string> {
  const clock = { now: end };
  const context = await openContext({ ...where, log: 'silent', now: () => clock.now });
  const began = performance.now();
  for (let i = 0; i < LOADS; i += AT_ONCE) {
    clock.now = Math.round(end - DAY + (DAY * i) / LOADS);
    const visits = Array.from({ length: AT_ONCE }, (_, k) => visit(1_000_000 + i + k));
    await storeReports(context.store, visits);
  }
  const written = performance.now();
  clock.now = end;
  const hours = await sumHours(context.store, new AbortController().signal);
  const summed = performance.now();
  await context.close();
  return `${hours} hours summed in ${((summed - written) / 1000).toFixed(1)} s, loads written at ${Math.round(LOADS / ((written - began) / 1000)).toLocaleString('en')}/s`;
}

/** Load reports: how fast they are stored, and how long a summary takes. */
export async function reports(where: Where, stage: Stage): Promise<void> {
  const start = async (): Promise<string> =>
    (await stage.startMeasured('companion.ts', JSON.stringify({ ...where, token: TOKEN, proxies: 1 })))
      .origin;
  const before = await ingest(await start(), stage);
  await stage.stopAll();
  const end = Date.now();
  const writing = await writeADay(where, end);
  const origin = await start();
  const window = { from: new Date(end - DAY).toISOString(), to: new Date(end).toISOString() };
  const latencies: number[] = [];
  const counts = new Set<number>();
  for (let i = 0; i < 20; i++) {
    const [count, took] = await countOf(origin, window);
    counts.add(count);
    latencies.push(took);
  }
  await stage.stopAll();
  stage.row(
    `summary of 24 h over ${LOADS.toLocaleString('en')} loads`,
    `p50 ${ms(quantile(latencies, 0.5))}, p95 ${ms(quantile(latencies, 0.95))}; ${writing}`,
    'every load counts; no level of speed',
    counts.size === 1 && counts.has(before + LOADS),
  );
}
