import { expect } from '@open-wc/testing';
import { waitUntil } from '../../helpers/wait-until.js';
import { entries, get, set } from 'idb-keyval';
import type * as Engine from '../../../src/widget/availability/availability-controller.js';
import type { KnownSlots } from '../../../src/widget/availability/known-slots.js';
import type { Provider } from '../../../src/widget/providers/provider.js';
import type { WidgetEvent } from '../../../src/widget/state/events.js';
import { reduce } from '../../../src/widget/state/reduce.js';
import { HOUR, slotStore as store } from '../../helpers/availability.js';
import { BEGUN, stateAfter } from '../../helpers/widget-state.js';

/*
 * The engine in a real browser: its storage, its locks, its channel. A frame of the same origin is to the engine what a
 * tab is: a page of its own with modules of its own. Only `fetch` is not the browser's.
 */

const ENGINE = new URL('../../../src/widget/availability/availability-controller.ts', import.meta.url).href;

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
      slots: {
        request: ({ start }) => ({ url: `https://${this.host}/slots?start=${start}`, headers: {} }),
        read: (body) => (Array.isArray(body) ? body.map(String).map((start) => ({ start })) : null),
      },
    };
  }

  query(path = ''): Engine.AvailabilityQuery {
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
      const widget = { state: stateAfter(...BEGUN), events: [] as WidgetEvent['type'][] };
      const controller = window.engine.availabilityController((event) => {
        widget.events.push(event.type);
        widget.state = reduce(widget.state, event);
      });
      controllers.push(controller);
      controller.load(api.query(path));
      return Object.assign(widget, { controller });
    },
    close: () => {
      frame.remove();
    },
  };
}

const isSettled = ({ state }: { state: ReturnType<typeof reduce> }) =>
  state.slots.request === 'idle' && !!state.slots.known;

describe('availability controller in a browser', () => {
  afterEach(() => {
    for (const controller of controllers.splice(0)) controller.stop();
    for (const frame of frames.splice(0)) frame.remove();
  });

  it('50 widgets in each of 10 tabs share one request until the slots are stale', async () => {
    const api = new Api();
    const tabs = await Promise.all(Array.from({ length: 10 }, () => openTab(api)));
    const widgets = tabs.flatMap((tab) => Array.from({ length: 50 }, () => tab.widget()));
    await waitUntil(() => widgets.every(isSettled), 'every widget has times');
    expect(api.requests).to.have.lengthOf(1);
    for (const { state } of widgets) expect(state.slots.known?.slots).to.have.lengthOf(5);

    const late = (await openTab(api)).widget();
    await waitUntil(() => isSettled(late));
    expect(late.events).to.deep.equal(['slots-cached']);
    expect(api.requests).to.have.lengthOf(1);

    for (const { controller } of widgets) controller.refresh();
    await waitUntil(() => widgets.every(isSettled), 'every widget has news');
    expect(api.requests.length).to.be.at.most(10); // each tab was refreshed
  });

  it('a tab that is closed during its request does not block the other tabs', async () => {
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

  it('a repeat visit shows cached slots before the response arrives', async () => {
    const api = new Api();
    const first = await openTab(api);
    const before = first.widget();
    await waitUntil(() => isSettled(before));
    await waitUntil(async () => (await entries(store())).some(([key]) => String(key).includes(api.host)));
    before.controller.stop();
    first.close();
    const key = `1 test https://${api.host}/ `;
    const kept = JSON.parse((await get<string>(key, store())) ?? '[]') as KnownSlots[];
    const old = kept.map((answer) => ({ ...answer, at: answer.at - HOUR, until: answer.until - HOUR }));
    await set(key, JSON.stringify(old), store());
    localStorage.removeItem('booking-widget:times');
    let answer: () => void = () => undefined;
    api.open = new Promise((resolve) => {
      answer = resolve;
    });
    const widget = (await openTab(api)).widget();
    await waitUntil(() => widget.state.slots.known);
    expect(widget.events).to.deep.equal(['slots-pending', 'slots-cached']);
    expect(widget.state.slots).to.include({ origin: 'cache', request: 'pending' });
    const { slots } = widget.state.slots.known ?? {};
    answer();
    await waitUntil(() => isSettled(widget));
    expect(widget.state.slots.origin).to.equal('network');
    expect(widget.state.slots.known?.slots).to.equal(slots);
  });

  it('a booking removes its slot from every tab', async () => {
    const api = new Api();
    const widgets = [(await openTab(api)).widget(), (await openTab(api)).widget()];
    await waitUntil(() => widgets.every(isSettled));
    const [gone = ''] = api.starts;
    widgets[0]?.controller.forget(gone);
    const starts = () => widgets.map(({ state }) => state.slots.known?.slots.map(({ start }) => start));
    expect(starts()[0]).not.to.include(gone);
    await waitUntil(() => !starts()[1]?.includes(gone), 'the other tab dropped it');
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
    it(`storage that ${how} costs only the cache and is used again once it works`, async () => {
      const api = new Api();
      const tab = await openTab(api);
      const { open } = tab.window.indexedDB;
      const { put } = tab.window.IDBObjectStore.prototype;
      spoil(tab.window);
      const widget = tab.widget();
      await waitUntil(() => isSettled(widget));
      expect(widget.state.slots.origin).to.equal('network');
      tab.window.indexedDB.open = open;
      tab.window.IDBObjectStore.prototype.put = put;
      await waitUntil(async () => {
        widget.controller.refresh();
        return (await entries(store())).some(([key]) => String(key).includes(api.host));
      }, 'the same page writes again');
      widget.controller.stop();
    });

  it('a failed request is never cached and leaves the cached slots as they are', async () => {
    const api = new Api();
    const tab = await openTab(api);
    const widget = tab.widget();
    await waitUntil(() => isSettled(widget));
    const key = `1 test https://${api.host}/ `;
    await waitUntil(() => get(key, store()));
    const kept = await get<string>(key, store());
    api.status = 500;
    widget.controller.refresh();
    await waitUntil(() => widget.state.slots.request === 'failed');
    expect(widget.state.slots.known?.slots).to.have.lengthOf(5);
    expect(await get<string>(key, store())).to.equal(kept);
  });
});
