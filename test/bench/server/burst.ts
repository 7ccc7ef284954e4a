import { createCompanion } from '../../../src/server/index.js';
import { openContext } from '../../../src/server/open-context.js';
import { requestTimes } from '../../companion/simulated-visitors.js';
import type { FakeUpstream } from '../../companion/fake-upstream.js';
import {
  BUDGET,
  busiest,
  DAY,
  optionsFor,
  question,
  sleep,
  slowly,
  tomorrow,
  upstreamsFor,
} from './requests.js';
import { ms, quantile, type Stage, type Where } from './stage.js';

const EVENT_TYPES = 400;

/** Users come within `ramp`, and then request 100 to 120 times a minute together until `length`; milliseconds. */
const LOAD = { users: 25, ramp: 15_000, length: 75_000, pause: 13_700 };

/** Event types that somebody looked at two days ago, so that their slots are too old to be shown. */
async function makeKnown(where: Where, upstream: FakeUpstream): Promise<void> {
  const twoDaysAgo = Date.now() - 2 * DAY;
  const { upstreams } = upstreamsFor(upstream) as { readonly upstreams: readonly object[] };
  const companion = await createCompanion({
    ...where,
    log: 'silent',
    clientLimit: 1_000_000,
    now: () => twoDaysAgo,
    upstreams: upstreams.map((one) => ({ ...one, provider: 'cal' as const, budget: 10_000 })),
  });
  for (let i = 0; i < EVENT_TYPES; i++) {
    const { status } = await companion.fetch(
      new Request(question('http://companion.test', `event-${i}`, tomorrow(twoDaysAgo))),
    );
    if (status !== 200) throw new Error(`event type ${i} is not known: ${status}`);
  }
  await companion.close();
}

interface Outcome {
  readonly status: number;
  readonly hasSlots: boolean;
  readonly took: number;
}

/** Sends each request at its moment, however long others take. */
async function send(companions: readonly string[], times: readonly number[]): Promise<Outcome[]> {
  const [began, from] = [performance.now(), tomorrow()];
  return Promise.all(
    times.map(async (at, i) => {
      await sleep(at - (performance.now() - began));
      const asked = performance.now();
      const origin = companions[i % companions.length] ?? '';
      const response = await fetch(question(origin, `event-${i % EVENT_TYPES}`, from));
      const body = (await response.json()) as { readonly slots?: readonly unknown[] };
      const hasSlots = response.status === 200 && (body.slots?.length ?? 0) > 0;
      return { status: response.status, hasSlots, took: performance.now() - asked };
    }),
  );
}

async function burst(where: Where, stage: Stage, isKnown: boolean): Promise<void> {
  const upstream = await slowly(100, 100);
  if (isKnown) await makeKnown(where, upstream);
  upstream.arrived.length = 0;
  const options = optionsFor(where, upstream);
  const companions = await Promise.all([1, 2, 3].map(() => stage.start('companion.ts', options)));
  const outcomes = await send(companions, requestTimes(Math.random, LOAD));
  await stage.stopAll();
  const context = await openContext({ ...where, ...upstreamsFor(upstream), log: 'silent' });
  const [account] = await context.upstreams.status();
  await context.close();
  await upstream.close();
  const without = outcomes.filter(({ hasSlots }) => !hasSlots);
  const refused = without.filter(({ status }) => status === 503).length;
  const took = outcomes.map((one) => one.took);
  const [share, p95] = [without.length / outcomes.length, quantile(took, 0.95)];
  stage.row(
    `burst, 0 → 25 users, 400 ${isKnown ? 'known' : 'unseen'} event types, 3 instances`,
    `${outcomes.length} requests: ${without.length} without slots (${(share * 100).toFixed(1)} %), ${refused} of them 503; p50 ${ms(quantile(took, 0.5))}, p95 ${ms(p95)}; busiest minute ${busiest(upstream)} calls, ${upstream.mostAtOnce} at once; breaker ${account?.breaker}`,
    'p95 < 5 s, < 1 % without slots (a 503 is one); ≤ 120 calls a minute, ≤ 5 at once, breaker closed',
    p95 < 5000 &&
      share < 0.01 &&
      busiest(upstream) <= BUDGET &&
      upstream.mostAtOnce <= 5 &&
      account?.breaker === 'closed',
  );
}

/** Every request needs a call, because each is for the next event type. */
export const burstOfKnown = (where: Where, stage: Stage): Promise<void> => burst(where, stage, true);

/** None was ever requested before: together they have three quarters of the budget (decision 0042). */
export const burstOfUnseen = (where: Where, stage: Stage): Promise<void> => burst(where, stage, false);
