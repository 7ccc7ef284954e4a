import type { Context, Feature } from '../feature.js';
import { unref } from '../timers.js';

/** How often counts of answers are stored, and old ones removed, in milliseconds. */
const FLUSH = 10_000;
const FORGET = 3_600_000;

/** Stores how requests for slots were answered. */
export function answersFeature({ answers, log }: Pick<Context, 'answers' | 'log'>): Feature {
  const timers: NodeJS.Timeout[] = [];
  const attempt = (work: () => Promise<void>): Promise<void> =>
    work().catch((cause: unknown) => log.warn({ err: cause }, 'answers cannot be counted'));
  return {
    name: 'answers',
    start() {
      timers.push(
        setInterval(() => void attempt(() => answers.flush()), FLUSH),
        setInterval(() => void attempt(() => answers.forget()), FORGET),
      );
      for (const timer of timers) unref(timer);
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await attempt(() => answers.flush());
    },
  };
}
