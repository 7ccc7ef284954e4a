import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { MIGRATIONS } from '../src/server/migrations.js';
import { migrate } from '../src/server/store/migrate.js';
import { openStore } from '../src/server/store/open-store.js';

/** Name the stores that have the companion's tables already to the tests, which copy them. */
export const TEMPLATE_DATABASE = 'BOOKING_TEST_TEMPLATE_DATABASE';
export const TEMPLATE_FOLDER = 'BOOKING_TEST_TEMPLATE_FOLDER';

export interface StoreTemplates {
  readonly env: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

async function addTables(where: {
  readonly data: string;
  readonly database: string | undefined;
}): Promise<void> {
  const store = await openStore(where, () => undefined);
  await migrate(store, MIGRATIONS).finally(() => store.close());
}

/**
 * Makes an embedded store and a database with all tables. Several hundred tests begin with a new store each, and to copy
 * one takes a small part of the time that its migrations take.
 *
 * @param server where databases can be made
 */
export async function makeStoreTemplates(server: string): Promise<StoreTemplates> {
  const name = `template_${randomBytes(6).toString('hex')}`;
  const inServer = async (query: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(query).finally(() => client.end());
  };
  const folder = await mkdtemp(join(tmpdir(), 'template-'));
  const database = new URL(server);
  database.pathname = `/${name}`;
  await inServer(`create database ${name}`);
  await addTables({ data: '', database: database.href });
  await addTables({ data: folder, database: undefined });
  return {
    env: { [TEMPLATE_DATABASE]: name, [TEMPLATE_FOLDER]: folder },
    async remove() {
      await rm(folder, { recursive: true, force: true });
      await inServer(`drop database if exists ${name} with (force)`);
    },
  };
}
