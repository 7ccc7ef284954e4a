import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BadOptions, type CompanionOptions } from '../index.js';

interface Flag {
  readonly type: 'string' | 'boolean';
  readonly about: string;
  /** The environment's word for it. Secrets belong there, where no list of processes shows them. */
  readonly variable: string;
}

/** What every command understands. A command's own flags stand here too: one list for the help. */
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
  since: { type: 'string', about: 'report: how far back, such as 30m, 24h or 7d', variable: 'BOOKING_SINCE' },
  json: { type: 'boolean', about: 'report: for programs', variable: 'BOOKING_JSON' },
  port: { type: 'string', about: 'where to listen; 8787 if not said', variable: 'PORT' },
  full: {
    type: 'boolean',
    about: 'sync: 2 years back and 1 ahead, even if that has been done',
    variable: 'BOOKING_FULL',
  },
  once: { type: 'boolean', about: 'warm: one round, then end', variable: 'BOOKING_ONCE' },
  days: {
    type: 'string',
    about: 'warm: how many days bookings count for; 30 if not said',
    variable: 'BOOKING_WARM_DAYS',
  },
  'min-bookings': {
    type: 'string',
    about: 'warm: how many bookings an event type needs; 1 if not said',
    variable: 'BOOKING_WARM_MIN_BOOKINGS',
  },
  delay: {
    type: 'string',
    about: 'warm: seconds from one call to the next; 3 if not said',
    variable: 'BOOKING_WARM_DELAY',
  },
  host: { type: 'string', about: 'on which address; 127.0.0.1 if not said', variable: 'HOST' },
  connections: {
    type: 'string',
    about: 'serve: how many may be open at once; 20000 if not said',
    variable: 'BOOKING_CONNECTIONS',
  },
} as const satisfies Readonly<Record<string, Flag>>;

type FlagName = keyof typeof COMMON_FLAGS;
export type Values = Readonly<Record<string, string | boolean | undefined>>;

/** What a command works with. */
export interface Flags {
  readonly options: CompanionOptions;
  /** Flags and variables as they were written. */
  readonly written: Readonly<Partial<Record<FlagName, string>>>;
}

async function readConfigFile(file: string): Promise<Record<string, unknown>> {
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

/** A number where it looks like one; what it means is judged with the other options. */
const numberOf = (text: string): unknown => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);

/** Accounts by their secrets alone; whatever else an account can say is said in the file. */
const upstreamsIn = ({
  CAL_API_KEY: key,
  CALENDLY_TOKEN: calendly,
  HUBSPOT_TOKEN: hubspot,
}: NodeJS.ProcessEnv): unknown[] => [
  // Cal.com answers without a key too: naming another account does not turn it off.
  ...(key || calendly || hubspot ? [{ provider: 'cal', ...(key && { key }) }] : []),
  ...(calendly ? [{ provider: 'calendly', token: calendly }] : []),
  ...(hubspot ? [{ provider: 'hubspot', token: hubspot }] : []),
];

/** Several secrets are separated by commas. */
const webhooksIn = (env: NodeJS.ProcessEnv): Record<string, string[]> | undefined => {
  const found = Object.entries({ cal: env['CAL_WEBHOOK_SECRET'], calendly: env['CALENDLY_WEBHOOK_SECRET'] })
    .filter((entry): entry is [string, string] => Boolean(entry[1]))
    .map(
      ([provider, written]) =>
        [
          provider,
          written
            .split(',')
            .map((secret) => secret.trim())
            .filter(Boolean),
        ] as const,
    );
  return found.length > 0 ? Object.fromEntries(found) : undefined;
};

/** A part of the options of which the environment knows the address. */
const withUrl = (url: string | undefined, fromFile: unknown): object | undefined =>
  url ? { ...(fromFile as object | undefined), url } : undefined;

/** Flags before the environment before the file. Throws `BadOptions`. */
export async function readConfiguration(flags: Values, env: NodeJS.ProcessEnv): Promise<Flags> {
  const written: Partial<Record<FlagName, string>> = {};
  for (const [name, flag] of Object.entries(COMMON_FLAGS) as [FlagName, Flag][]) {
    const value = flags[name] ?? env[flag.variable];
    const text = String(value ?? '').trim();
    if (text !== '') written[name] = text;
  }
  const fromFile = written.config === undefined ? {} : await readConfigFile(written.config);
  const { data, database, token, origins, proxies, log } = written;
  const upstreams = upstreamsIn(env);
  const webhooks = webhooksIn(env);
  const alerts = withUrl(env['BOOKING_ALERTS'], fromFile['alerts']);
  const otlp = withUrl(env['OTEL_EXPORTER_OTLP_METRICS_ENDPOINT'], fromFile['otlp']);
  const options = {
    ...(upstreams.length > 0 && { upstreams }),
    ...(webhooks && { webhooks }),
    ...fromFile,
    ...(alerts && { alerts }),
    ...(otlp && { otlp }),
    ...(data !== undefined && { data }),
    ...(database !== undefined && { database }),
    ...(token !== undefined && { token }),
    ...(origins !== undefined && { origins: origins.split(',').map((origin) => origin.trim()) }),
    ...(proxies !== undefined && { proxies: numberOf(proxies) }),
    ...(log !== undefined && { log }),
  };
  return { options: options as CompanionOptions, written };
}
