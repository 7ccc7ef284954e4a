import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { COPY_TIMEOUT_MS } from '../durations.js';

/**
 * Copies the database of a folder as it is at one moment, also while other processes use it. For a process of its own, which
 * holds no locks of that file. Throws when there is none, or `to` exists.
 */
export async function copyEmbedded(folder: string, to: string): Promise<void> {
  const path = join(folder, 'companion.db');
  if (!existsSync(path)) throw new Error(`there is no store in ${JSON.stringify(folder)}`);
  const { default: Database } = await import('libsql');
  const engine = new Database(path);
  try {
    engine.pragma(`busy_timeout = ${COPY_TIMEOUT_MS}`);
    // https://www.sqlite.org/lang_vacuum.html#vacuuminto
    engine.prepare('vacuum into ?').run(to);
  } finally {
    engine.close();
  }
}
