import { sql } from 'kysely';
import type { Migrations } from './migrate.js';
import type { Store } from './store.js';
import { wait } from '../timers.js';

interface LeaseTables {
  lease: { name: string; owner: string; until: number };
}

export const leaseMigrations: Migrations = {
  'leases-1': async (db) => {
    await db.schema
      .createTable('lease')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('until', 'bigint', (column) => column.notNull())
      .execute();
  },
};

export interface LeaseOptions {
  readonly name: string;
  readonly owner: string;
  /** How long it lasts if its owner dies, in milliseconds; renewed while the work goes on. The same for all owners. */
  readonly ms: number;
  readonly patience: number;
  readonly signal: AbortSignal;
}

/** Somebody else had it for too long. */
export class LeaseTaken extends Error {
  override readonly name = 'LeaseTaken';
}

/** Clocks are corrected by a little all the time, in milliseconds. */
const CLOCK_STEP = 5000;

/**
 * Takes (or renews, for the same owner) the right to do something alone among all instances, for so many milliseconds.
 * A process that dies keeps it no longer than that.
 */
export async function takeLease(store: Store, name: string, owner: string, ms: number): Promise<boolean> {
  const now = store.now();
  const taken = await store
    .tables<LeaseTables>()
    .insertInto('lease')
    .values({ name, owner, until: now + ms })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ owner, until: now + ms })
        .where((where) =>
          where.or([
            where('lease.until', '<=', now),
            where('lease.owner', '=', owner),
            // Nobody takes it for longer: the clock was set back since.
            where('lease.until', '>', now + ms + CLOCK_STEP),
          ]),
        ),
    )
    .returning(sql`1`.as('taken'))
    .executeTakeFirst();
  return taken !== undefined;
}

/**
 * Waits for the lease, does the work, and gives it back. Rejects when another process holds it for longer than `patience`
 * milliseconds.
 */
export async function withLease<Result>(
  store: Store,
  { name, owner, ms, patience, signal }: LeaseOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  const started = performance.now();
  while (!(await takeLease(store, name, owner, ms))) {
    if (performance.now() - started > patience) throw new LeaseTaken(`${name} is somebody else's`);
    await wait(10 + Math.random() * 20, signal);
  }
  const renewing = setInterval(() => {
    takeLease(store, name, owner, ms).catch(() => undefined); // the next one may succeed, and the lease outlasts three
  }, ms / 4);
  try {
    return await work();
  } finally {
    clearInterval(renewing);
    // What was done stays done, also when the store is out by now; then the lease ends by itself.
    await giveLease(store, name, owner).catch(() => undefined);
  }
}

/** Whether somebody has it at this moment. */
export async function isLeased(store: Store, name: string): Promise<boolean> {
  const held = await store
    .tables<LeaseTables>()
    .selectFrom('lease')
    .select('name')
    .where('name', '=', name)
    .where('until', '>', store.now())
    .executeTakeFirst();
  return held !== undefined;
}

/** Gives it back before its time; harmless for an owner that does not hold it. */
export async function giveLease(store: Store, name: string, owner: string): Promise<void> {
  await store
    .tables<LeaseTables>()
    .deleteFrom('lease')
    .where('name', '=', name)
    .where('owner', '=', owner)
    .execute();
}
