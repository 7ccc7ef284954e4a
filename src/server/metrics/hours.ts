import type { Transaction } from 'kysely';
import { setImmediate as otherWork } from 'node:timers/promises';
import type { Store } from '../store/store.js';
import { matches, readLoads, type LoadFilter, type Window } from './loads.js';
import { HOUR, hourOf, type MetricsTables } from './schema.js';
import { Tally } from './tally.js';

/** What loads of one tally have in common. */
export interface Alike {
  readonly provider: string;
  readonly mode: string;
  readonly page: string;
  readonly failed: number;
}

/** An hour is summed up once its visitors have mostly gone, in milliseconds. What comes later makes it be summed again. */
const SETTLED = 300_000;

/**
 * Sums up the hours that are over, so that long windows read a few sums instead of every load. Gives how many it did. To
 * be called by one instance at a time.
 */
export async function sumHours(store: Store, signal: AbortSignal): Promise<number> {
  const due = await store
    .tables<MetricsTables>()
    .selectFrom('load_hour')
    .selectAll()
    .where('hour', '<', hourOf(store.now() - SETTLED))
    .whereRef('changes', '>', 'summed')
    .orderBy('hour')
    .limit(1000)
    .execute();
  let done = 0;
  for (const { hour, changes } of due) {
    if (signal.aborted) break;
    await sumHour(store, hour, changes);
    done++;
  }
  return done;
}

async function sumHour(store: Store, hour: number, changes: number): Promise<void> {
  const tallies = new Map<string, { readonly alike: Alike; readonly tally: Tally }>();
  await readLoads(store, { from: hour * HOUR, to: (hour + 1) * HOUR }, {}, (row) => {
    const { provider, mode, page, failed } = row;
    const name = JSON.stringify([provider, mode, page, failed]);
    const one = tallies.get(name) ?? { alike: { provider, mode, page, failed }, tally: new Tally() };
    one.tally.add(row);
    tallies.set(name, one);
  });
  const sums = [...tallies.values()].map(({ alike, tally }) => ({ hour, ...alike, tally: tally.write() }));
  await store.exclusive('metrics sums', async (trx: Transaction<MetricsTables>) => {
    await trx.deleteFrom('load_sum').where('hour', '=', hour).execute();
    for (let i = 0; i < sums.length; i += 500)
      await trx
        .insertInto('load_sum')
        .values(sums.slice(i, i + 500))
        .execute();
    // Loads that came while this was counted are in `changes` and not in here: the hour stays due.
    await trx.updateTable('load_hour').set({ summed: changes }).where('hour', '=', hour).execute();
  });
}

/** Where a window can be taken from sums, and which stretches have to be counted load by load. */
async function plan(store: Store, { from, to }: Window): Promise<{ sums: number[]; stretches: Window[] }> {
  const hours = await store
    .tables<MetricsTables>()
    .selectFrom('load_hour')
    .selectAll()
    .where('hour', '>=', hourOf(from))
    .where('hour', '<', Math.ceil(to / HOUR))
    .orderBy('hour')
    .execute();
  const sums: number[] = [];
  const stretches: Window[] = [];
  for (const { hour, changes, summed } of hours) {
    const stretch = { from: Math.max(from, hour * HOUR), to: Math.min(to, (hour + 1) * HOUR) };
    if (changes === summed && stretch.to - stretch.from === HOUR) sums.push(hour);
    else stretches.push(stretch);
  }
  return { sums, stretches };
}

/**
 * Counts the loads of a window: `each` is given tallies of loads that are alike, each of which lies within one step of
 * the window's series.
 */
export async function countLoads(
  store: Store,
  window: Window,
  filter: LoadFilter,
  {
    stepOf,
    each,
  }: { stepOf: (at: number) => number; each: (step: number, alike: Alike, tally: Tally) => void },
): Promise<void> {
  const { sums, stretches } = await plan(store, window);
  for (let i = 0; i < sums.length; i += HOURS_AT_ONCE) {
    const rows = await store
      .tables<MetricsTables>()
      .selectFrom('load_sum')
      .selectAll()
      .where('hour', 'in', sums.slice(i, i + HOURS_AT_ONCE))
      .where(matches(filter) as never)
      .execute();
    for (const { hour, tally, ...alike } of rows) each(stepOf(hour * HOUR), alike, Tally.read(tally));
    await otherWork();
  }
  for (const stretch of stretches) {
    const tallies = new Map<string, { step: number; alike: Alike; tally: Tally }>();
    await readLoads(store, stretch, filter, (row) => {
      const { provider, mode, page, failed } = row;
      const step = stepOf(row.at);
      const name = JSON.stringify([step, provider, mode, page, failed]);
      const one = tallies.get(name) ?? { step, alike: { provider, mode, page, failed }, tally: new Tally() };
      one.tally.add(row);
      tallies.set(name, one);
    });
    for (const { step, alike, tally } of tallies.values()) each(step, alike, tally);
  }
}

const HOURS_AT_ONCE = 24;

/** Removes what came before a moment. Whole hours, so that no sum outlives its loads. */
export async function forgetLoads(store: Store, before: number): Promise<void> {
  const hour = hourOf(before);
  const db = store.tables<MetricsTables>();
  await db
    .deleteFrom('load')
    .where('at', '<', hour * HOUR)
    .execute();
  await db.deleteFrom('load_sum').where('hour', '<', hour).execute();
  await db.deleteFrom('load_hour').where('hour', '<', hour).execute();
}
