import type { Context } from './feature.js';
import { AnswerTallies } from './availability/answer-tallies.js';
import { loadNodeRuntime } from './load-node-runtime.js';
import { openLog } from './log.js';
import { reportErrors } from './report-errors.js';
import { readOptions, type CompanionOptions } from './options.js';
import { openBus } from './store/bus.js';
import { MIGRATIONS } from './migrations.js';
import { migrate } from './store/migrate.js';
import { monitorStore } from './store/store-monitor.js';
import { stopAll } from './deadline.js';
import type { Runtime } from './runtime.js';
import { openUpstreams } from './upstreams/open-upstreams.js';

/** Milliseconds in which one part, and all together, have to be closed. */
const STOP = { each: 500, all: 1000 };

export interface OpenContext extends Context {
  /** Streams end; what is asked is still answered. */
  drain(): void;
  /** Whatever waits, stops waiting, and the store is closed. Twice is fine. */
  close(): Promise<void>;
}

/**
 * Everything that features and commands work with. Throws `BadOptions`, or what the store says, when it cannot work as
 * configured.
 */
export async function openContext(options: CompanionOptions, given?: Runtime): Promise<OpenContext> {
  const settings = readOptions(options);
  const log = reportErrors(openLog(settings.log), settings.onError);
  const warn = (what: string, cause: unknown): void => log.warn({ err: cause }, what);
  const runtime = given ?? (await loadNodeRuntime());
  const store = await runtime.openStore(settings, warn);
  try {
    await migrate(store, MIGRATIONS);
    const bus = await openBus(store, warn);
    const storeMonitor = monitorStore({
      store,
      onChange({ isUsable, failure }, cause) {
        if (isUsable) log.warn('the store works again');
        else log.error({ failure, err: cause }, 'the store cannot be used');
      },
    });
    const draining = new AbortController();
    const closing = new AbortController();
    const shared = { store, storeMonitor, log, now: () => store.now(), closing: closing.signal };
    const upstreams = await openUpstreams(shared, settings.upstreams, runtime.openConnections());
    const drain = (): void => draining.abort();
    let closed: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      drain();
      closing.abort();
      await stopAll(
        [
          { name: 'store monitor', stop: () => storeMonitor.stop() },
          { name: 'bus', stop: () => bus.close() },
          { name: 'upstreams', stop: () => upstreams.close() },
          { name: 'store', stop: () => store.close() },
        ],
        {
          ...STOP,
          warn: (name, cause) => log.warn({ part: name, err: cause }, 'a part could not be closed'),
        },
      );
    };
    return {
      ...shared,
      settings,
      runtime,
      bus,
      upstreams,
      answers: new AnswerTallies(store),
      instance: crypto.randomUUID(),
      draining: draining.signal,
      drain,
      close: () => (closed ??= close()),
    };
  } catch (cause) {
    await store.close();
    throw cause;
  }
}
