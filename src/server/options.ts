import type { Logger } from 'pino';
import * as z from 'zod';
import { alertOptions } from './alerts/alert-options.js';
import { cdnOptions } from './cdn/cdn-options.js';
import { otlpOptions } from './telemetry/telemetry-options.js';
import { embedOptions } from './embed/embed-options.js';
import { liveOptions } from './live/live-options.js';
import { pastedDatabase, pastedOrigin, pastedToken } from './pasted.js';
import type { OnError } from './report-errors.js';
import { upstreamOptions } from './upstreams/upstream-options.js';
import { warmOptions } from './warm/warm-options.js';
import { webhookOptions } from './webhooks/webhook-options.js';

/**
 * Every option by its name. A feature with options of its own adds one line, and keeps the meaning in its own file.
 * Strict, because a misspelt option that is silently ignored is the hardest to find.
 */
const optionsSchema = z.strictObject({
  /** Folder of the embedded store; made if need be. */
  data: z.string().trim().min(1).default('booking-data'),
  /** URL of a PostgreSQL database. With it `data` is not used, and any number of instances may share it. */
  database: pastedDatabase.optional(),
  /** Opens what only the owner may read. Without it those routes are closed. */
  token: pastedToken(16).optional(),
  /** Origins of the pages that carry widgets; `*` for all. */
  origins: z
    .array(z.union([z.string().trim().pipe(z.literal('*')), pastedOrigin]))
    .min(1)
    .default(['*']),
  upstreams: upstreamOptions,
  webhooks: webhookOptions,
  /**
   * Hours between two synchronisations of an account's bookings where webhooks arrive, and at most a quarter of an hour where
   * they are not known to; 0 for none but those that are asked for.
   */
  syncEvery: z.number().min(0).max(168).default(6),
  live: liveOptions,
  embed: embedOptions,
  warm: warmOptions,
  /** Requests a minute of one client; the rest is refused with 429. */
  clientLimit: z.int().min(1).default(600),
  /** How many reverse proxies of yours stand in front: so many entries of `X-Forwarded-For` can be believed. */
  proxies: z.int().min(0).max(10).default(0),
  /** Days for which load reports are kept. */
  metricsDays: z.int().min(1).max(400).default(31),
  /**
   * The smallest `sample-rate` of your widgets: a report says how many page views it stands for, and is not believed
   * beyond this.
   */
  sampleRate: z.number().min(0.0001).max(1).default(1),
  /** Days for which bookings are kept after they are over. */
  bookingsDays: z.int().min(1).max(3660).default(731),
  otlp: otlpOptions,
  cdn: cdnOptions,
  alerts: alertOptions,
  /** What is logged: JSON lines on standard output, without personal data. Or a logger of yours. */
  log: z
    .union([
      z.enum(['debug', 'info', 'warn', 'error', 'silent']),
      z.custom<Logger>(
        (value) => typeof (value as Logger | null)?.info === 'function',
        'must be debug, info, warn, error or silent, or a pino logger',
      ),
    ])
    .default('info'),
  /** Called with everything that is logged at level `error`, for an error tracker of yours. What it throws is logged. */
  onError: z.custom<OnError>((value) => typeof value === 'function', 'must be a function').optional(),
  /** The clock, in milliseconds since 1970, for tests. */
  now: z.custom<() => number>((value) => typeof value === 'function').optional(),
});

export type CompanionOptions = z.input<typeof optionsSchema>;
export type Settings = z.output<typeof optionsSchema>;

/** Names and secrets of options never get into messages as values. */
const SECRET = /token|key|secret|database|password|webhooks|otlp|cdn|alerts/i;

const shown = (value: unknown, path: readonly PropertyKey[]): string => {
  if (value === undefined) return 'nothing';
  if (path.some((step) => SECRET.test(String(step)))) return 'what was given';
  const text = typeof value === 'function' ? 'a function' : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
};

const nameOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (name, step) =>
      typeof step === 'number' ? `${name}[${step}]` : name ? `${name}.${String(step)}` : String(step),
    '',
  );

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, step) => (Object(inner) as Record<PropertyKey, unknown>)[step], value);

/** What is wrong, in the words of the schema. Of a union Zod itself says only that no member accepts the value. */
const wordsOf = (issue: z.core.$ZodIssue): string =>
  (issue.code === 'invalid_union' &&
    issue.errors.flat().find(({ code }) => /^(custom|invalid_format)$/.test(code))?.message) ||
  issue.message;

/** Options that cannot be used. The message has one line for each, with the name of the option and its value. */
export class BadOptions extends TypeError {
  override readonly name = 'BadOptions';
}

/** Reads options, with their defaults. Throws `BadOptions`. */
export function readOptions(options: unknown): Settings {
  const { success, data, error } = optionsSchema.safeParse(options);
  if (success) return data;
  const lines = error.issues.map((issue) => {
    if (issue.code === 'unrecognized_keys') {
      const names = issue.keys.map((key) => `\`${nameOf([...issue.path, key])}\``).join(', ');
      return `${names}: there is no such option`;
    }
    return `\`${nameOf(issue.path)}\`: ${wordsOf(issue)}, not ${shown(at(options, issue.path), issue.path)}`;
  });
  throw new BadOptions(lines.join('\n'));
}
