import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe } from 'node:test';
import pg from 'pg';
import { createCompanion, type Companion, type CompanionOptions } from '../../src/server/index.js';
import { openStore } from '../../src/server/store/open-store.js';
import type { EngineName, Store } from '../../src/server/store/store.js';
import { startPostgres, type Postgres } from '../../tools/postgres.js';
import { TEMPLATE_DATABASE, TEMPLATE_FOLDER } from '../../tools/store-templates.js';

/** A store of its own, which any number of instances can share; gone when the test is over. */
export interface Place {
  readonly engine: EngineName;
  /** Where it is, as options say it. */
  readonly where: Pick<CompanionOptions, 'data' | 'database'>;
  /** Another companion on this store. Closed with the place, if not before. */
  companion(options?: CompanionOptions): Promise<Companion>;
  /** The bare store. Closed with the place. */
  store(options?: { readonly now?: () => number }): Promise<Store>;
  close(): Promise<void>;
}

let server: Promise<Postgres> | undefined;

after(async () => (await server)?.stop());

/** The test run's server, or one of this file's own when the file is run alone. */
const postgres = (): Promise<Postgres> => (server ??= startPostgres());

async function inDatabase(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: (await postgres()).url });
  await client.connect();
  await work(client).finally(() => client.end());
}

/** What a new store holds: the tables of this version, or nothing, for tests of how tables are made. */
export type Content = 'tables' | 'nothing';

async function newPlace(engine: EngineName, content: Content): Promise<Pick<Place, 'where' | 'close'>> {
  const templateOf = (variable: string): string | undefined =>
    content === 'tables' ? process.env[variable] : undefined;
  if (engine === 'embedded') {
    const data = await mkdtemp(join(tmpdir(), 'companion-'));
    const template = templateOf(TEMPLATE_FOLDER);
    if (template !== undefined) await cp(template, data, { recursive: true });
    return { where: { data }, close: () => rm(data, { recursive: true, force: true }) };
  }
  const name = `test_${randomBytes(6).toString('hex')}`;
  const create = `create database ${name} template ${templateOf(TEMPLATE_DATABASE) ?? 'template1'}`;
  await inDatabase((client) =>
    client.query(`${create} strategy file_copy`).catch(() => client.query(create)),
  );
  const url = new URL((await postgres()).url);
  url.pathname = `/${name}`;
  return {
    where: { database: url.href },
    close: () => inDatabase((client) => client.query(`drop database if exists ${name} with (force)`)),
  };
}

export async function openPlace(engine: EngineName, content: Content = 'tables'): Promise<Place> {
  const { where, close } = await newPlace(engine, content);
  const open: { close(): Promise<void> }[] = [];
  return {
    engine,
    where,
    async companion(options = {}) {
      const companion = await createCompanion({
        log: 'silent',
        clientLimit: 1_000_000,
        ...options,
        ...where,
      });
      open.push(companion);
      return companion;
    },
    async store({ now } = {}) {
      const store = await openStore(
        { data: where.data ?? '', database: where.database, now },
        () => undefined,
      );
      open.push(store);
      return store;
    },
    async close() {
      for (const each of open.splice(0)) await each.close();
      await close();
    },
  };
}

/** The same tests for the embedded engine and for a real PostgreSQL server. */
export function onEachEngine(
  about: string,
  tests: (open: (content?: Content) => Promise<Place>) => void,
): void {
  for (const engine of ['embedded', 'postgres'] as const)
    describe(`${about} (${engine})`, () => {
      const places: Place[] = [];
      tests(async (content) => {
        const place = await openPlace(engine, content);
        places.push(place);
        return place;
      });
      after(async () => {
        for (const place of places.splice(0)) await place.close();
      });
    });
}
