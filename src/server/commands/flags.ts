import { parseArgs } from 'node:util';
import { BadOptions } from '../options.js';

/** One option of a command line. */
export interface Flag {
  readonly type: 'string' | 'boolean';
  readonly about: string;
  /** The environment variable that says the same. Secrets belong there, where no list of processes shows them. */
  readonly variable?: string;
}

export type FlagTable = Readonly<Record<string, Flag>>;

/** What every command understands. */
export const COMMON_FLAGS = {
  config: {
    type: 'string',
    about: 'file with options: .json, or .js with a default export',
    variable: 'BOOKING_CONFIG',
  },
  data: { type: 'string', about: 'folder of the embedded store', variable: 'BOOKING_DATA' },
  database: {
    type: 'string',
    about: 'PostgreSQL instead of the folder: postgres://…',
    variable: 'DATABASE_URL',
  },
  token: { type: 'string', about: 'opens what only the owner may read', variable: 'BOOKING_TOKEN' },
  origins: {
    type: 'string',
    about: 'origins of pages with widgets, separated by commas',
    variable: 'BOOKING_ORIGINS',
  },
  proxies: {
    type: 'string',
    about: 'how many reverse proxies of yours stand in front',
    variable: 'BOOKING_PROXIES',
  },
  log: { type: 'string', about: 'debug, info, warn, error or silent', variable: 'BOOKING_LOG' },
  help: { type: 'boolean', about: 'prints this' },
  version: { type: 'boolean', about: 'prints the version' },
} as const satisfies FlagTable;

/** Values of flags by their name; a flag that was not given is missing. */
export type FlagValues = Readonly<Record<string, string | boolean>>;

/** Reads a command line. Throws an error with the code `ERR_PARSE_ARGS_…` for a flag that the command does not have. */
export function readFlags(args: readonly string[], own: FlagTable): FlagValues {
  const options = Object.fromEntries(
    Object.entries({ ...COMMON_FLAGS, ...own }).map(([name, { type }]) => [name, { type }]),
  );
  const { values } = parseArgs({ args: [...args], options });
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as FlagValues;
}

const TRUE = /^(1|true|yes|on)$/i;
const FALSE = /^(0|false|no|off|)$/i;

/** What a flag or its variable says about yes or no. Throws `BadOptions`. */
export function booleanOf(name: string, written: string | boolean | undefined): boolean {
  if (written === undefined) return false;
  if (typeof written === 'boolean') return written;
  if (TRUE.test(written)) return true;
  if (FALSE.test(written)) return false;
  throw new BadOptions(`\`${name}\`: must be true or false, not ${JSON.stringify(written)}`);
}

/** A whole number that a flag or its variable says. Throws `BadOptions`. */
export function integerOf(
  name: string,
  written: string | undefined,
  { usual, min, max }: { readonly usual: number; readonly min: number; readonly max: number },
): number {
  const value = Number(written ?? usual);
  if (!Number.isInteger(value) || value < min || value > max)
    throw new BadOptions(
      `\`${name}\`: must be a number from ${min} to ${max}, not ${JSON.stringify(written)}`,
    );
  return value;
}

/** The flags of a command as its help shows them. */
export const flagLines = (flags: FlagTable): string[] =>
  Object.entries(flags).map(
    ([name, { about, variable }]) => `  --${name.padEnd(14)} ${about}${variable ? ` (${variable})` : ''}`,
  );
