import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Names the folder in which `node-tests.ts` has compiled the tests and the programs that they start. */
export const FOLDER_VARIABLE = 'BOOKING_TEST_COMPILED';

/** Where the compiled form of a source of the repository lies. */
export const compiledIn = (folder: string, source: string): string =>
  join(folder, relative(process.cwd(), resolve(source)).replace(/\.ts$/, '.mjs'));

export interface Program {
  /** Options for `node`. */
  readonly options: readonly string[];
  readonly file: string;
}

/**
 * How to run one of the programs that tests start: its compiled form where there is one, its source where a test file runs
 * alone.
 */
export function program(address: string | URL): Program {
  const source = fileURLToPath(address);
  const folder = process.env[FOLDER_VARIABLE];
  return folder === undefined
    ? { options: ['--import', import.meta.resolve('tsx')], file: source }
    : { options: ['--enable-source-maps'], file: compiledIn(folder, source) };
}
