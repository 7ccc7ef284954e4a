import { STORE_FAILING_LOOK_MS, STORE_LOOK_MS, STORE_TIMEOUT_MS } from '../durations.js';
import { storeFailureOf, type StoreFailure } from '../store-failure.js';
import type { Store } from './store.js';
import { unref } from '../timers.js';

/** Whether something can be stored, as the last try has it. */
export interface StoreState {
  readonly isUsable: boolean;
  readonly failure?: StoreFailure | 'unknown';
  /** Milliseconds since 1970 by this machine's clock: when it became so. */
  readonly since: number;
}

interface MonitorOptions {
  readonly store: Pick<Store, 'probe'>;
  readonly onChange: (state: StoreState, cause?: unknown) => void;
  readonly every?: number;
  readonly everyWhileFailing?: number;
}

export interface StoreMonitor {
  state(): StoreState;
  /** Tries at once. */
  check(): Promise<StoreState>;
  /** A try is under way: `state` may be about to change. */
  isChecking(): boolean;
  start(): void;
  stop(): void;
}

/** Tries now and then whether the store can be written, so that nobody has to wait to learn that it cannot. */
export function monitorStore({
  store,
  onChange,
  every = STORE_LOOK_MS,
  everyWhileFailing = STORE_FAILING_LOOK_MS,
}: MonitorOptions): StoreMonitor {
  let state: StoreState = { isUsable: true, since: Date.now() };
  let timer: NodeJS.Timeout | undefined;
  let isStopped = true;
  let checking: Promise<StoreState> | undefined;

  function change(next: Omit<StoreState, 'since'>, cause?: unknown): void {
    if (next.isUsable === state.isUsable && next.failure === state.failure) return;
    state = { ...next, since: next.isUsable === state.isUsable ? state.since : Date.now() };
    onChange(state, cause);
  }

  async function tryIt(): Promise<StoreState> {
    let late: NodeJS.Timeout | undefined;
    // The state changes as soon as an answer is late; the next try begins when this one is over.
    const trying = store.probe().then(
      () => change({ isUsable: true }),
      (cause: unknown) => change({ isUsable: false, failure: storeFailureOf(cause) ?? 'unknown' }, cause),
    );
    const lateness = new Promise<void>((resolve) => {
      late = setTimeout(() => {
        change({ isUsable: false, failure: 'busy' }, new Error(`no answer within ${STORE_TIMEOUT_MS} ms`));
        resolve();
      }, STORE_TIMEOUT_MS);
    });
    await Promise.race([trying, lateness]);
    clearTimeout(late);
    return state;
  }

  const check = (): Promise<StoreState> => (checking ??= tryIt().finally(() => (checking = undefined)));

  function schedule(): void {
    if (isStopped) return;
    timer = setTimeout(() => void check().then(schedule), state.isUsable ? every : everyWhileFailing);
    unref(timer);
  }

  return {
    state: () => state,
    check,
    isChecking: () => checking !== undefined,
    start() {
      if (!isStopped) return;
      isStopped = false;
      schedule();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
