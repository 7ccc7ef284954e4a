import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import type { Context } from '../feature.js';
import { LONGEST_ERROR, type Job } from './jobs.js';
import type { JobTables } from './schema.js';

/** What is done with jobs of one kind. */
export interface JobKind {
  /** So many at once at most. */
  readonly batch: number;
  /**
   * Does them all, or rejects: then each is tried by itself. A job whose process died is done again from its beginning, so
   * what it does has to be the same when it is done twice.
   */
  readonly handle: (jobs: readonly Job[]) => Promise<void>;
}

/** After a failed attempt it is tried again in so many milliseconds; after the last it is given up. */
export const RETRY_AFTER = [5000, 10_000, 20_000] as const;

/** A process that dies keeps its jobs from others for so long; renewed while it works. */
export const LEASE = 10_000;

/** A job that its process does not survive is begun so often at most. */
const MOST_STARTS = 10;

/** How often to look for jobs of other instances, and for such as are due again, in milliseconds. */
const POLL = 1000;

export interface Worker {
  start(): void;
  /** Something new is there: look now. */
  wake(): void;
  /** What is under way is brought to an end. Twice is fine. */
  stop(): Promise<void>;
}

type WorkerContext = Pick<Context, 'store' | 'instance' | 'log'>;

/** Does jobs one batch after another, together with the workers of other instances. */
export function openWorker(
  { store, instance, log }: WorkerContext,
  kinds: Readonly<Record<string, JobKind>>,
): Worker {
  const db = () => store.tables<JobTables>();
  const names = Object.keys(kinds);
  let stopping = false;
  let woken = false;
  let rouse = (): void => undefined;
  let running: Promise<void> | undefined;

  const due = (from: Kysely<JobTables>, now: number, kind: readonly string[]) =>
    from
      .selectFrom('job')
      .where('state', '=', 'waiting')
      .where('kind', 'in', kind)
      .where('run_at', '<=', now)
      .where('lease_until', '<=', now)
      .orderBy('run_at')
      .orderBy('id');

  /** A batch of the same kind, ours for as long as the lease lasts. */
  async function claim(): Promise<[JobKind, Job[]] | undefined> {
    // Nearly always there is nothing to do, and that is learned without keeping anybody else from writing.
    const first = await due(db(), store.now(), names).select('kind').limit(1).executeTakeFirst();
    const kind = first && kinds[first.kind];
    if (!kind) return undefined;
    const jobs = await store.exclusive('queue', async (trx: Transaction<JobTables>) => {
      const now = store.now();
      const rows = await due(trx, now, [first.kind])
        .select(['id', 'kind', 'key', 'data', 'attempts', 'starts'])
        .limit(kind.batch)
        .execute();
      const dying = rows.filter(({ starts }) => starts >= MOST_STARTS).map(({ id }) => id);
      if (dying.length > 0)
        await trx
          .updateTable('job')
          .set({ state: 'failed', error: `its process died ${MOST_STARTS} times`, finished_at: now })
          .where('id', 'in', dying)
          .execute();
      const ours = rows.filter(({ id }) => !dying.includes(id));
      if (ours.length > 0)
        await trx
          .updateTable('job')
          .set(({ eb }) => ({
            lease_owner: instance,
            lease_until: now + LEASE,
            starts: eb('starts', '+', 1),
          }))
          .where(
            'id',
            'in',
            ours.map(({ id }) => id),
          )
          .execute();
      return ours;
    });
    return [kind, jobs.map(({ starts: _, data, ...job }) => ({ ...job, data: JSON.parse(data) as unknown }))];
  }

  /** Only what is still ours: whoever was asleep for too long has lost it to another. */
  const ours = (jobs: readonly Job[]) =>
    db()
      .updateTable('job')
      .where(
        'id',
        'in',
        jobs.map(({ id }) => id),
      )
      .where('lease_owner', '=', instance)
      .where('state', '=', 'waiting');

  async function finish(jobs: readonly Job[]): Promise<void> {
    await ours(jobs)
      .set({ state: 'done', data: '', error: '', lease_until: 0, finished_at: store.now() })
      .execute();
  }

  async function fail(job: Job, cause: unknown): Promise<void> {
    const now = store.now();
    const wait = RETRY_AFTER[job.attempts];
    const error = (cause instanceof Error ? cause.message : String(cause)).slice(0, LONGEST_ERROR);
    const { kind, attempts } = job;
    log[wait === undefined ? 'error' : 'warn'](
      { kind, job: job.id, attempts: attempts + 1, err: cause },
      'a job failed',
    );
    await ours([job])
      .set({
        attempts: attempts + 1,
        error,
        lease_until: 0,
        ...(wait === undefined ? { state: 'failed' as const, finished_at: now } : { run_at: now + wait }),
      })
      .execute();
  }

  async function work({ handle }: JobKind, jobs: readonly Job[]): Promise<void> {
    const renewing = setInterval(() => {
      ours(jobs)
        .set({ lease_until: store.now() + LEASE })
        .where('lease_until', '>', 0)
        .execute()
        .catch(() => undefined); // the next one may succeed, and the lease outlasts three
    }, LEASE / 4);
    try {
      const failed = await handle(jobs).then(
        () => undefined,
        (cause: unknown) => ({ cause }),
      );
      const [only] = jobs;
      if (!failed) await finish(jobs);
      else if (jobs.length === 1 && only) await fail(only, failed.cause);
      // One that cannot be done does not keep the others of its batch from being done.
      else
        for (const job of jobs)
          await handle([job]).then(
            () => finish([job]),
            (cause: unknown) => fail(job, cause),
          );
    } finally {
      clearInterval(renewing);
    }
  }

  async function idle(): Promise<void> {
    if (woken || stopping) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      rouse = resolve;
      timer = setTimeout(resolve, POLL);
    });
    clearTimeout(timer);
  }

  async function run(): Promise<void> {
    while (!stopping) {
      woken = false;
      try {
        const claimed = await claim();
        if (claimed) {
          const [kind, jobs] = claimed;
          // Another instance may have been faster.
          if (jobs.length > 0) await work(kind, jobs);
          // The embedded engine never waits: without this, requests would wait until all is done.
          await nextTurn();
          continue;
        }
      } catch (cause) {
        // The store is out. What was ours is taken up again when its lease has run out; nothing counts as tried.
        log.warn({ err: cause }, 'the queue cannot be read or written');
        woken = false;
      }
      await idle();
    }
  }

  const wake = (): void => {
    woken = true;
    rouse();
  };
  return {
    start() {
      if (names.length > 0) running ??= run();
    },
    wake,
    async stop() {
      stopping = true;
      wake();
      await running;
    },
  };
}
