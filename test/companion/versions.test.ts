import assert from 'node:assert/strict';
import type { TableMetadata } from 'kysely';
import { it } from 'node:test';
import { MIGRATIONS } from '../../src/server/migrations.js';
import { enqueue, queueDepth } from '../../src/server/queue/jobs.js';
import { migrate, type Migrations } from '../../src/server/store/migrate.js';
import type { Store } from '../../src/server/store/store.js';
import { calBody, SECRETS, signedByCal } from './deliveries.js';
import { onEachEngine } from './places.js';
import { until } from './until.js';

const TOKEN = 'a-token-for-this-test';
const START = Date.now() + 86_400_000;

/** Tables of versions that were never released. */
const NEVER_RELEASED = ['load_sum'];

/** What a next version may do: a table, a column that may be empty, one with a default, an index. */
const NEXT: Migrations = {
  'next-1': async (db) => {
    await db.schema.createTable('next_thing').addColumn('id', 'integer').execute();
    await db.schema.alterTable('booking').addColumn('next_note', 'text').execute();
    await db.schema
      .alterTable('job')
      .addColumn('next_rank', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema.createIndex('next_index').on('booking').column('next_note').execute();
  },
};

const tablesOf = async (store: Store): Promise<TableMetadata[]> =>
  (await store.tables().introspection.getTables()).filter(({ schema }) => schema !== 'public');

/** What a version that knows `before` would stumble over. */
function broken(before: readonly TableMetadata[], after: readonly TableMetadata[]): string[] {
  return before.flatMap(({ name, columns }) => {
    const now = after.find((table) => table.name === name);
    if (!now) return NEVER_RELEASED.includes(name) ? [] : [`${name} is gone`];
    const lost = columns.flatMap((column) => {
      const same = now.columns.find((one) => one.name === column.name);
      if (!same) return [`${name}.${column.name} is gone`];
      return same.dataType === column.dataType && (same.isNullable || !column.isNullable)
        ? []
        : [`${name}.${column.name} has changed`];
    });
    const demanded = now.columns
      .filter(({ name: own }) => !columns.some((column) => column.name === own))
      .filter((column) => !column.isNullable && !column.hasDefaultValue && !column.isAutoIncrementing)
      .map((column) => `${name}.${column.name} has to be written`);
    return [...lost, ...demanded];
  });
}

onEachEngine('two versions', (open) => {
  it('may share a store, because every migration only adds', async () => {
    const store = await (await open('nothing')).store();
    const done: Record<string, Migrations[string]> = {};
    let before: readonly TableMetadata[] = [];
    for (const [name, migration] of Object.entries(MIGRATIONS)) {
      done[name] = migration;
      await migrate(store, done);
      const after = await tablesOf(store);
      assert.deepEqual(broken(before, after), [], `after ${name}`);
      before = after;
    }
    assert.ok(before.length > 10);
    const lossy: Migrations = {
      'lossy-1': async (db) => {
        await db.schema.alterTable('booking').dropColumn('organization').execute();
      },
    };
    await migrate(store, lossy);
    assert.deepEqual(broken(before, await tablesOf(store)), ['booking.organization is gone']);
  });

  it('work at the same time: the older one goes on after the newer one has changed the tables, and can start again', async () => {
    const place = await open();
    const options = { token: TOKEN, webhooks: SECRETS };
    const blue = await place.companion(options);
    const deliver = async (companion: typeof blue, id: string): Promise<void> => {
      const response = await companion.fetch(signedByCal(calBody('BOOKING_CREATED', id, START)));
      assert.equal(response.status, 202);
    };
    const listed = async (companion: typeof blue): Promise<string[]> => {
      const headers = { authorization: `Bearer ${TOKEN}` };
      const response = await companion.fetch(new Request('http://companion.test/v1/bookings', { headers }));
      assert.equal(response.status, 200);
      const { bookings } = (await response.json()) as { bookings: { id: string }[] };
      return bookings.map(({ id }) => id).sort();
    };
    await deliver(blue, 'a');
    const green = await place.store();
    await until(async () => (await queueDepth(green)).waiting === 0);
    await migrate(green, { ...MIGRATIONS, ...NEXT });

    await deliver(blue, 'b');
    await until(async () => (await listed(blue)).length === 2);
    assert.equal((await blue.fetch(new Request('http://companion.test/healthz'))).status, 200);

    // A job of the newer version is left to it.
    await enqueue(green, [{ kind: 'next-kind', key: 'one', data: {} }]);
    await deliver(blue, 'c');
    await until(async () => (await listed(blue)).length === 3);
    const again = await place.companion(options);
    await deliver(again, 'd');
    await until(async () => (await listed(again)).length === 4);
    const { waiting, failed } = await queueDepth(green);
    assert.deepEqual([waiting, failed], [1, 0]);
    const rows = await green
      .tables<{ migration: { name: string } }>()
      .selectFrom('migration')
      .select('name')
      .where('name', '=', 'next-1')
      .execute();
    assert.equal(rows.length, 1, 'the older version leaves the note of the newer one');
  });
});
