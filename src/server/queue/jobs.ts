import { JOBS_KEPT_MS } from '../durations.js';
import type { Store } from '../store/store.js';
import type { JobState, JobTables } from './schema.js';

export interface NewJob {
  readonly kind: string;
  readonly key: string;
  /** Written as JSON. Nobody's personal data. */
  readonly data: unknown;
}

export interface Job extends NewJob {
  readonly id: number;
  /** Attempts that have failed before this one. */
  readonly attempts: number;
}

/**
 * Puts jobs into the queue; those that have been there in the last 30 days are left as they are. Fulfilled when they are
 * stored: from then on they are done, whatever happens to this process. Gives how many are new.
 */
export async function enqueue(store: Store, jobs: readonly NewJob[]): Promise<number> {
  if (jobs.length === 0) return 0;
  const now = store.now();
  const added = await store.durably<JobTables, { id: number }[]>((db) =>
    db
      .insertInto('job')
      .values(
        jobs.map(({ kind, key, data }) => ({
          kind,
          key,
          data: JSON.stringify(data),
          state: 'waiting' as const,
          attempts: 0,
          starts: 0,
          run_at: now,
          lease_owner: '',
          lease_until: 0,
          error: '',
          created_at: now,
          finished_at: null,
        })),
      )
      .onConflict((conflict) => conflict.columns(['kind', 'key']).doNothing())
      .returning('id')
      .execute(),
  );
  return added.length;
}

/** Keeps something for inspection that cannot even be tried. */
export async function keepFailed(store: Store, { kind, key, data }: NewJob, error: string): Promise<void> {
  const now = store.now();
  await store.durably<JobTables, unknown>((db) =>
    db
      .insertInto('job')
      .values({
        kind,
        key,
        data: JSON.stringify(data),
        state: 'failed',
        attempts: 0,
        starts: 0,
        run_at: now,
        lease_owner: '',
        lease_until: 0,
        error: error.slice(0, MAX_ERROR),
        created_at: now,
        finished_at: now,
      })
      .onConflict((conflict) => conflict.columns(['kind', 'key']).doNothing())
      .execute(),
  );
}

export const MAX_ERROR = 500;

/** How much there is to do, in all instances together. */
export interface QueueDepth {
  /** Jobs that are not done: due, under way, or to be tried again. */
  readonly waiting: number;
  /** Of these, the ones under way. */
  readonly underWay: number;
  /** Jobs that were given up and wait for somebody to look at them. */
  readonly failed: number;
  /** Milliseconds that the oldest waiting job has waited; 0 without one. */
  readonly oldest: number;
}

/** For alerts and gauges: one short query. */
export async function queueDepth(store: Store): Promise<QueueDepth> {
  const now = store.now();
  const rows = await store
    .tables<JobTables>()
    .selectFrom('job')
    .select(({ fn, case: when }) => [
      'state',
      fn.countAll<number>().as('jobs'),
      fn.sum<number | null>(when().when('lease_until', '>', now).then(1).else(0).end()).as('leased'),
      fn.min('created_at').as('since'),
    ])
    .where('state', 'in', ['waiting', 'failed'])
    .groupBy('state')
    .execute();
  const waiting = rows.find(({ state }) => state === 'waiting');
  return {
    waiting: waiting?.jobs ?? 0,
    underWay: waiting?.leased ?? 0,
    failed: rows.find(({ state }) => state === 'failed')?.jobs ?? 0,
    oldest: waiting ? Math.max(0, now - waiting.since) : 0,
  };
}

/** How far a job is; undefined where there is none. */
export const findJob = (
  store: Store,
  { kind, key }: Pick<NewJob, 'kind' | 'key'>,
): Promise<{ readonly state: JobState; readonly error: string } | undefined> =>
  store
    .tables<JobTables>()
    .selectFrom('job')
    .select(['state', 'error'])
    .where('kind', '=', kind)
    .where('key', '=', key)
    .executeTakeFirst();

/** A job that was given up. */
export interface FailedJob {
  readonly id: number;
  readonly kind: string;
  readonly key: string;
  readonly data: unknown;
  readonly attempts: number;
  readonly error: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly failedAt: number;
}

/** The latest ones first. */
export async function failedJobs(store: Store, limit = 100): Promise<FailedJob[]> {
  const rows = await store
    .tables<JobTables>()
    .selectFrom('job')
    .selectAll()
    .where('state', '=', 'failed')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ id, kind, key, data, attempts, error, created_at: createdAt, finished_at: at }) => ({
    id,
    kind,
    key,
    data: JSON.parse(data) as unknown,
    attempts,
    error,
    createdAt,
    failedAt: at ?? createdAt,
  }));
}

/** Tries jobs once more that were tried and given up; all their attempts are theirs again. Gives how many. */
export async function retryFailed(store: Store): Promise<number> {
  const { numUpdatedRows } = await store
    .tables<JobTables>()
    .updateTable('job')
    .set({
      state: 'waiting',
      attempts: 0,
      starts: 0,
      run_at: store.now(),
      lease_owner: '',
      lease_until: 0,
      finished_at: null,
    })
    .where('state', '=', 'failed')
    .where(({ or, eb }) => or([eb('starts', '>', 0), eb('attempts', '>', 0)]))
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

/** How many jobs were given up within the last `ms` milliseconds. */
export async function givenUpLately(store: Store, ms: number): Promise<number> {
  const row = await store
    .tables<JobTables>()
    .selectFrom('job')
    .select(({ fn }) => fn.countAll<number>().as('jobs'))
    .where('state', '=', 'failed')
    .where('finished_at', '>', store.now() - ms)
    .executeTakeFirst();
  return row?.jobs ?? 0;
}

/** Whether the latest `count` jobs that ended were all given up. */
export async function isGivenUpInRow(store: Store, count: number): Promise<boolean> {
  const ended = (state: 'done' | 'failed') =>
    store.tables<JobTables>().selectFrom('job').select('finished_at').where('state', '=', state);
  const first = await ended('failed')
    .orderBy('finished_at', 'desc')
    .offset(count - 1)
    .limit(1)
    .executeTakeFirst();
  if (!first?.finished_at) return false;
  const between = await ended('done')
    .where('finished_at', '>=', first.finished_at)
    .limit(1)
    .executeTakeFirst();
  return between === undefined;
}

/** Removes what was done or given up longer ago than that. */
export async function removeOldJobs(store: Store): Promise<void> {
  await store
    .tables<JobTables>()
    .deleteFrom('job')
    .where('state', 'in', ['done', 'failed'])
    .where('finished_at', '<', store.now() - JOBS_KEPT_MS)
    .execute();
}
