import { loadChunk } from '../load-chunk.js';
import { reportInternalError } from '../report-internal-error.js';
import type { ObservedHost, Observer, Occurrence } from './observer.js';
import { OBSERVERS, type ObserverEntry } from './observers.js';

interface Running {
  readonly key: string;
  observer: Observer | undefined;
  isStopped: boolean;
  /** Its chunk did not come. */
  hasFailed: boolean;
}

/**
 * Starts and stops the observers of one widget as its options ask for them. An observer that starts late is given the
 * events of the present load first, so that it knows what it would have known. What it throws disturbs nobody else.
 */
export class ObserverHost {
  private history: Occurrence[];
  private readonly running = new Map<ObserverEntry, Running>();

  /** @param history the events of the present load so far */
  constructor(
    private readonly host: ObservedHost,
    history: readonly Occurrence[],
    private readonly entries = OBSERVERS,
  ) {
    this.history = [...history];
    host.store.subscribe((event, state, before, at) => this.receive({ event, state, before, at }));
    const last = history.at(-1);
    if (last) for (const entry of entries) this.update(entry, last);
  }

  private receive(occurrence: Occurrence): void {
    if (occurrence.event.type === 'load') this.history = [];
    this.history.push(occurrence);
    for (const { observer } of this.running.values()) this.notify(observer, occurrence);
    for (const entry of this.entries) this.update(entry, occurrence);
  }

  private update(entry: ObserverEntry, { event, state }: Occurrence): void {
    const key = event.type === 'unload' || state.source.status === 'none' ? null : entry.wanted(state);
    let running = this.running.get(entry);
    if (event.type === 'load' && running?.hasFailed) {
      this.running.delete(entry);
      running = undefined;
    }
    if ((running?.key ?? null) === key) return;
    if (running) this.stop(entry, running);
    if (key !== null) void this.start(entry, key);
  }

  private async start(entry: ObserverEntry, key: string): Promise<void> {
    const running: Running = { key, observer: undefined, isStopped: false, hasFailed: false };
    this.running.set(entry, running);
    try {
      const create = typeof entry.create === 'function' ? entry.create : await loadChunk(entry.create.load);
      if (running.isStopped) return;
      const observer = create(this.host);
      for (const occurrence of this.history) this.notify(observer, occurrence);
      running.observer = observer;
    } catch (cause) {
      // Its chunk is asked for again with the next load: a failure must not be tried with every event.
      running.hasFailed = true;
      reportInternalError(cause);
    }
  }

  private stop(entry: ObserverEntry, running: Running): void {
    running.isStopped = true;
    this.running.delete(entry);
    try {
      running.observer?.stop?.();
    } catch (cause) {
      reportInternalError(cause);
    }
  }

  private notify(observer: Observer | undefined, occurrence: Occurrence): void {
    try {
      observer?.onEvent(occurrence);
    } catch (cause) {
      reportInternalError(cause);
    }
  }
}
