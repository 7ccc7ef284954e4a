import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BadOptions, type CompanionOptions } from '../options.js';
import { listOf, numberOf, variableIn, withEnvironment, type Options } from './environment.js';
import { COMMON_FLAGS, type Flag, type FlagTable, type FlagValues } from './flags.js';

/** What a command works with. */
export interface Flags {
  readonly options: CompanionOptions;
  /** Flags, or their variables, as they were written. */
  readonly written: Readonly<Record<string, string | undefined>>;
}

async function readConfigFile(file: string): Promise<Options> {
  const path = resolve(file);
  try {
    const read: unknown =
      extname(path) === '.json'
        ? JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''))
        : ((await import(pathToFileURL(path).href)) as { default?: unknown }).default;
    if (typeof read !== 'object' || read === null || Array.isArray(read))
      throw new TypeError('it does not hold an object of options');
    return { ...read };
  } catch (cause) {
    throw new BadOptions(`\`config\`: ${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

/** Flags before the environment before the file, field by field. Throws `BadOptions`. */
export async function readConfiguration(
  values: FlagValues,
  env: NodeJS.ProcessEnv,
  own: FlagTable = {},
): Promise<Flags> {
  const written: Record<string, string> = {};
  for (const [name, { variable }] of Object.entries<Flag>({ ...COMMON_FLAGS, ...own })) {
    const value = values[name] ?? (variable === undefined ? undefined : await variableIn(env, variable));
    const text = String(value ?? '').trim();
    if (text !== '') written[name] = text;
  }
  const fromFile = written['config'] === undefined ? {} : await readConfigFile(written['config']);
  const { data, database, token, origins, proxies, log } = written;
  const options = {
    ...(await withEnvironment(fromFile, env)),
    ...(data !== undefined && { data }),
    ...(database !== undefined && { database }),
    ...(token !== undefined && { token }),
    ...(origins !== undefined && { origins: listOf(origins) }),
    ...(proxies !== undefined && { proxies: numberOf(proxies) }),
    ...(log !== undefined && { log }),
  };
  return { options: options as CompanionOptions, written };
}
