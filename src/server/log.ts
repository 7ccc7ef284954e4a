import { pino, type Logger } from 'pino';
import type { Settings } from './options.js';

/** JSON lines. Secrets that an error carries along do not get into them. */
export const openLog = (log: Settings['log']): Logger =>
  typeof log === 'string'
    ? pino({
        name: 'booking-widget',
        level: log,
        base: null,
        redact: ['*.headers.authorization', '*.authorization', '*.token', '*.key'],
      })
    : log;
