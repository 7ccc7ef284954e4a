import { pino, type Logger } from 'pino';
import type { Settings } from './options.js';
import { logLimit } from './log-limit.js';

/** JSON lines, only so many of a kind in a minute. Secrets that an error carries along do not get into them. */
export const openLog = (log: Settings['log'], write?: { write(line: string): void }): Logger => {
  if (typeof log !== 'string') return log;
  const options = {
    name: 'booking-widget',
    level: log,
    base: null,
    redact: ['*.headers.authorization', '*.authorization', '*.token', '*.key'],
    hooks: { logMethod: logLimit() },
  };
  return write ? pino(options, write) : pino(options);
};
