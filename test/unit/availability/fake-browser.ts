import { reduce } from '../../../src/widget/state/reduce.js';
import type { WidgetEvent } from '../../../src/widget/state/events.js';
import type { SlotsState, WidgetState } from '../../../src/widget/state/state.js';
import { BEGUN, stateAfter } from '../../helpers/widget-state.js';
import {
  availabilityController,
  type AvailabilityController,
  type AvailabilityQuery,
} from '../../../src/widget/availability/availability-controller.js';
import type { AvailabilityCache } from '../../../src/widget/availability/availability-cache.js';
import type { KnownSlots } from '../../../src/widget/availability/known-slots.js';
import {
  sharedSlots,
  type SharedSlots,
  type SlotsPlatform,
} from '../../../src/widget/availability/shared-slots.js';
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

/** A clock that stands still until a test advances it. */
export class FakeClock {
  #timers = new Map<number, { at: number; call: () => void }>();
  #count = 0;
  /** Time that passes, which a change of the date does not affect. */
  #elapsed = 0;
  constructor(public now: number) {}

  readonly startTimer = (ms: number, call: () => void) => {
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
          reject(new DOMException('Aborted', 'AbortError'));
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
          clock.startTimer(this.delay, resolve);
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
  slots: {
    request: ({ page, start, end, timeZone }) => ({
      url: `https://api.example/slots?${new URLSearchParams({ page: page.pathname, start, end, timeZone }).toString()}`,
      headers: { 'api-version': '1' },
    }),
    read: (body) => (Array.isArray(body) ? (body as { start: string }[]) : null),
  },
};

export const query = (path = '/acme/30min', more: Partial<AvailabilityQuery> = {}): AvailabilityQuery => ({
  provider,
  page: new URL(path, 'https://schedule.example'),
  api: '',
  companion: '',
  timeZone: 'Europe/Berlin',
  ...more,
});

/** A widget as far as slots go: the real controller and the real reducer. */
export class FakeWidget {
  state: WidgetState = stateAfter(...BEGUN);
  readonly events: WidgetEvent[] = [];
  readonly controller: AvailabilityController;

  constructor(slots: SharedSlots) {
    this.controller = availabilityController((event) => {
      this.events.push(event);
      this.state = reduce(this.state, event);
    }, slots);
  }

  load(what: AvailabilityQuery = query()): this {
    this.controller.load(what);
    return this;
  }

  get slots(): SlotsState {
    return this.state.slots;
  }

  /** The types of the events since the last call. */
  newEvents(): string[] {
    return this.events.splice(0).map(({ type }) => type.replace('slots-', ''));
  }

  get starts(): string[] {
    return this.slots.known?.slots.map(({ start }) => start) ?? [];
  }
}

class FakeTab {
  hidden = false;
  readonly page = new EventTarget();
  readonly times: SharedSlots;
  readonly platform: SlotsPlatform;

  constructor(readonly browser: FakeBrowser) {
    const { clock, api } = browser;
    this.platform = {
      now: () => clock.now,
      startTimer: clock.startTimer,
      random: () => 0.5,
      fetch: api.fetch(clock),
      online: () => browser.online,
      hidden: () => this.hidden,
      page: this.page,
      cache: browser.cache,
      storage: browser.localStore(this),
      locks: browser.locks,
      openChannel: () => browser.channel(),
    };
    this.times = sharedSlots(this.platform);
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
  readonly stored = new Map<string, readonly KnownSlots[]>();
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

  localStore(tab: FakeTab): SlotsPlatform['storage'] {
    const { clock } = this;
    return {
      get: () =>
        this.lag
          ? (this.#written.filter((write) => write.tab === tab || write.at + this.lag <= clock.now).pop()
              ?.text ?? null)
          : this.text,
      set: (_, text) => {
        this.#written.push({ tab, at: clock.now, text });
        this.text = text;
        return true;
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
