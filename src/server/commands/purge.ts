import { purge } from '../availability/purge.js';
import { purgeTarget } from '../availability/purge-routes.js';
import { Problem } from '../http/problem.js';
import { openContext } from '../open-context.js';
import { BadOptions } from '../options.js';
import type { Flags } from './configuration.js';
import { endInTime } from './end-in-time.js';
import { booleanOf, type FlagTable } from './flags.js';

export const flags = {
  src: { type: 'string', about: 'address of a scheduling page', variable: 'BOOKING_PURGE_SRC' },
  host: { type: 'string', about: 'a host: user name, or URI at Calendly', variable: 'BOOKING_PURGE_HOST' },
  provider: {
    type: 'string',
    about: 'the host’s service; cal if not said',
    variable: 'BOOKING_PURGE_PROVIDER',
  },
  all: { type: 'boolean', about: 'every event type', variable: 'BOOKING_PURGE_ALL' },
} as const satisfies FlagTable;

/** Makes all running companions forget stored slots. */
export async function run({ options, written }: Flags): Promise<void> {
  endInTime(1);
  const query = new URLSearchParams();
  for (const name of ['src', 'host', 'provider'] as const) {
    const value = written[name];
    if (value !== undefined) query.set(name, value);
  }
  if (booleanOf('all', written['all'])) query.set('all', '1');
  const targets = ['src', 'host', 'all'].filter((name) => query.has(name));
  if (targets.length !== 1)
    throw new BadOptions('Say what to forget: one of --src (address of a scheduling page), --host and --all');
  const context = await openContext({ log: 'warn', ...options });
  try {
    const target = await purgeTarget(query, context).catch((cause: unknown) => {
      throw cause instanceof Problem ? new BadOptions(cause.message) : cause;
    });
    const events = await purge(context, target);
    process.stdout.write(`${events.length} event type${events.length === 1 ? '' : 's'} forgotten\n`);
  } finally {
    await context.close();
  }
}
