import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import pg from 'pg';
import type { Transaction } from 'kysely';
import { openBus, type BusEvent } from '../../src/server/store/bus.js';
import { busMigrations } from '../../src/server/store/bus.js';
import { giveLease, leaseMigrations, takeLease } from '../../src/server/store/leases.js';
import { migrate, withId, type Migrations } from '../../src/server/store/migrate.js';
import { onEachEngine, openPlace } from './places.js';
import { until } from './until.js';

interface CounterTables {
  counter: { name: string; count: number };
  line: { id?: number; text: string };
}

let made = 0;
const migrations: Migrations = {
  ...busMigrations,
  ...leaseMigrations,
  'counter-1': async (db, engine) => {
    made++;
    await db.schema
      .createTable('counter')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('count', 'bigint', (column) => column.notNull())
      .execute();
    await withId(db.schema.createTable('line'), engine).addColumn('text', 'text').execute();
  },
};

onEachEngine('the store', (open) => {
  it('makes its tables once, however many instances start at once', async () => {
    const place = await open('nothing');
    const stores = await Promise.all([place.store(), place.store(), place.store()]);
    made = 0;
    await Promise.all(stores.map((store) => migrate(store, migrations)));
    await migrate(await place.store(), migrations);
    assert.equal(made, 1);
  });

  it('loses no write when instances read, think and write at the same time', async () => {
    const place = await open('nothing');
    const stores = await Promise.all([place.store(), place.store(), place.store()]);
    const [first] = stores;
    assert.ok(first);
    await migrate(first, migrations);
    await first.tables<CounterTables>().insertInto('counter').values({ name: 'a', count: 0 }).execute();
    const add = (store: (typeof stores)[number]): Promise<void> =>
      store.exclusive('counter', async (trx: Transaction<CounterTables>) => {
        const { count } = await trx
          .selectFrom('counter')
          .select('count')
          .where('name', '=', 'a')
          .executeTakeFirstOrThrow();
        await trx
          .updateTable('counter')
          .set({ count: count + 1 })
          .where('name', '=', 'a')
          .execute();
      });
    await Promise.all(stores.flatMap((store) => Array.from({ length: 20 }, () => add(store))));
    const row = await first.tables<CounterTables>().selectFrom('counter').selectAll().executeTakeFirst();
    assert.deepEqual({ ...row }, { name: 'a', count: 60 });
  });

  it('takes back what a failed transaction wrote', async () => {
    const store = await (await open('nothing')).store();
    await migrate(store, migrations);
    await assert.rejects(
      store.exclusive('counter', async (trx: Transaction<CounterTables>) => {
        await trx.insertInto('counter').values({ name: 'b', count: 1 }).execute();
        throw new Error('changed my mind');
      }),
      /changed my mind/,
    );
    assert.deepEqual(await store.tables<CounterTables>().selectFrom('counter').selectAll().execute(), []);
  });

  it('gives numbers that grow, and rows without anything of the engine’s own', async () => {
    const store = await (await open('nothing')).store();
    await migrate(store, migrations);
    const db = store.tables<CounterTables>();
    for (const text of ['a', 'b']) await db.insertInto('line').values({ text }).execute();
    const rows = await db.selectFrom('line').selectAll().orderBy('id').execute();
    assert.equal(
      JSON.stringify(rows.map(({ id, text }) => ({ id, text }))),
      JSON.stringify(rows.map((row) => ({ ...row }))),
    );
    assert.deepEqual(
      rows.map(({ id }) => id),
      [1, 2],
    );
  });

  it('lets one owner at a time hold a lease, until it ends or is given back', async () => {
    let now = 1_000_000;
    const store = await (await open('nothing')).store({ now: () => now });
    await migrate(store, migrations);
    assert.equal(await takeLease(store, 'x', 'anna', 1000), true);
    assert.equal(await takeLease(store, 'x', 'anna', 1000), true, 'renewed');
    assert.equal(await takeLease(store, 'x', 'ben', 1000), false);
    now += 1001;
    assert.equal(await takeLease(store, 'x', 'ben', 1000), true);
    await giveLease(store, 'x', 'anna');
    assert.equal(await takeLease(store, 'x', 'anna', 1000), false, 'only its owner gives it back');
    await giveLease(store, 'x', 'ben');
    assert.equal(await takeLease(store, 'x', 'anna', 1000), true);
  });

  it('gives a lease to one of many who ask at once', async () => {
    const place = await open('nothing');
    const stores = await Promise.all([place.store(), place.store(), place.store()]);
    assert.ok(stores[0]);
    await migrate(stores[0], migrations);
    const taken = await Promise.all(
      stores.flatMap((store, i) =>
        Array.from({ length: 5 }, (_, k) => takeLease(store, 'one', `${i}-${k}`, 60_000)),
      ),
    );
    assert.equal(taken.filter(Boolean).length, 1);
  });
});

onEachEngine('the bus', (open) => {
  it('tells every instance everything, in one order, and the publisher too', async () => {
    const place = await open('nothing');
    const stores = await Promise.all([place.store(), place.store(), place.store()]);
    assert.ok(stores[0]);
    await migrate(stores[0], migrations);
    const buses = await Promise.all(stores.map((store) => openBus(store)));
    const received = buses.map((bus) => {
      const events: BusEvent[] = [];
      bus.subscribe('news', (event) => events.push(event));
      return events;
    });
    await Promise.all(
      buses.flatMap((bus, i) => Array.from({ length: 10 }, (_, k) => bus.publish('news', { i, k }))),
    );
    await buses[0]?.publish('other', 'not for them');
    await until(() => received.every((events) => events.length === 30));
    const [first, second, third] = received;
    assert.deepEqual(first, second);
    assert.deepEqual(first, third);
    const ids = first?.map(({ id }) => id) ?? [];
    assert.deepEqual(
      ids,
      ids.toSorted((a, b) => a - b),
    );
    for (const bus of buses) bus.close();
  });

  it('tells somebody who was away what they missed, or that it is too long ago to say', async () => {
    let now = 5_000_000_000;
    const store = await (await open('nothing')).store({ now: () => now });
    await migrate(store, migrations);
    const bus = await openBus(store);
    const first = await bus.publish('news', 1);
    await bus.publish('other', 2);
    await bus.publish('news', 3);
    assert.deepEqual(
      (await bus.since('news', first))?.map(({ data }) => data),
      [3],
    );
    now += 1;
    await store
      .tables<{ event: { id: number } }>()
      .deleteFrom('event')
      .where('id', '<=', first + 1)
      .execute();
    assert.equal(await bus.since('news', first - 1), null);
    bus.close();
  });

  it('goes on when a subscriber fails', async () => {
    const store = await (await open('nothing')).store();
    await migrate(store, migrations);
    const warnings: string[] = [];
    const bus = await openBus(store, (what) => warnings.push(what));
    const received: unknown[] = [];
    bus.subscribe('news', () => {
      throw new Error('broken ear');
    });
    bus.subscribe('news', ({ data }) => received.push(data));
    await bus.publish('news', 1);
    assert.deepEqual(received, [1]);
    assert.equal(warnings.length, 1);
    bus.close();
  });
});

describe('a PostgreSQL database that others use too', () => {
  const OTHERS = [
    'create table booking (mine text)',
    'create table event (mine text)',
    'create table lease (mine text)',
  ];

  it('keeps their tables, whatever these are called', async () => {
    const place = await openPlace('postgres');
    const client = new pg.Client({ connectionString: place.where.database });
    await client.connect();
    for (const one of OTHERS) await client.query(one);
    const companion = await place.companion();
    assert.equal((await companion.fetch(new Request('http://companion.test/healthz'))).status, 200);
    const { rows } = await client.query<{ schema: string; tables: string }>(
      `select table_schema as schema, string_agg(table_name, ' ' order by table_name) as tables
       from information_schema.tables where table_schema in ('public', 'booking_widget') group by 1 order by 1`,
    );
    await client.end();
    assert.deepEqual(
      rows.map(({ schema }) => schema),
      ['booking_widget', 'public'],
    );
    assert.equal(rows[1]?.tables, 'booking event lease');
    assert.match(rows[0]?.tables ?? '', /booking .*event .*lease/);
    await place.close();
  });

  it('has the tables of an older version moved, with what is in them', async () => {
    const place = await openPlace('postgres');
    await (await place.companion()).close();
    const client = new pg.Client({ connectionString: place.where.database });
    await client.connect();
    const { rows } = await client.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'booking_widget'",
    );
    // As it was before there was a schema.
    const later = new Set(['probe', 'note', 'ended_session', 'load_name', 'store_life', 'webhook_arrival']);
    for (const { name } of rows)
      await client.query(
        later.has(name)
          ? `drop table booking_widget.${name}`
          : `alter table booking_widget.${name} set schema public`,
      );
    await client.query(
      "delete from migration where name in ('probe-1', 'notes-1', 'sessions-1', 'metrics-2', 'live-1', 'webhooks-1')",
    );
    await client.query('alter table load_hour drop column rows, drop column trimmed');
    await client.query('drop schema booking_widget');
    await client.query("insert into lease (name, owner, until) values ('old', 'somebody', 1)");
    await client.end();
    const store = await place.store();
    await place.companion();
    const leases = await store
      .tables<{ lease: { name: string } }>()
      .selectFrom('lease')
      .select('name')
      .where('name', '=', 'old')
      .execute();
    assert.equal(leases.length, 1);
    await place.close();
  });
});
