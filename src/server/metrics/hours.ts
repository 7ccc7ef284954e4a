import type { Transaction } from 'kysely';
import { HOUR_MS } from '../../scheduling/durations.js';
import { HOUR_SETTLED_MS } from '../durations.js';
import { turnOfOthers } from '../slices.js';
import type { Store } from '../store/store.js';
import { OTHER } from './limits.js';
import { matches, readLoads, type LoadFilter, type Window } from './loads.js';
import { hourOf, type MetricsTables } from './schema.js';
import { Tally } from './tally.js';

/** What loads of one tally have in common. */
export interface Alike {
  readonly provider: string;
  readonly mode: string;
  readonly page: string;
  readonly calendar: string;
  readonly failed: number;
}

/** Sums in one statement, and characters of them: the sum of a page with many visitors has some hundred thousand. */
const SUMS_AT_ONCE = 50;
const LENGTH_AT_ONCE = 65_536;

/** Sums in the first statement, before their length is known. */
const SUMS_AT_FIRST = 8;

/** Max. tallies of one hour; what would be one more is counted under "other". */
const MAX_TALLIES = 2000;

/** Tallies of loads that are alike. */
class TallyTable {
  readonly #tallies = new Map<
    string,
    { readonly alike: Alike; readonly tally: Tally; readonly step: number }
  >();

  add(row: Parameters<Tally['add']>[0], step = 0): void {
    const { provider, mode, page, calendar, failed } = row;
    const one = this.#of({ provider, mode, page, calendar, failed }, step);
    one.tally.add(row);
  }

  #of(alike: Alike, step: number): { readonly alike: Alike; readonly tally: Tally; readonly step: number } {
    const name = JSON.stringify([step, alike.provider, alike.mode, alike.page, alike.calendar, alike.failed]);
    const known = this.#tallies.get(name);
    if (known) return known;
    if (this.#tallies.size >= MAX_TALLIES && (alike.page !== OTHER || alike.calendar !== OTHER))
      return this.#of({ ...alike, page: OTHER, calendar: OTHER }, step);
    const one = { alike, tally: new Tally(), step };
    this.#tallies.set(name, one);
    return one;
  }

  get all(): { readonly alike: Alike; readonly tally: Tally; readonly step: number }[] {
    return [...this.#tallies.values()];
  }
}

/**
 * Sums up the hours that are over, so that long windows read a few sums instead of every load. Gives how many it did. To
 * be called by one instance at a time.
 */
export async function sumHours(store: Store, signal: AbortSignal): Promise<number> {
  const due = await store
    .tables<MetricsTables>()
    .selectFrom('load_hour')
    .selectAll()
    .where('hour', '<', hourOf(store.now() - HOUR_SETTLED_MS))
    .whereRef('changes', '>', 'summed')
    .where('trimmed', '=', 0)
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
  const tallies = new TallyTable();
  await readLoads(store, { from: hour * HOUR_MS, to: (hour + 1) * HOUR_MS }, {}, (row) => tallies.add(row));
  const sums = tallies.all;
  await store.exclusive('metrics sums', async (trx: Transaction<MetricsTables>) => {
    await trx.deleteFrom('load_sum').where('hour', '=', hour).execute();
    for (const rows of statementsOf(hour, sums)) {
      await trx.insertInto('load_sum').values(rows).execute();
      await turnOfOthers();
    }
    // Loads that came while this was counted are in `changes` and not in here: the hour stays due.
    await trx.updateTable('load_hour').set({ summed: changes }).where('hour', '=', hour).execute();
  });
}

type SumRow = Omit<MetricsTables['load_sum'], 'id'>;

/** The rows of each statement, of which none is long. */
function* statementsOf(
  hour: number,
  sums: readonly { readonly alike: Alike; readonly tally: Tally }[],
): Generator<SumRow[]> {
  let rows: SumRow[] = [];
  let length = 0;
  for (const { alike, tally } of sums) {
    const text = tally.write();
    rows.push({ hour, ...alike, tally: text });
    length += text.length;
    if (rows.length < SUMS_AT_ONCE && length < LENGTH_AT_ONCE) continue;
    yield rows;
    rows = [];
    length = 0;
  }
  if (rows.length > 0) yield rows;
}

/** Where a window can be taken from sums, and which stretches have to be counted load by load. */
async function plan(store: Store, { from, to }: Window): Promise<{ sums: number[]; stretches: Window[] }> {
  const hours = await store
    .tables<MetricsTables>()
    .selectFrom('load_hour')
    .selectAll()
    .where('hour', '>=', hourOf(from))
    .where('hour', '<', Math.ceil(to / HOUR_MS))
    .orderBy('hour')
    .execute();
  const sums: number[] = [];
  const stretches: Window[] = [];
  for (const { hour, changes, summed, trimmed } of hours) {
    const stretch = { from: Math.max(from, hour * HOUR_MS), to: Math.min(to, (hour + 1) * HOUR_MS) };
    const isWhole = changes === summed && stretch.to - stretch.from === HOUR_MS;
    if (isWhole || trimmed === 1) sums.push(hour);
    else stretches.push(stretch);
  }
  return { sums, stretches };
}

interface Counting {
  /** The step of the window's series that a moment lies in. */
  readonly stepOf: (at: number) => number;
  readonly each: (step: number, alike: Alike, tally: Tally) => Promise<void>;
}

async function countSums(
  store: Store,
  hours: readonly number[],
  filter: LoadFilter,
  { stepOf, each }: Counting,
): Promise<void> {
  const [first, last] = [hours[0], hours.at(-1)];
  if (first === undefined || last === undefined) return;
  const wanted = new Set(hours);
  const isMeant = matches(filter);
  let atOnce = SUMS_AT_FIRST;
  for (let after = { hour: first, id: 0 }; ;) {
    const rows = await store
      .tables<MetricsTables>()
      .selectFrom('load_sum')
      .selectAll()
      .where('hour', '>=', after.hour)
      .where('hour', '<=', last)
      .where(({ eb, or }) => or([eb('hour', '>', after.hour), eb('id', '>', after.id)]))
      .orderBy('hour')
      .orderBy('id')
      .limit(atOnce)
      .execute();
    for (const row of rows) {
      if (!wanted.has(row.hour) || !isMeant(row)) continue;
      const { hour, tally, provider, mode, page, calendar, failed } = row;
      await each(stepOf(hour * HOUR_MS), { provider, mode, page, calendar, failed }, Tally.read(tally));
    }
    const end = rows.at(-1);
    if (!end || rows.length < atOnce) return;
    after = end;
    const length = rows.reduce((sum, { tally }) => sum + tally.length, 0);
    const fitting = Math.floor((rows.length * LENGTH_AT_ONCE) / length);
    atOnce = Math.max(1, Math.min(fitting, 2 * atOnce, SUMS_AT_ONCE));
    await turnOfOthers();
  }
}

/**
 * Counts the loads of a window: `each` is given tallies of loads that are alike, each of which lies within one step of
 * the window's series.
 */
export async function countLoads(
  store: Store,
  window: Window,
  filter: LoadFilter,
  counting: Counting,
): Promise<void> {
  const { sums, stretches } = await plan(store, window);
  await countSums(store, sums, filter, counting);
  for (const stretch of stretches) {
    const tallies = new TallyTable();
    await readLoads(store, stretch, filter, (row) => tallies.add(row, counting.stepOf(row.at)));
    for (const { step, alike, tally } of tallies.all) await counting.each(step, alike, tally);
    await turnOfOthers();
  }
}
