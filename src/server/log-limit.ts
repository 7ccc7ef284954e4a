import type { LogFn, Logger } from 'pino';
import { MINUTE_MS } from '../scheduling/durations.js';

/** Max. lines with the same text in a minute. */
const MAX_LINES = 10;

/** Texts that are counted at once. */
const MAX_TEXTS = 500;

/** `debug` is for somebody who looks on. */
const INFO = 30;

interface Count {
  since: number;
  lines: number;
}

type LogMethod = (this: Logger, args: Parameters<LogFn>, method: LogFn, level: number) => void;

/**
 * For pino's `hooks.logMethod`: passes the first lines of a text in each minute. The first line of the next minute says, as
 * `suppressed`, how many were left out.
 */
export function logLimit(now: () => number = () => performance.now()): LogMethod {
  const counts = new Map<string, Count>();
  return function (args, method, level) {
    const [first, second] = args as unknown as [unknown, unknown];
    const text = typeof first === 'string' ? first : typeof second === 'string' ? second : undefined;
    if (level < INFO || text === undefined) {
      method.apply(this, args);
      return;
    }
    const known = counts.get(text);
    if (known && now() - known.since < MINUTE_MS) {
      if (++known.lines <= MAX_LINES) method.apply(this, args);
      return;
    }
    const suppressed = Math.max(0, (known?.lines ?? 0) - MAX_LINES);
    if (counts.size >= MAX_TEXTS) counts.clear();
    counts.set(text, { since: now(), lines: 1 });
    if (suppressed === 0) method.apply(this, args);
    else if (typeof first === 'string') method.call(this, { suppressed }, first);
    else method.call(this, { ...(first as object), suppressed }, text);
  };
}
