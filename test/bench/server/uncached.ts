import { calSlots, fakeUpstream } from '../../companion/fake-upstream.js';
import { HOUR, optionsFor, question, sleep, tomorrow } from './requests.js';
import { ms, quantile, type Stage, type Where } from './stage.js';

const USERS = 4;
const EACH = 15;

/**
 * Slots that nobody has requested before, without and with a preferred one. The scheduling service's own time is known for each, and
 * is subtracted where the companion's is meant.
 */
export async function uncached(where: Where, stage: Stage): Promise<void> {
  const service = new Map<string, number>();
  const upstream = await fakeUpstream(async (request) => {
    const began = performance.now();
    await sleep(200 + Math.random() * 400);
    const reply = calSlots(request, 8);
    service.set(request.query.get('eventTypeSlug') ?? '', performance.now() - began);
    return reply;
  });
  // So many calls that the budget is not what is measured.
  const upstreams = [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin, budget: 1000 }];
  const origin = await stage.start('companion.ts', optionsFor(where, upstream, { upstreams }));
  const from = tomorrow();
  const whole: number[] = [];
  for (const [name, preferred, level] of [
    ['uncached availability', undefined, [200, 400]],
    ['uncached alternatives', from + 10 * HOUR, [500, 800]],
  ] as const) {
    const [own, theirs]: [number[], number[]] = [[], []];
    const statuses: number[] = [];
    await Promise.all(
      Array.from({ length: USERS }, async (_, user) => {
        for (let i = 0; i < EACH; i++) {
          const event = `${name.replace(' ', '-')}-${user}-${i}`;
          const asked = performance.now();
          const answer = await fetch(
            question(origin, event, from, preferred === undefined ? {} : { preferred }),
          );
          await answer.arrayBuffer();
          const took = performance.now() - asked;
          statuses.push(answer.status);
          whole.push(took);
          theirs.push(service.get(event) ?? NaN);
          own.push(took - (service.get(event) ?? NaN));
        }
      }),
    );
    const [p50, p95] = [quantile(own, 0.5), quantile(own, 0.95)];
    stage.row(
      `${name}, 4 at once`,
      `own time p50 ${ms(p50)}, p95 ${ms(p95)}; the service’s p50 ${ms(quantile(theirs, 0.5))}, p95 ${ms(quantile(theirs, 0.95))}`,
      `own p50 ≤ ${level[0]} ms, p95 ≤ ${level[1]} ms; every answer 200`,
      statuses.every((status) => status === 200) && p50 <= level[0] && p95 <= level[1],
    );
  }
  await stage.stopAll();
  await upstream.close();
  const [p50, p95] = [quantile(whole, 0.5), quantile(whole, 0.95)];
  stage.row(
    'end to end: uncached, with the service’s 200 to 600 ms',
    `p50 ${ms(p50)}, p95 ${ms(p95)}`,
    'p50 ≤ 2,500 ms, p95 ≤ 4,000 ms',
    p50 <= 2500 && p95 <= 4000,
  );
}
