/** The event types of a page: by key, the names that the page has for it. */
export type Wanted = ReadonlyMap<string, readonly string[]>;

export interface Listener {
  readonly wanted: Wanted;
  readonly client: string;
  /** Sends a piece of the stream; false when the page does not read what it is sent. */
  send(piece: Uint8Array): boolean;
  /** Ends the stream. */
  end(): void;
}

interface Limits {
  readonly connections: number;
  readonly perClient: number;
}

/** Heartbeats are given out second by second, so that thousands of pages are never written to at once. */
const BEATS = 25;

/** All pages that listen to this instance, found by event type. */
export class Listeners {
  readonly #limits: Limits;
  readonly #all = new Set<Listener>();
  readonly #byKey = new Map<string, Set<Listener>>();
  readonly #byClient = new Map<string, number>();
  readonly #beats: readonly Set<Listener>[] = Array.from({ length: BEATS }, () => new Set());
  #next = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  get count(): number {
    return this.#all.size;
  }

  /** Which limit one more of this client would break. */
  objection(client: string): 'connections' | 'perClient' | null {
    const { connections, perClient } = this.#limits;
    if (this.#all.size >= connections) return 'connections';
    return (this.#byClient.get(client) ?? 0) >= perClient ? 'perClient' : null;
  }

  add(listener: Listener): void {
    const { client, wanted } = listener;
    this.#all.add(listener);
    this.#byClient.set(client, (this.#byClient.get(client) ?? 0) + 1);
    for (const key of wanted.keys()) this.#byKey.set(key, (this.#byKey.get(key) ?? new Set()).add(listener));
    // Where the beat has just been, so that the first one comes when it is due.
    this.#beats[(this.#next + BEATS - 1) % BEATS]?.add(listener);
  }

  /** Twice is fine. */
  remove(listener: Listener): void {
    if (!this.#all.delete(listener)) return;
    const { client, wanted } = listener;
    const left = (this.#byClient.get(client) ?? 1) - 1;
    if (left > 0) this.#byClient.set(client, left);
    else this.#byClient.delete(client);
    for (const key of wanted.keys()) {
      const listening = this.#byKey.get(key);
      listening?.delete(listener);
      if (listening?.size === 0) this.#byKey.delete(key);
    }
    for (const beat of this.#beats) beat.delete(listener);
  }

  /** All listeners of any of these event types, each once. */
  of(keys: readonly string[]): Iterable<Listener> {
    const [only] = keys;
    if (keys.length === 1 && only !== undefined) return [...(this.#byKey.get(only) ?? [])];
    return new Set(keys.flatMap((key) => [...(this.#byKey.get(key) ?? [])]));
  }

  /** Those whose turn it is; to be called every second. */
  beat(): Iterable<Listener> {
    const due = this.#beats[this.#next] ?? new Set();
    this.#next = (this.#next + 1) % BEATS;
    return [...due];
  }

  endAll(): void {
    for (const listener of [...this.#all]) listener.end();
  }
}
