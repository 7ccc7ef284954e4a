import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Milliseconds between two reads while they fail again and again. */
const MAX_BACK_OFF = 300_000;

/** The parts of the platform that a test replaces. */
export interface PollingPlatform {
  readonly page: Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>;
  /** Runs `work` once after `ms`, unless the returned function is called before. */
  readonly schedule: (work: () => void, ms: number) => () => void;
}

const browser: PollingPlatform = {
  page: document,
  schedule(work, ms) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};

export interface PollingOptions<Value> {
  readonly read: (signal: AbortSignal) => Promise<Value>;
  /** Milliseconds from one result to the next read. */
  readonly interval: () => number;
  /** A failure after which another read is of no use. */
  readonly isFinal?: (cause: unknown) => boolean;
}

/**
 * Reads a value again and again while its host is connected and its page is visible. Every further failure doubles the
 * interval. `value` keeps the last result while `failure` holds why the latest read failed.
 */
export class PollingController<Value> implements ReactiveController {
  value: Value | undefined;
  failure: unknown;
  readonly #host: ReactiveControllerHost;
  readonly #options: PollingOptions<Value>;
  readonly #platform: PollingPlatform;
  #failures = 0;
  #reading: AbortController | undefined;
  #cancelNext = (): void => undefined;

  constructor(
    host: ReactiveControllerHost,
    options: PollingOptions<Value>,
    platform: PollingPlatform = browser,
  ) {
    this.#host = host;
    this.#options = options;
    this.#platform = platform;
    host.addController(this);
  }

  hostConnected(): void {
    this.#platform.page.addEventListener('visibilitychange', this.#visibilityChanged);
    this.refresh();
  }

  hostDisconnected(): void {
    this.#platform.page.removeEventListener('visibilitychange', this.#visibilityChanged);
    this.#cancelNext();
    this.#reading?.abort();
    this.#reading = undefined;
  }

  /** Reads now; a read under way is aborted. */
  refresh(): void {
    this.#cancelNext();
    this.#reading?.abort();
    const reading = (this.#reading = new AbortController());
    void this.#read(reading.signal);
  }

  readonly #visibilityChanged = (): void => {
    if (this.#platform.page.hidden) this.#cancelNext();
    else this.refresh();
  };

  async #read(signal: AbortSignal): Promise<void> {
    try {
      const value = await this.#options.read(signal);
      if (signal.aborted) return;
      this.value = value;
      this.failure = undefined;
      this.#failures = 0;
    } catch (cause) {
      if (signal.aborted) return;
      this.failure = cause;
      this.#failures++;
    }
    this.#host.requestUpdate();
    if (this.#platform.page.hidden || this.#options.isFinal?.(this.failure)) return;
    const interval = this.#options.interval() * 2 ** this.#failures;
    const pause = this.#failures > 0 ? Math.min(interval, MAX_BACK_OFF) : interval;
    this.#cancelNext = this.#platform.schedule(() => this.refresh(), pause);
  }
}
