import { missingPackage } from '../missing-package.js';
import type { Settings } from '../options.js';
import { openEmbedded } from './embedded.js';
import { openPostgres } from './postgres.js';
import type { Store } from './store.js';

/** The database if there is one, else the folder. Says in words of the options what is wrong with them. */
export async function openStore(
  { data, database, now }: Pick<Settings, 'data' | 'database' | 'now'>,
  warn: (what: string, cause: unknown) => void,
): Promise<Store> {
  try {
    return database === undefined
      ? await openEmbedded(data, now)
      : await openPostgres({ url: database, clock: now, warn });
  } catch (cause) {
    const missing = missingPackage(cause);
    const why = missing
      ? `the package "${missing}" is not installed; npm install ${missing}`
      : cause instanceof Error
        ? cause.message || String((cause as { code?: unknown }).code)
        : String(cause);
    throw new Error(
      database === undefined
        ? `\`data\`: nothing can be stored in the folder ${JSON.stringify(data)}: ${why}`
        : `\`database\`: the database at ${whereIs(database)} cannot be used: ${why}`,
      { cause },
    );
  }
}

/** The address without name and password. */
function whereIs(database: string): string {
  try {
    const { host, pathname } = new URL(database);
    return `${host}${pathname}`;
  } catch {
    return 'the given address';
  }
}
