import type { Generated, Transaction } from 'kysely';
import { withId, type Migrations } from '../store/migrate.js';
import type { Store } from '../store/store.js';
import { mayCall } from './fair-share.js';

interface BudgetTables {
  upstream_call: {
    id: Generated<number>;
    account: string;
    who: string;
    started: number;
    done: number;
    until: number;
  };
  upstream_pause: { account: string; until: number };
}

export const budgetMigrations: Migrations = {
  'budget-1': async (db, engine) => {
    await withId(db.schema.createTable('upstream_call'), engine)
      .addColumn('account', 'text', (column) => column.notNull())
      .addColumn('who', 'text', (column) => column.notNull())
      .addColumn('started', 'bigint', (column) => column.notNull())
      .addColumn('done', 'integer', (column) => column.notNull())
      .addColumn('until', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('upstream_call_account')
      .on('upstream_call')
      .columns(['account', 'until'])
      .execute();
    await db.schema
      .createTable('upstream_pause')
      .addColumn('account', 'text', (column) => column.primaryKey())
      .addColumn('until', 'bigint', (column) => column.notNull())
      .execute();
  },
};

const MINUTE = 60_000;

/** Clocks of instances differ by a little, and so do the ways to the upstream. */
const SLACK = 250;

export interface Wish {
  readonly account: string;
  readonly who: string;
  readonly background?: boolean;
  /** Calls of the account in any minute, all instances together. */
  readonly budget: number;
  /** Calls of the account under way at once, all instances together. */
  readonly atOnce: number;
  /** Milliseconds after which a call is over, whatever happened. */
  readonly longest: number;
}

/** `call` go ahead, and say when it is over · `busy` others are under way · `spent` not before `wait` ms have passed. */
export type Grant =
  | { readonly is: 'call'; readonly id: number }
  | { readonly is: 'busy' }
  | { readonly is: 'spent' | 'paused'; readonly wait: number };

/**
 * Asks for one call. A call counts from before it begins until a minute after it has ended, whenever in between the
 * upstream saw it: so the upstream never sees more than the budget in any minute of its own. A process that dies leaves
 * its calls counted as if they had taken as long as a call can.
 */
export function takeCall(
  store: Store,
  { account, who, background = false, budget, atOnce, longest }: Wish,
): Promise<Grant> {
  return store.exclusive(`budget ${account}`, async (trx: Transaction<BudgetTables>): Promise<Grant> => {
    const now = store.now();
    const pause = await trx
      .selectFrom('upstream_pause')
      .select('until')
      .where('account', '=', account)
      .executeTakeFirst();
    if (pause && pause.until > now) return { is: 'paused', wait: pause.until - now };
    await trx.deleteFrom('upstream_call').where('account', '=', account).where('until', '<=', now).execute();
    const calls = await trx
      .selectFrom('upstream_call')
      .select(['who', 'started', 'done', 'until'])
      .where('account', '=', account)
      .orderBy('until')
      .execute();
    const counts = new Map<string, number>();
    for (const call of calls) counts.set(call.who, (counts.get(call.who) ?? 0) + 1);
    const counted = [...counts].map(([name, count]) => ({ who: name, calls: count }));
    if (!mayCall(counted, { who, background }, budget))
      return { is: 'spent', wait: Math.max(1000, (calls[0]?.until ?? now) - now) };
    const underWay = calls.filter(({ done, started }) => done === 0 && started > now - longest);
    if (underWay.length >= atOnce) return { is: 'busy' };
    const { id } = await trx
      .insertInto('upstream_call')
      .values({ account, who, started: now, done: 0, until: now + longest + MINUTE + SLACK })
      .returning('id')
      .executeTakeFirstOrThrow();
    return { is: 'call', id };
  });
}

/** The call is over, whatever came of it. */
export async function endCall(store: Store, id: number): Promise<void> {
  await store
    .tables<BudgetTables>()
    .updateTable('upstream_call')
    .set({ done: 1, until: store.now() + MINUTE + SLACK })
    .where('id', '=', id)
    .execute();
}

/** The upstream has had enough: no instance asks it before then. */
export async function pauseAccount(store: Store, account: string, ms: number): Promise<void> {
  const until = store.now() + ms;
  await store
    .tables<BudgetTables>()
    .insertInto('upstream_pause')
    .values({ account, until })
    .onConflict((conflict) =>
      conflict.column('account').doUpdateSet({ until }).where('upstream_pause.until', '<', until),
    )
    .execute();
}

/** Calls that count at this moment. */
export async function callsUsed(store: Store, account: string): Promise<number> {
  const row = await store
    .tables<BudgetTables>()
    .selectFrom('upstream_call')
    .select(({ fn }) => fn.countAll<number>().as('calls'))
    .where('account', '=', account)
    .where('until', '>', store.now())
    .executeTakeFirst();
  return row?.calls ?? 0;
}
