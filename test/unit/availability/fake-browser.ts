import type { Action, TimesState } from '../../../src/widget/widget-state.js';
import { initialState, reduce, type WidgetState } from '../../../src/widget/widget-state.js';
import {
  availabilityController,
  type AvailabilityController,
  type TimesQuery,
} from '../../../src/widget/availability/availability-controller.js';
import type { AvailabilityCache } from '../../../src/widget/availability/availability-cache.js';
import type { KnownTimes } from '../../../src/widget/availability/known-times.js';
import {
  sharedTimes,
  type SharedTimes,
  type TimesEdges,
} from '../../../src/widget/availability/shared-times.js';
import type { Provider } from '../../../src/widget/providers/provider.js';

/** Lets everything that waits for nothing but promises happen. */
export const settled = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });

/** A clock that stands still until it is told to go. */
export class FakeClock {
  #timers = new Map<number, { at: number; call: () => void }>();
  #count = 0;
  /** Time that passes, which a change of the date does not affect. */
  #elapsed = 0;
  constructor(public now: number) {}

  readonly later = (ms: number, call: () => void) => {
    const id = ++this.#count;
    this.#timers.set(id, { at: this.#elapsed + ms, call });
    return () => {
      this.#timers.delete(id);
    };
  };

  /** How many timers run that are due within so many milliseconds. */
  timers(within = Infinity): number {
    return [...this.#timers.values()].filter(({ at }) => at <= this.#elapsed + within).length;
  }

  async advance(ms: number): Promise<void> {
    await settled();
    const end = this.#elapsed + ms;
    for (;;) {
      const due = [...this.#timers]
        .filter(([, { at }]) => at <= end)
        .sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];
      if (!due) break;
      const [id, { at, call }] = due;
      this.#timers.delete(id);
      this.now += Math.max(0, at - this.#elapsed);
      this.#elapsed = Math.max(this.#elapsed, at);
      call();
      await settled();
    }
    this.now += end - this.#elapsed;
    this.#elapsed = end;
    await settled();
  }
}

/** As `navigator.locks`: one holder at a time, first come, first served. */
export class FakeLocks {
  #held = new Map<string, { queue: (() => void)[] }>();

  readonly request = (async (name: string, options: LockOptions, call: (lock: Lock | null) => unknown) => {
    await Promise.resolve();
    const held = this.#held.get(name);
    if (held && options.ifAvailable) return call(null);
    if (held)
      await new Promise<void>((resolve, reject) => {
        held.queue.push(resolve);
        options.signal?.addEventListener('abort', () => {
          held.queue = held.queue.filter((waiting) => waiting !== resolve);
          reject(new DOMException('Called off', 'AbortError'));
        });
      });
    else this.#held.set(name, { queue: [] });
    try {
      return await call({ name, mode: 'exclusive' });
    } finally {
      this.free(name);
    }
  }) as LockManager['request'];

  /** Gives the lock to the next in line: also what the browser does when a tab dies. */
  free(name: string): void {
    const held = this.#held.get(name);
    const next = held?.queue.shift();
    if (next) next();
    else this.#held.delete(name);
  }

  get names(): string[] {
    return [...this.#held.keys()];
  }
}

type Handler = (request: { url: URL; count: number }) => Response | Promise<Response>;

/** As a `Response`, except that its body is there at once: real ones take their time, which nothing here waits for. */
export const reply = (body: string, status = 200, headers: Record<string, string> = {}): Response =>
  ({
    ok: status < 300,
    status,
    headers: new Headers(headers),
    json: () => Promise.resolve(body).then((text): unknown => JSON.parse(text)),
  }) as Response;

export const json = (body: unknown): Response => reply(JSON.stringify(body));

/** Times on the hour, 9 to 16 UTC, on every day of the range. */
export function hourlySlots(start: string, end: string, hours: readonly number[] = [9, 10, 11, 14, 15, 16]) {
  const slots: { start: string }[] = [];
  for (let day = Date.parse(start.slice(0, 10)); day < Date.parse(end); day += 86_400_000)
    for (const hour of hours) {
      const at = day + hour * 3_600_000;
      if (at >= Date.parse(start) && at < Date.parse(end)) slots.push({ start: new Date(at).toISOString() });
    }
  return slots;
}

/** The scheduling API, with a counter. */
export class FakeApi {
  readonly requests: URL[] = [];
  /** Milliseconds until an answer comes. */
  delay = 0;
  handler: Handler = ({ url }) =>
    json(hourlySlots(url.searchParams.get('start') ?? '', url.searchParams.get('end') ?? ''));

  readonly fetch =
    (clock: FakeClock) =>
    async (address: string, { signal }: RequestInit): Promise<Response> => {
      const url = new URL(address);
      this.requests.push(url);
      const count = this.requests.length;
      if (this.delay)
        await new Promise<void>((resolve, reject) => {
          clock.later(this.delay, resolve);
          signal?.addEventListener('abort', () => {
            reject(new DOMException('Aborted', 'AbortError'));
          });
        });
      return this.handler({ url, count });
    };
}

export const provider: Provider = {
  id: 'test',
  name: 'Test',
  capabilities: {
    ready: 'message',
    height: 'message',
    booked: 'documented',
    deepLink: 'slot',
    prefill: 'url',
    framing: 'yes',
    availability: 'browser',
  },
  height: { min: 0, max: 1000 },
  allow: '',
  canonical: (page) => page.origin + page.pathname,
  frameUrl: ({ page }) => page,
  pageUrl: ({ page }) => page,
  read: () => null,
  respond: () => [],
  slotsRequest: ({ page, start, end, timeZone }) => ({
    url: `https://api.example/slots?${new URLSearchParams({ page: page.pathname, start, end, timeZone }).toString()}`,
    headers: { 'api-version': '1' },
  }),
  readSlots: (body) => (Array.isArray(body) ? (body as { start: string }[]) : null),
};

export const query = (path = '/acme/30min', more: Partial<TimesQuery> = {}): TimesQuery => ({
  provider,
  page: new URL(path, 'https://schedule.example'),
  api: '',
  companion: '',
  timeZone: 'Europe/Berlin',
  ...more,
});

/** A widget as far as times go: the real controller and the real reducer. */
export class FakeWidget {
  state: WidgetState = reduce(initialState, { type: 'load' });
  readonly actions: Action[] = [];
  readonly controller: AvailabilityController;

  constructor(times: SharedTimes) {
    this.controller = availabilityController((action) => {
      this.actions.push(action);
      this.state = reduce(this.state, action);
    }, times);
  }

  load(what: TimesQuery = query()): this {
    this.controller.load(what, this.state.loadId);
    return this;
  }

  get times(): TimesState {
    return this.state.times;
  }

  /** The types of the actions so far, and forgets them. */
  heard(): string[] {
    return this.actions.splice(0).map(({ type }) => type.replace('times-', ''));
  }

  get starts(): string[] {
    return this.times.known?.slots.map(({ start }) => start) ?? [];
  }
}

class FakeTab {
  hidden = false;
  readonly page = new EventTarget();
  readonly times: SharedTimes;
  readonly edges: TimesEdges;

  constructor(readonly browser: FakeBrowser) {
    const { clock, api } = browser;
    this.edges = {
      now: () => clock.now,
      later: clock.later,
      random: () => 0.5,
      fetch: api.fetch(clock),
      online: () => browser.online,
      hidden: () => this.hidden,
      page: this.page,
      cache: browser.cache,
      notes: () => browser.notes(this),
      locks: browser.locks,
      channel: () => browser.channel(),
    };
    this.times = sharedTimes(this.edges);
  }

  widget(): FakeWidget {
    return new FakeWidget(this.times);
  }

  fire(type: string, persisted = true): void {
    this.page.dispatchEvent(Object.assign(new Event(type), { persisted }));
  }

  hide(): void {
    this.hidden = true;
    this.fire('visibilitychange');
  }

  see(): void {
    this.hidden = false;
    this.fire('visibilitychange');
  }
}

/** One browser with tabs that share storage, locks and a channel. */
export class FakeBrowser {
  online = true;
  locks: FakeLocks | undefined = new FakeLocks();
  readonly stored = new Map<string, readonly KnownTimes[]>();
  text: string | null = null;
  /** How many times storage was read, and what holds its answers up. */
  reads = 0;
  storage: Promise<void> = Promise.resolve();
  readonly #channels = new Set<{ onmessage?: (event: { data: unknown }) => void }>();

  constructor(
    readonly clock: FakeClock,
    readonly api = new FakeApi(),
  ) {}

  /** What a tab writes reaches the others' processes after so many milliseconds. */
  lag = 0;
  readonly #written: { tab: FakeTab; at: number; text: string }[] = [];

  notes(tab: FakeTab): ReturnType<TimesEdges['notes']> {
    const { now } = this.clock;
    return {
      getItem: () =>
        this.lag
          ? (this.#written.filter((note) => note.tab === tab || note.at + this.lag <= now).pop()?.text ??
            null)
          : this.text,
      setItem: (_, text) => {
        this.#written.push({ tab, at: now, text });
        this.text = text;
      },
    };
  }

  cache: AvailabilityCache = {
    read: async (key) => {
      this.reads++;
      await this.storage;
      return [...(this.stored.get(key) ?? [])];
    },
    change: async (key, change) => {
      await this.storage;
      this.stored.set(key, change([...(this.stored.get(key) ?? [])]));
    },
  };

  channel(): BroadcastChannel {
    const mine: { onmessage?: (event: { data: unknown }) => void } = {};
    this.#channels.add(mine);
    const channel = Object.assign(mine, {
      postMessage: (data: unknown) => {
        for (const other of this.#channels)
          if (other !== mine) other.onmessage?.({ data: structuredClone(data) });
      },
      close: () => {
        this.#channels.delete(mine);
      },
    });
    return channel as unknown as BroadcastChannel;
  }

  get channels(): number {
    return this.#channels.size;
  }

  tab(): FakeTab {
    return new FakeTab(this);
  }
}
