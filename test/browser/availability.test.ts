import { expect, waitUntil } from '@open-wc/testing';
import { clear, createStore, entries, get, set } from 'idb-keyval';
import { availabilityCache } from '../../src/widget/availability/availability-cache.js';
import type * as Engine from '../../src/widget/availability/availability-controller.js';
import type { KnownTimes } from '../../src/widget/availability/known-times.js';
import { alone } from '../../src/widget/availability/single-flight.js';
import type { Provider } from '../../src/widget/providers/provider.js';
import { initialState, reduce, type Action } from '../../src/widget/widget-state.js';

/*
 * The engine in a real browser: its storage, its locks, its channel. A frame of the same origin is to the engine what a
 * tab is: a page of its own with modules of its own. Only `fetch` is not the browser's.
 */

const ENGINE = new URL('../../src/widget/availability/availability-controller.ts', import.meta.url).href;
const HOUR = 3_600_000;

interface TabWindow extends Window {
  engine?: typeof Engine;
  fetch: typeof fetch;
  indexedDB: IDBFactory;
  Response: typeof Response;
  IDBObjectStore: typeof IDBObjectStore;
}

/** A scheduling API that no other test asks, with a counter. */
class Api {
  static #count = 0;
  readonly host = `api-${++Api.#count}-${Date.now()}.example`;
  readonly requests: string[] = [];
  /** Answers are held back while this is pending. */
  open: Promise<void> = Promise.resolve();
  status = 200;
  starts = [30, 54, 78, 102, 126].map((hours) => new Date(Date.now() + hours * HOUR).toISOString());

  get provider(): Provider {
    return {
      id: 'test',
      name: 'Test',
      capabilities: {
        ready: 'load',
        height: 'fixed',
        booked: 'none',
        deepLink: 'none',
        prefill: 'none',
        framing: 'yes',
        availability: 'browser',
      },
      height: { min: 0, max: 1 },
      allow: '',
      canonical: (page) => page.href,
      frameUrl: ({ page }) => page,
      pageUrl: ({ page }) => page,
      read: () => null,
      respond: () => [],
      slotsRequest: ({ start }) => ({ url: `https://${this.host}/slots?start=${start}`, headers: {} }),
      readSlots: (body) => (Array.isArray(body) ? body.map(String).map((start) => ({ start })) : null),
    };
  }

  query(path = ''): Engine.TimesQuery {
    const page = new URL(`https://${this.host}/${path}`);
    return { provider: this.provider, page, api: '', companion: '', timeZone: 'Europe/Berlin' };
  }

  readonly fetch =
    (window: TabWindow) =>
    async (url: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
      this.requests.push(String(url));
      await Promise.race([
        this.open,
        new Promise((_, reject) => {
          init?.signal?.addEventListener('abort', () => {
            reject(new DOMException('Aborted', 'AbortError'));
          });
        }),
      ]);
      return new window.Response(JSON.stringify(this.starts), { status: this.status });
    };
}

const frames: HTMLIFrameElement[] = [];
const controllers: Engine.AvailabilityController[] = [];

/** Opens a tab whose network is `api`. */
async function openTab(api: Api) {
  const frame = document.createElement('iframe');
  frames.push(frame);
  const ready = new Promise((resolve) => {
    frame.onload = resolve;
  });
  frame.srcdoc = `<script type="module">import * as engine from ${JSON.stringify(ENGINE)}; window.engine = engine;</script>`;
  document.body.append(frame);
  await ready;
  const window = frame.contentWindow as unknown as TabWindow;
  await waitUntil(() => window.engine, 'the engine is there');
  window.fetch = api.fetch(window);
  return {
    window,
    widget(path?: string) {
      if (!window.engine) throw new Error('there is no engine');
      const widget = { state: reduce(initialState, { type: 'load' }), heard: [] as Action['type'][] };
      const controller = window.engine.availabilityController((action) => {
        widget.heard.push(action.type);
        widget.state = reduce(widget.state, action);
      });
      controllers.push(controller);
      controller.load(api.query(path), widget.state.loadId);
      return Object.assign(widget, { controller });
    },
    close: () => {
      frame.remove();
    },
  };
}

const isSettled = ({ state }: { state: ReturnType<typeof reduce> }) =>
  state.times.asking === 'idle' && !!state.times.known;
const store = () => createStore('booking-widget', 'keyval');
const real = (ms: number, call: () => void) => {
  const timer = setTimeout(call, ms);
  return () => {
    clearTimeout(timer);
  };
};

describe('availability in a browser', () => {
  afterEach(() => {
    for (const controller of controllers.splice(0)) controller.stop();
    for (const frame of frames.splice(0)) frame.remove();
  });

  it('50 widgets in each of 10 tabs send one request, and one more when it is no longer fresh', async () => {
    const api = new Api();
    const tabs = await Promise.all(Array.from({ length: 10 }, () => openTab(api)));
    const widgets = tabs.flatMap((tab) => Array.from({ length: 50 }, () => tab.widget()));
    await waitUntil(() => widgets.every(isSettled), 'every widget has times', { timeout: 10_000 });
    expect(api.requests).to.have.lengthOf(1);
    for (const { state } of widgets) expect(state.times.known?.slots).to.have.lengthOf(5);

    const late = (await openTab(api)).widget();
    await waitUntil(() => isSettled(late));
    expect(late.heard).to.deep.equal(['times-cached']);
    expect(api.requests).to.have.lengthOf(1);

    for (const { controller } of widgets) controller.refresh();
    await waitUntil(() => widgets.every(isSettled), 'every widget has news', { timeout: 10_000 });
    expect(api.requests.length).to.be.at.most(10); // each tab was told to ask anew
  });

  it('a tab that dies over the request does not block the others', async () => {
    const api = new Api();
    const dying = await openTab(api);
    const living = await openTab(api);
    api.open = new Promise(() => undefined);
    dying.widget();
    await waitUntil(() => api.requests.length === 1);
    const widget = living.widget();
    await waitUntil(async () =>
      (await navigator.locks.query()).pending?.some(({ name }) => name?.includes(api.host)),
    );
    expect(api.requests).to.have.lengthOf(1);
    api.open = Promise.resolve();
    dying.close();
    await waitUntil(() => isSettled(widget));
    expect(api.requests).to.have.lengthOf(2);
  });

  it('a repeat visit shows cached times before the answer is there', async () => {
    const api = new Api();
    const first = await openTab(api);
    const before = first.widget();
    await waitUntil(() => isSettled(before));
    await waitUntil(async () => (await entries(store())).some(([key]) => String(key).includes(api.host)));
    before.controller.stop();
    first.close();
    const key = `1 test https://${api.host}/ `;
    const kept = JSON.parse((await get<string>(key, store())) ?? '[]') as KnownTimes[];
    const old = kept.map((answer) => ({ ...answer, at: answer.at - HOUR, until: answer.until - HOUR }));
    await set(key, JSON.stringify(old), store());
    localStorage.removeItem('booking-widget:times');
    let answer: () => void = () => undefined;
    api.open = new Promise((resolve) => {
      answer = resolve;
    });
    const widget = (await openTab(api)).widget();
    await waitUntil(() => widget.state.times.known);
    expect(widget.heard).to.deep.equal(['times-ask', 'times-cached']);
    expect(widget.state.times).to.include({ from: 'cache', asking: 'pending' });
    const { slots } = widget.state.times.known ?? {};
    answer();
    await waitUntil(() => isSettled(widget));
    expect(widget.state.times.from).to.equal('network');
    expect(widget.state.times.known?.slots).to.equal(slots);
  });

  it('a booking takes its time off every tab', async () => {
    const api = new Api();
    const widgets = [(await openTab(api)).widget(), (await openTab(api)).widget()];
    await waitUntil(() => widgets.every(isSettled));
    const [gone = ''] = api.starts;
    widgets[0]?.controller.forget(gone);
    const starts = () => widgets.map(({ state }) => state.times.known?.slots.map(({ start }) => start));
    expect(starts()[0]).not.to.include(gone);
    await waitUntil(() => !starts()[1]?.includes(gone), 'the other tab heard of it');
    await waitUntil(async () => {
      const kept = await get<string>(`1 test https://${api.host}/ `, store());
      return kept !== undefined && !kept.includes(gone);
    }, 'the cache forgot it');
  });

  for (const [how, spoil] of [
    [
      'refuses to open',
      (window: TabWindow) => {
        window.indexedDB.open = () => {
          throw new DOMException('Blocked', 'SecurityError');
        };
      },
    ],
    [
      'never answers',
      (window: TabWindow) => {
        window.indexedDB.open = () => ({}) as IDBOpenDBRequest;
      },
    ],
    [
      'is full',
      (window: TabWindow) => {
        window.IDBObjectStore.prototype.put = () => {
          throw new DOMException('Full', 'QuotaExceededError');
        };
      },
    ],
  ] as const)
    it(`storage that ${how} only means that nothing is cached, and is used again when it is well`, async () => {
      const api = new Api();
      const tab = await openTab(api);
      const { open } = tab.window.indexedDB;
      const { put } = tab.window.IDBObjectStore.prototype;
      spoil(tab.window);
      const widget = tab.widget();
      await waitUntil(() => isSettled(widget));
      expect(widget.state.times.from).to.equal('network');
      tab.window.indexedDB.open = open;
      tab.window.IDBObjectStore.prototype.put = put;
      await waitUntil(
        async () => {
          widget.controller.refresh();
          return (await entries(store())).some(([key]) => String(key).includes(api.host));
        },
        'the same page writes again',
        { interval: 300, timeout: 10_000 },
      );
      widget.controller.stop();
    });

  it('a failure is never kept, and does not touch what is', async () => {
    const api = new Api();
    const tab = await openTab(api);
    const widget = tab.widget();
    await waitUntil(() => isSettled(widget));
    const key = `1 test https://${api.host}/ `;
    await waitUntil(() => get(key, store()));
    const kept = await get<string>(key, store());
    api.status = 500;
    widget.controller.refresh();
    await waitUntil(() => widget.state.times.asking === 'failed');
    expect(widget.state.times.known?.slots).to.have.lengthOf(5);
    expect(await get<string>(key, store())).to.equal(kept);
  });
});

describe('the cache', () => {
  const known = (count: number, at = Date.now()): KnownTimes => ({
    from: at,
    to: at + 31 * 24 * HOUR,
    at,
    until: at + 60_000,
    slots: Array.from({ length: count }, (_, n) => ({ start: new Date(at + n * HOUR).toISOString() })),
  });
  const keep = (cache = availabilityCache(real), key: string, answer: KnownTimes) =>
    cache.change(key, () => [answer]);

  beforeEach(() => clear(store()));

  it('gives back what it was given', async () => {
    const cache = availabilityCache(real);
    const answer = known(500);
    await cache.change('a', (kept) => [...kept, answer]);
    expect(await cache.read('a')).to.deep.equal([answer]);
    expect(await availabilityCache(real).read('a')).to.deep.equal([answer]);
    expect(await cache.read('b')).to.deep.equal([]);
  });

  it('keeps 20 event types and lets the oldest go first', async () => {
    const cache = availabilityCache(real);
    for (let count = 0; count < 20; count++) await keep(cache, `event ${count}`, known(1));
    await keep(cache, 'event 0', known(2));
    await keep(cache, 'event 20', known(1));
    expect(await cache.read('event 0')).to.have.lengthOf(1);
    expect(await cache.read('event 1')).to.have.lengthOf(0);
    expect(await cache.read('event 2')).to.have.lengthOf(1);
    expect(await entries(store())).to.have.lengthOf(21); // and the index
  });

  it('keeps 100 kB of an event type at most, the nearest times first', async () => {
    const cache = availabilityCache(real);
    const near = known(500);
    const far = { ...known(3000, near.to), at: near.at };
    await cache.change('a', () => [near, far]);
    expect(await cache.read('a')).to.deep.equal([near]);
    await cache.change('b', () => [{ ...known(5000) }]);
    expect(await cache.read('b')).to.deep.equal([]);
    for (const [, value] of await entries(store())) expect(String(value).length).to.be.below(100_001);
  });

  for (const [what, value] of [
    ['no JSON', '[{'],
    ['another shape', '{"slots":[]}'],
    ['half an answer', '[{"from":1,"to":2,"at":3,"until":4}]'],
    ['no text', { v: 0, slots: [] }],
    ['nothing', undefined],
  ] as const)
    it(`takes ${what} for nothing cached, and writes over it`, async () => {
      await set('1 a', value, store());
      await set('1 index', ['a'], store());
      const cache = availabilityCache(real);
      expect(await cache.read('a')).to.deep.equal([]);
      await keep(cache, 'a', known(3));
      expect(await cache.read('a')).to.have.lengthOf(1);
    });

  it('clears what an older version left, or what has lost its index', async () => {
    await set('0 a', 'old', store());
    await set('a', 'older', store());
    await set('1 lost', '[]', store());
    await set('1 index', { not: 'a list' }, store());
    await keep(undefined, 'b', known(1));
    expect((await entries(store())).map(([key]) => key)).to.have.members(['1 b', '1 index']);
  });

  it('makes room for one when the disk is full', async () => {
    const cache = availabilityCache(real);
    await keep(cache, 'a', known(1));
    await keep(cache, 'b', known(1));
    const { put } = IDBObjectStore.prototype;
    let full = true;
    IDBObjectStore.prototype.put = function (...all) {
      if (full) {
        full = false;
        throw new DOMException('Full', 'QuotaExceededError');
      }
      return put.apply(this, all);
    };
    await keep(cache, 'c', known(1));
    IDBObjectStore.prototype.put = put;
    expect((await entries(store())).map(([key]) => key)).to.have.members(['1 c', '1 index']);
  });

  it('changes an entry in one step, though two tabs do it at once', async () => {
    const [here, there] = [availabilityCache(real), availabilityCache(real)];
    await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        (n % 2 ? here : there).change('a', (kept) => [...kept, { ...known(1), from: n, to: n + 1 }]),
      ),
    );
    expect(await here.read('a')).to.have.lengthOf(10);
  });
});

describe('alone', () => {
  const edges = { locks: navigator.locks, later: real };

  it('lets one after another do what has the same name', async () => {
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} begins`);
      await new Promise<void>((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          port1.close();
          resolve();
        };
        port2.postMessage(0);
      });
      order.push(`${name} ends`);
      return name;
    };
    const results = await Promise.all(['a', 'b'].map((name) => alone('test', work(name), edges, 5000)));
    expect(results).to.deep.equal(['a', 'b']);
    expect(order).to.deep.equal(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('goes ahead when the wait is too long, or is ended', async () => {
    let end: () => void = () => undefined;
    const held = alone('test', () => new Promise<void>((resolve) => (end = resolve)), edges, 5000);
    await waitUntil(async () => (await navigator.locks.query()).held?.some(({ name }) => name === 'test'));
    expect(await alone('test', () => Promise.resolve('late'), edges, 10)).to.equal('late');
    const wait = new AbortController();
    const other = alone('test', () => Promise.resolve('ended'), edges, 5000, wait);
    wait.abort();
    expect(await other).to.equal('ended');
    end();
    await held;
  });

  it('passes on what goes wrong in the work itself, and does it once', async () => {
    let count = 0;
    const failing = alone(
      'test',
      () => {
        count++;
        return Promise.reject(new Error('Not today'));
      },
      edges,
      5000,
    );
    const error = await failing.catch((cause: unknown) => String(cause));
    expect(error).to.equal('Error: Not today');
    expect(count).to.equal(1);
  });
});
