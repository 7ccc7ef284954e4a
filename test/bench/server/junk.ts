import { fakeUpstream, json } from '../../companion/fake-upstream.js';
import { BUDGET, busiest, optionsFor } from './requests.js';
import type { Stage, Where } from './stage.js';
import { usageOf } from './usage.js';

/** Invalid and hostile requests; those of one kind differ from each other. */
const JUNK: readonly ((i: number) => readonly [path: string, init?: RequestInit])[] = [
  (i) => [`/v1/availability?src=https://cal.com/junk-${i}/${i}`],
  (i) => [`/v1/availability?src=http://10.0.${i % 256}.1/${i}`],
  (i) => [`/v1/availability?src=https://cal.com/a/b&timeZone=Zone/${i}`],
  (i) => [`/v1/availability?src=https://cal.com/a/b&start=${i}`],
  (i) => [`/v1/availability?eventType=${'x'.repeat(i % 4000)}`],
  (i) => [`/v1/availability?%ff%fe=${i}`],
  (i) => [`/${'no-such-route/'.repeat(1 + (i % 20))}${i}`],
  (i) => [`/v1/availability?${i}`, { method: 'POST', body: 'x'.repeat(i % 60_000) }],
  (i) => [`/healthz?${i}`, { headers: { 'accept-encoding': `x-${i}`, 'if-none-match': `"${i}"` } }],
];

/** What strangers send: nothing of it may stay in memory, or use up the budget. */
export async function junk(where: Where, stage: Stage): Promise<void> {
  const upstream = await fakeUpstream(() => json({}, { status: 404 }));
  const { origin, child } = await stage.startMeasured('companion.ts', optionsFor(where, upstream));
  let [sent, wrong] = [0, 0];
  /** So many, or as many as half a minute allows. */
  async function send(count: number): Promise<void> {
    const [last, until] = [sent + count, performance.now() + 30_000];
    const oneAfterAnother = async (): Promise<void> => {
      while (sent < last && performance.now() < until) {
        const [path, init] = JUNK[sent % JUNK.length]?.(sent++) ?? ['/'];
        const answer = await fetch(origin + path, init);
        await answer.arrayBuffer();
        if (answer.status >= 500 && answer.status !== 503) wrong++;
      }
    };
    await Promise.all(Array.from({ length: 20 }, oneAfterAnother));
  }
  await send(10_000); // so that what may be remembered is
  const [before, already] = [await usageOf(child), sent];
  await send(20_000);
  const after = await usageOf(child);
  await stage.stopAll();
  const grown = (after.memory - before.memory) / 1_048_576;
  stage.row(
    'junk requests, 20 at once',
    `${already} and ${sent - already} more: memory ${grown < 0 ? '−' : '+'}${Math.abs(grown).toFixed(1)} MB of ${(before.memory / 1_048_576).toFixed(0)}; ${upstream.arrived.length} calls; ${wrong} answered with an error of ours`,
    'memory flat (≤ 5 MB), ≤ 120 calls a minute, none fails',
    grown <= 5 && busiest(upstream) <= BUDGET && wrong === 0,
  );
  await upstream.close();
}
