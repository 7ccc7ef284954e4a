import type { Logger } from 'pino';
import { REFUSAL_LOG_MS } from '../durations.js';
import type { ProviderName } from '../upstreams/upstream.js';

interface Line {
  at: number;
  refused: number;
}

/** Logs refused deliveries: the first of a reason at once, and then one line a minute with their number. */
export class RefusalLog {
  readonly #log: Pick<Logger, 'warn'>;
  readonly #now: () => number;
  readonly #lines = new Map<string, Line>();

  /** @param now by a monotonic clock, in milliseconds */
  constructor(log: Pick<Logger, 'warn'>, now = () => performance.now()) {
    this.#log = log;
    this.#now = now;
  }

  add(provider: ProviderName, code: string): void {
    const now = this.#now();
    const line = this.#lines.get(`${provider} ${code}`) ?? { at: -Infinity, refused: 0 };
    this.#lines.set(`${provider} ${code}`, line);
    line.refused++;
    if (now - line.at < REFUSAL_LOG_MS) return;
    this.#log.warn({ provider, code, refused: line.refused }, 'a delivery was refused');
    line.at = now;
    line.refused = 0;
  }
}
