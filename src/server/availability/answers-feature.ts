import { ANSWERS_FLUSH_MS, ANSWERS_FORGET_MS } from '../durations.js';
import type { Context, Feature } from '../feature.js';
import { unref } from '../timers.js';

/** Stores how requests for slots were answered. */
export function answersFeature({ answers, log }: Pick<Context, 'answers' | 'log'>): Feature {
  const timers: NodeJS.Timeout[] = [];
  const attempt = (work: () => Promise<void>): Promise<void> =>
    work().catch((cause: unknown) => log.warn({ err: cause }, 'answers cannot be counted'));
  return {
    name: 'answers',
    start() {
      timers.push(
        setInterval(() => void attempt(() => answers.flush()), ANSWERS_FLUSH_MS),
        setInterval(() => void attempt(() => answers.forget()), ANSWERS_FORGET_MS),
      );
      for (const timer of timers) unref(timer);
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await attempt(() => answers.flush());
    },
  };
}
