import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { QUICK_START_MS, SERVE_GRACE_MS } from '../durations.js';
import { createCompanion, type CompanionOptions } from '../index.js';
import { openLog } from '../log.js';
import { serve, type Served } from '../node.js';
import { readOptions } from '../options.js';
import { startingCompanion, type StartingCompanion } from '../starting.js';
import type { Flags } from './configuration.js';
import { endInTime } from './end-in-time.js';
import { booleanOf, integerOf, type FlagTable } from './flags.js';
import { ownerToken } from './owner-token.js';
import { configText } from './print-config.js';

export const flags = {
  port: { type: 'string', about: 'where to listen; 8787 by default', variable: 'PORT' },
  host: { type: 'string', about: 'on which address; 127.0.0.1 by default', variable: 'HOST' },
  connections: {
    type: 'string',
    about: 'max. connections at once; 20000 by default',
    variable: 'BOOKING_CONNECTIONS',
  },
  'print-config': { type: 'boolean', about: 'prints all options in force without secrets, and ends' },
} as const satisfies FlagTable;

async function withToken(options: CompanionOptions): Promise<CompanionOptions> {
  if (options.token !== undefined || options.database !== undefined) return options;
  return { ...options, token: await ownerToken(options.data ?? 'booking-data') };
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** A port that is in use or reserved is a mistake of the port; all else, such as an address of another machine, of the host. */
function cannotListen(cause: unknown, host: string, port: number): Error {
  const isPort = /^(EADDRINUSE|EACCES)$/.test(String((cause as { code?: unknown }).code));
  const place = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return new Error(`\`${isPort ? 'port' : 'host'}\`: cannot listen on ${place}: ${messageOf(cause)}`, {
    cause,
  });
}

function start(options: CompanionOptions): StartingCompanion {
  const log = openLog(readOptions(options).log);
  return startingCompanion({
    create: () => createCompanion({ ...options, log }),
    onRetry(cause, ms) {
      log.warn({ err: cause, ms }, 'the companion cannot start yet and tries again');
      process.stderr.write(`${messageOf(cause)}; trying again in ${ms / 1000} s\n`);
    },
  });
}

/** Fulfilled by SIGINT or SIGTERM; a second signal ends the process at once. */
const asked = (): Promise<void> =>
  new Promise((resolve) => {
    let isAsked = false;
    const end = (): void => {
      if (isAsked) process.exit(1);
      isAsked = true;
      resolve();
    };
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
  });

/** Answers until SIGINT or SIGTERM. While the store cannot be reached it answers 503 and goes on trying. */
export async function run({ options, written }: Flags): Promise<void> {
  const port = integerOf('port', written['port'], { usual: 8787, min: 0, max: 65_535 });
  const connections = integerOf('connections', written['connections'], {
    usual: 20_000,
    min: 1,
    max: 1_000_000,
  });
  // Brackets are for addresses with a port behind them.
  const host = (written['host'] ?? '127.0.0.1').replace(/^\[(.*)\]$/, '$1');
  if (booleanOf('print-config', written['print-config'])) {
    process.stdout.write(configText(options));
    return;
  }
  readOptions(options); // what cannot work leaves nothing behind
  endInTime(0, () => process.stderr.write('Something hung and was cut off.\n'));
  const ended = asked();
  const complete = await withToken(options);
  const companion = start(complete);
  let served: Served | undefined;
  try {
    await Promise.race([
      companion.started,
      companion.waits,
      wait(QUICK_START_MS, undefined, { ref: false }),
      ended,
    ]);
    served = await serve(companion, { port, host, connections, grace: SERVE_GRACE_MS }).catch(
      (cause: unknown) => {
        throw cannotListen(cause, host, port);
      },
    );
    process.stderr.write(`The companion answers at ${served.origin}\n`);
    if (complete.token !== options.token)
      process.stderr.write(`The owner’s token is in ${join(options.data ?? 'booking-data', 'token')}\n`);
    // A start that fails for good, such as with a wrong password, ends the command.
    await Promise.race([ended, companion.started.then(() => ended)]);
  } finally {
    await (served ? served.stop() : companion.close());
  }
}
