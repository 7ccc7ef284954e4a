import { popular, question, sleep } from './requests.js';

export interface Visits {
  readonly statuses: number[];
  readonly cachedLatencies: number[];
  readonly hits: readonly { readonly at: number; readonly hit: boolean }[];
}

/** Simulates users for a time: each sends one request after another with a pause between. */
export async function visit(
  origins: readonly string[],
  {
    users,
    seconds,
    names,
    pause,
    from,
  }: {
    readonly users: number;
    readonly seconds: number;
    readonly names: number;
    readonly pause: number;
    readonly from: number;
  },
): Promise<Visits> {
  const result = {
    statuses: [] as number[],
    cachedLatencies: [] as number[],
    hits: [] as { at: number; hit: boolean }[],
  };
  const began = performance.now();
  await Promise.all(
    Array.from({ length: users }, async (_, user) => {
      while (performance.now() - began < seconds * 1000) {
        const asked = performance.now();
        const answer = await fetch(question(origins[user % origins.length] ?? '', popular(names), from));
        await answer.arrayBuffer();
        const took = performance.now() - asked;
        const hit = /; hit; /.test(answer.headers.get('cache-status') ?? '');
        result.statuses.push(answer.status);
        if (hit) result.cachedLatencies.push(took);
        result.hits.push({ at: asked - began, hit });
        await sleep(pause * (0.5 + Math.random()));
      }
    }),
  );
  return result;
}

export const hitShare = (hits: Visits['hits']): number => hits.filter(({ hit }) => hit).length / hits.length;
