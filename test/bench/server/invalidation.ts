import { sql } from 'kysely';
import { forget } from '../../../src/server/availability/forget.js';
import { openContext } from '../../../src/server/open-context.js';
import { fill, START } from './fill-store.js';
import { HOUR, slowly, upstreamsFor } from './requests.js';
import { ms, quantile, type Stage, type Where } from './stage.js';

const EVENT_TYPES = 50_000;
const ROUNDS = 200;
/** The first ones prepare statements and fill caches. */
const WARM_UP = 20;

/** How long a booking takes to be taken off the store, where that has many event types; instances listen meanwhile. */
export async function invalidation(where: Where, stage: Stage): Promise<void> {
  const upstream = await slowly(0, 0);
  const options = { ...where, ...upstreamsFor(upstream), log: 'silent' as const };
  const context = await openContext(options);
  const hosts = await fill(context.store, EVENT_TYPES);
  // The database does this automatically within a minute.
  if (context.store.engine === 'postgres') await sql`analyze`.execute(context.store.tables<object>());
  await Promise.all([1, 2, 3].map(() => stage.start('companion.ts', JSON.stringify(options))));
  const took: number[] = [];
  for (let i = 0; i < ROUNDS + WARM_UP; i++) {
    const began = performance.now();
    await forget(context, {
      provider: 'cal',
      eventType: String(i + 1),
      slug: '30min',
      hosts: [`host-${(i * 7919) % hosts}`],
      organization: '-',
      team: 'no',
      start: START,
      end: START + HOUR / 2,
    });
    if (i >= WARM_UP) took.push(performance.now() - began);
  }
  await context.close();
  await stage.stopAll();
  await upstream.close();
  const [p50, p95] = [quantile(took, 0.5), quantile(took, 0.95)];
  stage.row(
    'narrow invalidation, 50,000 event types, 3 instances',
    `p50 ${ms(p50)}, p95 ${ms(p95)}`,
    'p50 ≤ 15 ms, p95 ≤ 30 ms',
    p50 <= 15 && p95 <= 30,
  );
}
