import autocannon from 'autocannon';
import { optionsFor, question, slowly, tomorrow } from './requests.js';
import { median, ms, type Stage, type Where } from './stage.js';
import { usageOf } from './usage.js';

/** `ROUNDS=1` in the environment shortens it. */
const ROUNDS = Number(process.env['ROUNDS'] ?? 4);
const SECONDS = 2;

/** Measures by turns, because the speed of the machine varies: all candidates have to meet the same conditions. */
export async function throughput(where: Where, stage: Stage): Promise<void> {
  const upstream = await slowly(0, 0);
  const hello = await stage.startMeasured('hello.ts');
  const companion = await stage.startMeasured('companion.ts', optionsFor(where, upstream));
  const url = question(companion.origin, '30min', tomorrow());
  const etag = (await fetch(url)).headers.get('etag') ?? '';
  const contestants = {
    bare: { ...hello, url: `${hello.origin}/hello`, headers: {} },
    cached: { ...companion, url, headers: { 'accept-encoding': 'br' } },
    unchanged: { ...companion, url, headers: { 'if-none-match': etag } },
  };
  type Name = keyof typeof contestants;
  const measured: Record<Name, { rate: number; cpu: number; p50: number; p97: number; bad: number }[]> = {
    bare: [],
    cached: [],
    unchanged: [],
  };
  for (let round = -1; round < ROUNDS; round++)
    for (const [name, { child, ...target }] of Object.entries(contestants)) {
      const before = await usageOf(child);
      const result = await autocannon({ ...target, connections: 10, duration: SECONDS });
      const { cpu } = await usageOf(child);
      if (round < 0) continue; // the first one warms up
      measured[name as Name].push({
        rate: result.requests.average,
        cpu: (1000 * (cpu - before.cpu)) / result.requests.total,
        p50: result.latency.p50,
        p97: result.latency.p97_5,
        bad: result.errors + (name === 'unchanged' ? 0 : result.non2xx),
      });
    }
  await stage.stopAll();
  await upstream.close();
  const { bare, cached, unchanged } = measured;
  const ratio = median(cached.map(({ rate }, i) => (bare[i]?.rate ?? NaN) / rate));
  const costRatio = median(cached.map(({ cpu }, i) => cpu / (bare[i]?.cpu ?? NaN)));
  const rate = (of: typeof bare): string => `${Math.round(median(of.map((one) => one.rate)) / 100) * 100}/s`;
  stage.row(
    'cached availability, throughput',
    `${rate(cached)} (304: ${rate(unchanged)}), bare route ${rate(bare)}: ${ratio.toFixed(2)}×; processor time of one answer ${costRatio.toFixed(2)}×`,
    'within 1.5× of the framework’s bare route',
    ratio <= 1.5 && cached.every(({ bad }) => bad === 0),
  );
  const [p50, p97] = [median(cached.map((one) => one.p50)), median(cached.map((one) => one.p97))];
  stage.row(
    'cached availability, latency at full load',
    `p50 ${p50 < 1 ? '< 1 ms' : ms(p50)}, p97.5 ${ms(p97)}`,
    'p50 ≤ 3 ms, p95 ≤ 10 ms',
    p50 <= 3 && p97 <= 10,
  );
}
