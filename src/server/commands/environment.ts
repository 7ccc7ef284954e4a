import { readFile } from 'node:fs/promises';
import { BadOptions } from '../options.js';

type Kind = 'text' | 'number' | 'list' | 'json';

/** Options that the environment can say, by the variable's name. Flags have theirs in `flags.ts`. */
const VARIABLES: Readonly<Record<string, readonly [path: string, kind: Kind]>> = {
  BOOKING_UPSTREAMS: ['upstreams', 'json'],
  BOOKING_SYNC_EVERY: ['syncEvery', 'number'],
  BOOKING_LIVE_CONNECTIONS: ['live.connections', 'number'],
  BOOKING_LIVE_PER_CLIENT: ['live.perClient', 'number'],
  BOOKING_EMBED_PAGES: ['embed.pages', 'list'],
  BOOKING_WARM_EVERY: ['warm.every', 'number'],
  BOOKING_WARM_DAYS: ['warm.days', 'number'],
  BOOKING_WARM_MIN_BOOKINGS: ['warm.minBookings', 'number'],
  BOOKING_WARM_DELAY: ['warm.delay', 'number'],
  BOOKING_CLIENT_LIMIT: ['clientLimit', 'number'],
  BOOKING_METRICS_DAYS: ['metricsDays', 'number'],
  BOOKING_SAMPLE_RATE: ['sampleRate', 'number'],
  BOOKING_BOOKINGS_DAYS: ['bookingsDays', 'number'],
  BOOKING_ALERTS: ['alerts.url', 'text'],
  BOOKING_ALERTS_FORMAT: ['alerts.format', 'text'],
  BOOKING_ALERTS_HEADERS: ['alerts.headers', 'json'],
  BOOKING_ALERTS_FROM: ['alerts.from', 'text'],
  BOOKING_ALERTS_TO: ['alerts.to', 'list'],
  BOOKING_ALERTS_PUBLIC_URL: ['alerts.publicUrl', 'text'],
  BOOKING_ALERTS_BUDGET_WARNING: ['alerts.budgetWarning', 'number'],
  BOOKING_ALERTS_BUDGET_CRITICAL: ['alerts.budgetCritical', 'number'],
  BOOKING_ALERTS_ERROR_SHARE: ['alerts.errorShare', 'number'],
  BOOKING_ALERTS_ERROR_LOADS: ['alerts.errorLoads', 'number'],
  BOOKING_ALERTS_QUEUE_DEPTH: ['alerts.queueDepth', 'number'],
  BOOKING_ALERTS_BACKLOG: ['alerts.backlog', 'number'],
  BOOKING_ALERTS_FAILURES_IN_ROW: ['alerts.failuresInRow', 'number'],
  BOOKING_ALERTS_GIVEN_UP_IN_ROW: ['alerts.givenUpInRow', 'number'],
  BOOKING_ALERTS_UPSTREAM_P50: ['alerts.upstreamP50', 'number'],
  BOOKING_ALERTS_UPSTREAM_P95: ['alerts.upstreamP95', 'number'],
  BOOKING_ALERTS_UPSTREAM_CALLS: ['alerts.upstreamCalls', 'number'],
  BOOKING_ALERTS_RATE_LIMITED: ['alerts.rateLimited', 'number'],
  BOOKING_ALERTS_HIT_SHARE: ['alerts.hitShare', 'number'],
  BOOKING_ALERTS_HIT_ANSWERS: ['alerts.hitAnswers', 'number'],
  BOOKING_ALERTS_SILENT_HOURS: ['alerts.silentHours', 'number'],
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: ['otlp.url', 'text'],
  BOOKING_OTLP_HEADERS: ['otlp.headers', 'json'],
  BOOKING_OTLP_EVERY: ['otlp.every', 'number'],
  BOOKING_CDN_URL: ['cdn.url', 'text'],
  BOOKING_CDN_HEADERS: ['cdn.headers', 'json'],
  CAL_WEBHOOK_SECRET: ['webhooks.cal', 'list'],
  CALENDLY_WEBHOOK_SECRET: ['webhooks.calendly', 'list'],
};

/** The secret of a provider's account: the provider and the name of its field. */
const ACCOUNT_SECRETS: Readonly<Record<string, readonly [provider: string, field: string]>> = {
  CAL_API_KEY: ['cal', 'key'],
  CALENDLY_TOKEN: ['calendly', 'token'],
  HUBSPOT_TOKEN: ['hubspot', 'token'],
};

/** All variables of this file. */
export const OPTION_VARIABLES: readonly string[] = [
  ...Object.keys(VARIABLES),
  ...Object.keys(ACCOUNT_SECRETS),
];

export type Options = Record<string, unknown>;

const isObject = (value: unknown): value is Options =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A number where it looks like one; what it means is judged with the other options. */
export const numberOf = (text: string): unknown => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);

/**
 * A value without white space and without the quotation marks around it, which `docker run --env-file` keeps where shells,
 * systemd and Compose take them off (https://docs.docker.com/reference/cli/docker/container/run/#env). Of a list each value
 * may have its own.
 */
function bare(written: string | undefined): string | undefined {
  const text = written?.trim();
  const [, mark = '', inner = ''] = /^(["'])(.*)\1$/s.exec(text ?? '') ?? [];
  const isQuoted = mark !== '' && (!inner.includes(mark) || /^\s*[[{]/.test(inner));
  return (isQuoted ? inner.trim() : text) || undefined;
}

/** The values between the commas of a text; one after the last is none. */
export const listOf = (text: string): string[] => text.split(',').flatMap((one) => bare(one) ?? []);

function valueOf(variable: string, text: string, kind: Kind): unknown {
  switch (kind) {
    case 'number':
      return numberOf(text);
    case 'list':
      return listOf(text);
    case 'text':
      return text;
    case 'json':
      try {
        return JSON.parse(text) as unknown;
      } catch (cause) {
        throw new BadOptions(`\`${variable}\`: must be JSON`, { cause });
      }
  }
}

/** The variable, or what the file holds that `<variable>_FILE` names. What stands around it does not count. */
export async function variableIn(env: NodeJS.ProcessEnv, variable: string): Promise<string | undefined> {
  const written = bare(env[variable]);
  if (written !== undefined) return written;
  const file = bare(env[`${variable}_FILE`]);
  if (file === undefined) return undefined;
  try {
    return bare(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new BadOptions(`\`${variable}_FILE\`: ${file} cannot be read: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/** Sets a nested option; what a file says beside it stays. */
export function setOption(options: Options, path: string, value: unknown): void {
  const steps = path.split('.');
  const last = steps.pop() ?? path;
  let inner = options;
  for (const step of steps) {
    const next = isObject(inner[step]) ? { ...inner[step] } : {};
    inner[step] = next;
    inner = next;
  }
  inner[last] = value;
}

/** Replaces `${NAME}` in all texts of a file. Throws `BadOptions` for a variable that is not set. */
export async function fillIn(
  value: unknown,
  env: NodeJS.ProcessEnv,
  used: Set<string>,
  path = '',
): Promise<unknown> {
  if (typeof value === 'string') {
    let text = value;
    for (const [whole, name = ''] of value.matchAll(/\$\{([A-Za-z_]\w*)\}/g)) {
      const found = await variableIn(env, name);
      if (found === undefined)
        throw new BadOptions(`\`${path}\`: the environment has no variable ${name}, nor ${name}_FILE`);
      used.add(name);
      text = text.replace(whole, () => found);
    }
    return text;
  }
  if (Array.isArray(value))
    return Promise.all(value.map((one, i) => fillIn(one, env, used, `${path}[${i}]`)));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(
    async ([name, one]) => [name, await fillIn(one, env, used, path ? `${path}.${name}` : name)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** Puts secrets of accounts where they belong: into the only account of the provider, or into one of their own. */
async function setAccountSecrets(
  options: Options,
  env: NodeJS.ProcessEnv,
  used: ReadonlySet<string>,
): Promise<void> {
  const isNamed = Array.isArray(options['upstreams']);
  const accounts: unknown[] = isNamed ? [...(options['upstreams'] as unknown[])] : [];
  let isChanged = false;
  for (const [variable, [provider, field]] of Object.entries(ACCOUNT_SECRETS)) {
    const secret = await variableIn(env, variable);
    if (secret === undefined) continue;
    const own = accounts.flatMap((one, i) => (isObject(one) && one['provider'] === provider ? [i] : []));
    const [first] = own;
    if (own.length > 1) {
      if (used.has(variable)) continue;
      throw new BadOptions(
        `\`${variable}\`: there are ${own.length} accounts of ${provider}; write "\${${variable}}" as \`${field}\` of the one that is meant`,
      );
    }
    isChanged = true;
    if (first !== undefined) accounts[first] = { ...(accounts[first] as Options), [field]: secret };
    // A file that names accounts names all of them: a secret of another service makes none.
    else if (!isNamed) accounts.push({ provider, [field]: secret });
    else isChanged = false;
  }
  if (!isChanged) return;
  // Cal.com answers without a key too: naming another account does not turn it off.
  const hasCal = accounts.some((one) => isObject(one) && one['provider'] === 'cal');
  options['upstreams'] = isNamed || hasCal ? accounts : [{ provider: 'cal' }, ...accounts];
}

/** Options of a file with those of the environment over them, field by field. Throws `BadOptions`. */
export async function withEnvironment(fromFile: Options, env: NodeJS.ProcessEnv): Promise<Options> {
  const used = new Set<string>();
  const options = (await fillIn(fromFile, env, used)) as Options;
  for (const [variable, [path, kind]] of Object.entries(VARIABLES)) {
    const text = await variableIn(env, variable);
    if (text !== undefined) setOption(options, path, valueOf(variable, text, kind));
  }
  await setAccountSecrets(options, env, used);
  return options;
}
