import type { Kysely, Transaction } from 'kysely';
import { RETRY_AFTER_MS, JOB_INSANE_MS, JOB_LEASE_MS, JOB_POLL_MS } from '../durations.js';
import type { Context } from '../feature.js';
import { storeFailureOf } from '../store-failure.js';
import { MAX_ERROR, type Job } from './jobs.js';
import type { JobTables } from './schema.js';
import { nextTurn } from '../timers.js';

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

/** Max. times that a job is begun by itself whose process does not survive it. */
const MAX_STARTS = 10;

/** Whether a job failed because the store cannot be reached; one that makes the store slow is at fault itself. */
const isOut = (cause: unknown): boolean => storeFailureOf(cause) === 'unreachable';

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
      .where(({ or, eb }) => or([eb('run_at', '<=', now), eb('run_at', '>', now + JOB_INSANE_MS)]))
      .where(({ or, eb }) => or([eb('lease_until', '<=', now), eb('lease_until', '>', now + JOB_INSANE_MS)]))
      .orderBy('run_at')
      .orderBy('id');

  /**
   * A batch of the same kind, ours for as long as the lease lasts. A job that still carries another's lease was under way
   * when a process died or froze. Any of its batch may be the cause, so each of them is begun by itself, and only then counts
   * as begun.
   */
  async function claim(): Promise<[JobKind, Job[]] | undefined> {
    // Nearly always there is nothing to do, and that is learned without keeping anybody else from writing.
    const first = await due(db(), store.now(), names).select('kind').limit(1).executeTakeFirst();
    const kind = first && kinds[first.kind];
    if (!kind) return undefined;
    const jobs = await store.exclusive('queue', async (trx: Transaction<JobTables>) => {
      const now = store.now();
      const rows = await due(trx, now, [first.kind])
        .select(['id', 'kind', 'key', 'data', 'attempts', 'starts', 'lease_owner'])
        .limit(kind.batch)
        .execute();
      const unsuspected = rows.filter((row) => row.lease_owner === '');
      const [suspect] = rows;
      const isAlone = suspect !== undefined && suspect.lease_owner !== '';
      if (isAlone && suspect.starts >= MAX_STARTS) {
        await trx
          .updateTable('job')
          .set({
            state: 'failed',
            error: `its process died ${MAX_STARTS} times over it`,
            lease_owner: '',
            finished_at: now,
          })
          .where('id', '=', suspect.id)
          .execute();
        return [];
      }
      const ours = isAlone ? [suspect] : unsuspected;
      if (ours.length > 0)
        await trx
          .updateTable('job')
          .set(({ eb }) => ({
            lease_owner: instance,
            lease_until: now + JOB_LEASE_MS,
            ...(isAlone && { starts: eb('starts', '+', 1) }),
          }))
          .where(
            'id',
            'in',
            ours.map(({ id }) => id),
          )
          .execute();
      return ours;
    });
    return [
      kind,
      jobs.map(({ id, key, attempts, data }) => ({
        id,
        kind: first.kind,
        key,
        attempts,
        data: JSON.parse(data) as unknown,
      })),
    ];
  }

  /** Only what is still ours: a process that froze for too long has lost it to another. */
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
      .set({ state: 'done', data: '', error: '', lease_owner: '', lease_until: 0, finished_at: store.now() })
      .execute();
  }

  async function fail(job: Job, cause: unknown): Promise<void> {
    const now = store.now();
    const wait = RETRY_AFTER_MS[job.attempts];
    const error = (cause instanceof Error ? cause.message : String(cause)).slice(0, MAX_ERROR);
    const { kind, attempts } = job;
    log[wait === undefined ? 'error' : 'warn'](
      { kind, job: job.id, attempts: attempts + 1, err: cause },
      'a job failed',
    );
    await ours([job])
      .set({
        attempts: attempts + 1,
        error,
        lease_owner: '',
        lease_until: 0,
        ...(wait === undefined ? { state: 'failed' as const, finished_at: now } : { run_at: now + wait }),
      })
      .execute();
  }

  /** Claimed by this process and neither done nor failed, because the store was out. */
  let unfinished: readonly Job[] = [];

  /** Any worker may do them at once: the store was at fault, and nothing counts as tried. */
  async function release(): Promise<void> {
    if (unfinished.length === 0) return;
    await ours(unfinished).set({ lease_owner: '', lease_until: 0 }).execute();
    unfinished = [];
  }

  async function work({ handle }: JobKind, jobs: readonly Job[]): Promise<void> {
    const renewing = setInterval(() => {
      ours(jobs)
        .set({ lease_until: store.now() + JOB_LEASE_MS })
        .where('lease_until', '>', 0)
        .execute()
        .catch(() => undefined); // the next one may succeed, and the lease outlasts three
    }, JOB_LEASE_MS / 4);
    try {
      const failed = await handle(jobs).then(
        () => undefined,
        (cause: unknown) => ({ cause }),
      );
      const [only] = jobs;
      if (failed && isOut(failed.cause)) throw failed.cause;
      if (!failed) await finish(jobs);
      else if (jobs.length === 1 && only) await fail(only, failed.cause);
      // One that cannot be done does not keep the others of its batch from being done.
      else
        for (const job of jobs)
          await handle([job]).then(
            () => finish([job]),
            (cause: unknown) => {
              if (isOut(cause)) throw cause;
              return fail(job, cause);
            },
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
      timer = setTimeout(resolve, JOB_POLL_MS);
    });
    clearTimeout(timer);
  }

  async function run(): Promise<void> {
    while (!stopping) {
      woken = false;
      try {
        await release();
        const claimed = await claim();
        if (claimed) {
          const [kind, jobs] = claimed;
          unfinished = jobs;
          // Another instance may have been faster.
          if (jobs.length > 0) await work(kind, jobs);
          unfinished = [];
          // The embedded engine never waits: without this, requests would wait until all is done.
          await nextTurn();
          continue;
        }
      } catch (cause) {
        // The store is out. What was ours is released when it works again, or when its lease has run out.
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
