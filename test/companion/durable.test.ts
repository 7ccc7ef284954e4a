import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { sql, type Kysely } from 'kysely';
import { openContext } from '../../src/server/open-context.js';
import { enqueue } from '../../src/server/queue/jobs.js';
import type { Store } from '../../src/server/store/store.js';
import { webhooksFeature } from '../../src/server/webhooks/webhooks-routes.js';
import { calBody, SECRETS, signedByCal } from './deliveries.js';
import { onEachEngine } from './places.js';
import { until } from './until.js';

const closers: (() => Promise<void>)[] = [];
after(async () => {
  for (const close of closers) await close();
});

/** What a commit waits for: the embedded engine's level (1 `NORMAL`, 2 `FULL`), or who decides on PostgreSQL. */
async function durability(store: Store, db: Kysely<object>): Promise<unknown> {
  if (store.engine === 'embedded') {
    const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db);
    return rows[0]?.synchronous;
  }
  const { rows } = await sql<{ source: string }>`
    select source from pg_settings where name = 'synchronous_commit'`.execute(db);
  return rows[0]?.source === 'session' ? 'the companion' : 'the server';
}

onEachEngine('a delivery that is acknowledged', (open) => {
  it('is on the disk: its commit waits for that, and other writes do not', async () => {
    const place = await open();
    const store = await place.store();
    const [usual, durable] = store.engine === 'embedded' ? [1, 2] : ['the server', 'the server'];
    assert.equal(await durability(store, store.tables()), usual);
    await store.durably<object, undefined>(async (db) => {
      assert.equal(await durability(store, db), durable);
      return undefined;
    });
    assert.equal(await durability(store, store.tables()), usual);
    await assert.rejects(store.durably(() => Promise.reject(new Error('no use'))));
    assert.equal(await durability(store, store.tables()), usual);
  });

  it('is answered only after that commit', async () => {
    const place = await open();
    const context = await openContext({ ...place.where, log: 'silent', webhooks: SECRETS });
    closers.push(() => context.close());
    let commit = (): void => undefined;
    const committed = new Promise<void>((resolve) => (commit = resolve));
    let [isWritten, isAnswered] = [false, false];
    const store: Store = {
      ...context.store,
      async durably(work) {
        const result = await context.store.durably(work);
        isWritten = true;
        await committed;
        return result;
      },
    };
    const { ownLimits } = webhooksFeature({ ...context, store }, { add: (jobs) => enqueue(store, jobs) });
    const start = Date.parse('2026-03-05T09:00:00Z');
    const answer = Promise.resolve(
      ownLimits?.fetch(signedByCal(calBody('BOOKING_CREATED', 'uid-1', start)), {}),
    ).finally(() => (isAnswered = true));
    await until(() => isWritten);
    await context.store.ping();
    assert.equal(isAnswered, false);
    commit();
    assert.equal((await answer)?.status, 202);
  });
});
