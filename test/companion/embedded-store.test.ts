import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import Database from 'libsql';
import { isStoreFailure } from '../../src/server/store-failure.js';
import type { Store } from '../../src/server/store/store.js';
import { program } from '../../tools/program.js';
import { openPlace, type Place } from './places.js';
import { until } from './until.js';

interface Tables {
  word: { word: string };
}

const places: Place[] = [];
after(async () => {
  for (const place of places) await place.close();
});

/** A store with a table of one column, and where its file is. */
async function wordStore(): Promise<{ place: Place; store: Store; folder: string; file: string }> {
  const place = await openPlace('embedded');
  places.push(place);
  const store = await place.store();
  await store.tables().schema.createTable('word').addColumn('word', 'text').execute();
  const folder = place.where.data ?? '';
  return { place, store, folder, file: join(folder, 'companion.db') };
}

const add = (store: Store, word: string): Promise<unknown> =>
  store.tables<Tables>().insertInto('word').values({ word }).execute();
const addAndReturn = (store: Store, word: string): Promise<unknown> =>
  store.tables<Tables>().insertInto('word').values({ word }).returning('word').execute();
const addTogether = (store: Store, word: string): Promise<unknown> =>
  store.exclusive<Tables, unknown>('word', (trx) => trx.insertInto('word').values({ word }).execute());
const addDurably = (store: Store, word: string): Promise<unknown> =>
  store.durably<Tables, unknown>((db) => db.insertInto('word').values({ word }).execute());

/** Another process at the store in this folder. */
function startOn(name: string, folder: string): ChildProcess {
  const { options, file } = program(new URL(`${name}.ts`, import.meta.url));
  return fork(file, [folder], { execArgv: [...options] });
}

describe('the embedded store beside another process that writes to its file', () => {
  it('commits every later write although earlier ones were refused because of a lock', async () => {
    const { store, file } = await wordStore();
    const other = new Database(file);
    const words = (): unknown[] =>
      (other.prepare('select word from word order by word').all() as { word: string }[]).map(
        ({ word }) => word,
      );
    other.exec('begin immediate');
    for (const outcome of await Promise.allSettled([
      add(store, 'refused'),
      addAndReturn(store, 'refused'),
      addTogether(store, 'refused'),
      addDurably(store, 'refused'),
    ]))
      assert.ok(outcome.status === 'rejected' && isStoreFailure(outcome.reason));
    other.exec('rollback');
    await add(store, 'a');
    assert.deepEqual(words(), ['a']);
    await addAndReturn(store, 'b');
    assert.deepEqual(words(), ['a', 'b']);
    await addTogether(store, 'c');
    await addDurably(store, 'd');
    assert.deepEqual(words(), ['a', 'b', 'c', 'd']);
    other.exec("insert into word values ('e')"); // nothing holds the lock any more
    other.close();
  });

  it('keeps every word when it was closed and opened again before the other one closes', async () => {
    const { place, store, folder } = await wordStore();
    const another = async (): Promise<void> => {
      const process = startOn('writes-once', folder);
      assert.deepEqual(await once(process, 'exit'), [0, null]);
    };
    await add(store, 'first');
    await store.close();
    const again = await place.store();
    await add(again, 'before');
    await another();
    await add(again, 'after');
    await another();
    const rows = await again.tables<Tables>().selectFrom('word').selectAll().orderBy('word').execute();
    assert.deepEqual(
      rows.map(({ word }) => word),
      ['after', 'before', 'first', 'theirs', 'theirs'],
    );
  });

  it('gets its turn although the other one never pauses', async () => {
    const { store, folder } = await wordStore();
    const hog = startOn('hogs-the-store', folder);
    after(() => hog.kill('SIGKILL'));
    await once(hog, 'message');
    const written = async (by: string): Promise<number> => {
      const rows = await store.tables<Tables>().selectFrom('word').selectAll().execute();
      return rows.filter(({ word }) => word === by).length;
    };
    await until(async () => (await written('hog')) > 0);
    for (let i = 0; i < 10; i++) await Promise.all([add(store, 'ours'), addTogether(store, 'ours')]);
    assert.equal(await written('ours'), 20);
    const ended = once(hog, 'exit');
    hog.kill('SIGKILL');
    await ended;
  });
});
