import { optionsFor, question, slowly, tomorrow } from './requests.js';
import type { Stage, Where } from './stage.js';

/** As many ask for the same at the same moment, of three instances. */
export async function coalescing(where: Where, stage: Stage): Promise<void> {
  const upstream = await slowly(100, 100);
  const options = optionsFor(where, upstream);
  const companions = await Promise.all([1, 2, 3].map(() => stage.start('companion.ts', options)));
  const statuses = await Promise.all(
    Array.from({ length: 300 }, async (_, i) => {
      const answer = await fetch(question(companions[i % 3] ?? '', 'one', tomorrow()));
      await answer.arrayBuffer();
      return answer.status;
    }),
  );
  await stage.stopAll();
  stage.row(
    'coalescing, 300 requests at once, 3 instances',
    `${upstream.arrived.length} call`,
    '100 %: one call',
    upstream.arrived.length === 1 && statuses.every((status) => status === 200),
  );
  await upstream.close();
}
