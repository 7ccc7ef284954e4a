import { expect } from '@open-wc/testing';
import { safeStorage } from '../../../src/widget/platform/safe-storage.js';
import { sharedSlots } from '../../../src/widget/availability/shared-slots.js';
import {
  FakeBrowser,
  FakeClock,
  FakeLocks,
  FakeWidget,
  hourlySlots,
  json,
  provider,
  query,
  reply,
  settled,
} from './fake-browser.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-11-23T08:00:00Z');

const setUp = () => {
  const clock = new FakeClock(NOW);
  const browser = new FakeBrowser(clock);
  const { api } = browser;
  return { clock, browser, api, tab: browser.tab() };
};
/** What the tabs have noted about the API. */
const circuit = (browser: FakeBrowser, origin = 'https://api.example') => {
  const notes = JSON.parse(browser.text ?? '{}') as Record<
    string,
    { failures: number; until: number } | undefined
  >;
  return notes[origin] ?? { failures: 0, until: 0 };
};
const status = (code: number, headers?: Record<string, string>) => () => reply('{}', code, headers);

describe('a first visit', () => {
  it('asks for the window of 31 local days and shows what comes', async () => {
    const { api, tab } = setUp();
    const widget = tab.widget().load();
    expect(widget.slots).to.include({ request: 'pending', known: null });
    await settled();
    expect(api.requests).to.have.lengthOf(1);
    expect(api.requests[0]?.searchParams.get('start')).to.equal('2026-11-22T23:00:00.000Z');
    expect(widget.newEvents()).to.deep.equal(['pending', 'fresh']);
    expect(widget.slots).to.include({ request: 'idle', origin: 'network' });
    expect(widget.slots.known).to.include({
      from: '2026-11-22T23:00:00.000Z',
      to: '2026-12-23T23:00:00.000Z',
      fetchedAt: NOW,
    });
    expect(widget.starts[0]).to.equal('2026-11-23T09:00:00.000Z');
    expect(widget.starts).to.have.lengthOf(31 * 6);
  });

  it('does not wait for storage, which may never answer', async () => {
    const { api, browser, tab } = setUp();
    browser.storage = new Promise(() => undefined);
    const widget = tab.widget().load();
    await settled();
    expect(api.requests).to.have.lengthOf(1);
    expect(widget.slots).to.include({ origin: 'network', request: 'idle' });
  });

  it('sends the request before it looks into the cache', async () => {
    const { api, browser, tab } = setUp();
    let asked = -1;
    browser.cache.read = () => {
      asked = api.requests.length;
      return Promise.resolve([]);
    };
    browser.locks = undefined;
    tab.widget().load();
    await settled();
    expect(asked).to.equal(0); // the read is begun at once, and nothing waits for it
    expect(api.requests).to.have.lengthOf(1);
  });

  it('sends neither cookies nor anything to a cache of the browser', async () => {
    const { browser, tab } = setUp();
    const seen: RequestInit[] = [];
    const other = browser.tab();
    Object.assign(other.platform, {
      fetch: (_: string, init: RequestInit) => {
        seen.push(init);
        return Promise.resolve(json([]));
      },
    });
    new FakeWidget(sharedSlots(other.platform)).load();
    await settled();
    expect(seen[0]).to.include({ credentials: 'omit', cache: 'no-store' });
    expect(seen[0]?.headers).to.deep.equal({ 'api-version': '1' });
    tab.fire('pagehide');
  });
});

describe('a repeat visit', () => {
  const visited = async (ago: number) => {
    const all = setUp();
    const first = all.tab.widget().load();
    await settled();
    first.controller.stop();
    await all.clock.advance(ago);
    return { ...all, tab: all.browser.tab() };
  };

  it('within freshness shows cached times and asks nobody', async () => {
    const { api, tab } = await visited(4 * MINUTE);
    const widget = tab.widget().load();
    await settled();
    expect(widget.newEvents()).to.deep.equal(['cached']);
    expect(widget.slots).to.include({ origin: 'cache', request: 'idle' });
    expect(api.requests).to.have.lengthOf(1);
  });

  it('after freshness asks first, shows cached times, then confirms them with the same array', async () => {
    const { api, clock, tab } = await visited(20 * MINUTE);
    api.delay = 500;
    const widget = tab.widget().load();
    await settled();
    expect(widget.newEvents()).to.deep.equal(['pending', 'cached']);
    const before = widget.slots.known?.slots;
    await clock.advance(500);
    expect(widget.newEvents()).to.deep.equal(['fresh']);
    expect(widget.slots.known?.slots).to.equal(before);
    expect(widget.slots.known?.fetchedAt).to.equal(clock.now);
    expect(api.requests).to.have.lengthOf(2);
  });

  it('after a day shows nothing before the answer is there', async () => {
    const { tab } = await visited(25 * HOUR);
    const widget = tab.widget().load();
    await settled();
    expect(widget.newEvents()).to.deep.equal(['pending', 'fresh']);
  });

  it('the day after shows what is left of yesterday’s answer', async () => {
    const { api, clock, tab } = await visited(20 * HOUR);
    api.delay = 500;
    const widget = tab.widget().load();
    await settled();
    expect(widget.newEvents()).to.deep.equal(['pending', 'cached']);
    expect(widget.starts[0]).to.equal('2026-11-24T09:00:00.000Z');
    expect(widget.slots.known?.to).to.equal('2026-12-24T23:00:00.000Z');
    await clock.advance(500);
  });

  it('asks when storage has lost what the tabs know to be fresh', async () => {
    const { api, browser, tab } = await visited(MINUTE);
    browser.stored.clear();
    const widget = tab.widget().load();
    await settled();
    expect(widget.newEvents()).to.deep.equal(['pending', 'fresh']);
    expect(api.requests).to.have.lengthOf(2);
  });

  it('is not begun twice when the page says that it has loaded', async () => {
    const { tab } = await visited(20 * MINUTE);
    const widget = tab.widget().load();
    tab.fire('pageshow', false);
    await settled();
    tab.fire('pageshow', false);
    await settled();
    expect(widget.newEvents()).to.deep.equal(['pending', 'cached', 'fresh']);
  });

  it('does not let cached times that come late replace the fresh ones', async () => {
    const { browser, tab } = await visited(20 * MINUTE);
    let answer: () => void = () => undefined;
    browser.storage = new Promise((resolve) => {
      answer = resolve;
    });
    const widget = tab.widget().load();
    await settled();
    answer();
    await settled();
    expect(widget.newEvents()).to.deep.equal(['pending', 'fresh']);
  });

  it('keeps the old times when nobody answers, and says why', async () => {
    const { api, tab } = await visited(20 * MINUTE);
    api.handler = status(500);
    const widget = tab.widget().load();
    await settled();
    expect(widget.newEvents()).to.have.members(['pending', 'cached', 'failed']);
    expect(widget.slots).to.include({ origin: 'cache', request: 'failed' });
    expect(widget.starts).to.have.lengthOf(31 * 6);
  });

  for (const [what, text] of [
    ['nothing', null],
    ['no JSON', '{"fresh":'],
    ['another shape', '{"fresh":7,"asked":[[1]],"circuits":{"a":null}}'],
    ['an older one', '[1,2,3]'],
    ['no object at all', '"text"'],
  ] as const)
    it(`sends a request when the tabs’ request log holds ${what}`, async () => {
      const { browser, tab, api } = await visited(MINUTE);
      browser.text = text;
      const widget = tab.widget().load();
      await settled();
      expect(widget.slots.known?.slots).to.have.lengthOf(31 * 6);
      expect(api.requests.length).to.be.within(1, 2);
    });
});

describe('one question', () => {
  it('from 50 widgets in each of 10 tabs is one request in every window of freshness', async () => {
    const { clock, browser, api } = setUp();
    api.delay = 400;
    const tabs = Array.from({ length: 10 }, () => browser.tab());
    const widgets = tabs.flatMap((tab) => Array.from({ length: 50 }, () => tab.widget().load()));
    await clock.advance(2 * SECOND);
    expect(api.requests).to.have.lengthOf(1);
    for (const { slots } of widgets) expect(slots).to.include({ origin: 'network', request: 'idle' });

    await clock.advance(4 * MINUTE);
    tabs.push(browser.tab());
    tabs.at(-1)?.widget().load();
    for (const tab of tabs) tab.see();
    await clock.advance(2 * SECOND);
    expect(api.requests).to.have.lengthOf(1);

    await clock.advance(2 * MINUTE);
    for (const tab of tabs) tab.see();
    await clock.advance(2 * SECOND);
    expect(api.requests).to.have.lengthOf(2);
    for (const widget of widgets) widget.controller.stop();
  });

  it('is asked by the next tab when the first one dies over it', async () => {
    const { clock, browser, api, tab } = setUp();
    api.delay = 60 * SECOND; // never, as far as the first tab is concerned
    tab.widget().load();
    await settled();
    const other = browser.tab().widget().load();
    await clock.advance(SECOND);
    expect(api.requests).to.have.lengthOf(1);
    api.delay = 100;
    const [held] = browser.locks?.names.filter((name) => name.includes('acme')) ?? [];
    browser.locks?.free(held ?? '');
    await clock.advance(SECOND);
    expect(api.requests).to.have.lengthOf(2);
    expect(other.slots.origin).to.equal('network');
  });

  it('is asked once per tab where there are no locks', async () => {
    const { clock, browser, api } = setUp();
    browser.locks = undefined;
    api.delay = 400;
    const tabs = [browser.tab(), browser.tab()];
    for (const tab of tabs) for (let count = 0; count < 5; count++) tab.widget().load();
    await clock.advance(2 * SECOND);
    expect(api.requests).to.have.lengthOf(2);
  });

  it('is one request even where tabs cannot talk to one another', async () => {
    const { clock, browser, api } = setUp();
    api.delay = 400;
    const tabs = [browser.tab(), browser.tab(), browser.tab()];
    const widgets = tabs.map(({ platform }) => {
      const openChannel = () => {
        throw new ReferenceError('There is no BroadcastChannel');
      };
      return new FakeWidget(sharedSlots({ ...platform, openChannel })).load();
    });
    await clock.advance(2 * SECOND);
    expect(api.requests).to.have.lengthOf(1);
    for (const { slots } of widgets) expect(slots.origin).to.equal('network');
  });

  it('is answered though locks are refused', async () => {
    const { browser, api } = setUp();
    browser.locks = Object.assign(new FakeLocks(), {
      request: () => Promise.reject(new DOMException('Not here', 'SecurityError')),
    });
    const widget = browser.tab().widget().load();
    await settled();
    expect(widget.slots.origin).to.equal('network');
    expect(api.requests).to.have.lengthOf(1);
  });

  it('of overlapping ranges is one request', async () => {
    const { clock, api, tab } = setUp();
    api.delay = 400;
    const [one, two, three] = [tab.widget(), tab.widget(), tab.widget()];
    one.load();
    two.load();
    two.controller.show({ first: '2026-12-10', days: 31 });
    three.load(query('/acme/30min', { timeZone: 'Pacific/Kiritimati' }));
    await clock.advance(SECOND);
    expect(api.requests).to.have.lengthOf(1);
    expect(two.slots.known?.to).to.equal('2027-01-09T23:00:00.000Z');
    expect(three.slots.origin).to.equal('network');
  });

  it('that was under way is not asked again for the part both have in common', async () => {
    const { clock, api, tab } = setUp();
    api.delay = 400;
    const widget = tab.widget().load();
    await clock.advance(100);
    widget.controller.show({ first: '2026-12-10', days: 31 });
    await clock.advance(SECOND);
    const [first, second] = api.requests.map(({ searchParams }) => [
      searchParams.get('start'),
      searchParams.get('end'),
    ]);
    expect(second?.[0]).to.equal(first?.[1]);
    expect(widget.starts[0]?.slice(0, 10)).to.equal('2026-12-10');
  });

  it('about different event types is asked for each', async () => {
    const { api, tab } = setUp();
    tab.widget().load();
    tab.widget().load(query('/acme/60min'));
    await settled();
    expect(api.requests.map(({ searchParams }) => searchParams.get('page'))).to.have.members([
      '/acme/30min',
      '/acme/60min',
    ]);
  });

  it('fails for everybody at once', async () => {
    const { clock, browser, api } = setUp();
    api.delay = 100;
    api.handler = status(404);
    const widgets = [browser.tab(), browser.tab()].flatMap((tab) => [
      tab.widget().load(),
      tab.widget().load(),
    ]);
    await clock.advance(SECOND);
    expect(api.requests).to.have.lengthOf(1);
    for (const { slots } of widgets) expect(slots.request).to.equal('failed');
  });

  it('is answered late without harm to a widget that has another page by now', async () => {
    const { clock, api, tab } = setUp();
    api.delay = 400;
    const widget = tab.widget().load();
    await clock.advance(100);
    widget.load(query('/acme/60min'));
    await clock.advance(SECOND);
    expect(api.requests).to.have.lengthOf(2);
    expect(widget.slots.origin).to.equal('network');
    expect(widget.newEvents()).to.deep.equal(['pending', 'pending', 'fresh']);
  });

  it('is aborted when the last widget that wants its slots is gone', async () => {
    const { clock, browser, api, tab } = setUp();
    api.delay = 400;
    const [one, two] = [tab.widget().load(), tab.widget().load()];
    await clock.advance(100);
    one.controller.stop();
    await clock.advance(10);
    expect(browser.locks?.names).to.not.be.empty;
    two.controller.stop();
    two.controller.stop();
    await clock.advance(100);
    expect(browser.locks?.names).to.be.empty;
    expect(browser.channels).to.equal(0);
    await clock.advance(SECOND);
    expect(two.newEvents()).to.deep.equal(['pending']);
  });

  it('is aborted for its event type only, together with the request that was to follow', async () => {
    const { clock, browser, api, tab } = setUp();
    api.delay = 400;
    const other = tab.widget().load(query('/acme/60min'));
    const widget = tab.widget().load();
    await clock.advance(100);
    widget.controller.show({ first: '2027-03-01', days: 31 });
    widget.controller.stop();
    await clock.advance(100);
    expect(browser.locks?.names.filter((name) => name.includes('30min'))).to.be.empty;
    await clock.advance(SECOND);
    expect(api.requests).to.have.lengthOf(2);
    expect(other.slots.origin).to.equal('network');
  });

  it('leaves nothing behind after a hundred widgets came and went', async () => {
    const { clock, browser, tab } = setUp();
    let listeners = 0;
    const { addEventListener } = EventTarget.prototype;
    Object.assign(tab.page, {
      addEventListener: (type: string, call: () => void, options: AddEventListenerOptions) => {
        listeners++;
        options.signal?.addEventListener('abort', () => {
          listeners--;
        });
        addEventListener.call(tab.page, type, call, options);
      },
    });
    for (let count = 0; count < 100; count++) {
      const widget = tab.widget().load();
      if (count % 3) await settled();
      widget.controller.stop();
    }
    await clock.advance(SECOND);
    expect(listeners).to.equal(0);
    expect(clock.timers()).to.equal(0);
    expect(browser.channels).to.equal(0);
    expect(browser.locks?.names).to.be.empty;
  });
});

describe('politeness', () => {
  it('sends at most 20 requests a minute, all tabs together', async () => {
    const { clock, browser, api } = setUp();
    const moments: number[] = [];
    api.handler = ({ url }) => {
      moments.push(clock.now);
      return json(hourlySlots(url.searchParams.get('start') ?? '', url.searchParams.get('end') ?? ''));
    };
    const tabs = Array.from({ length: 5 }, () => browser.tab());
    const widgets = tabs.flatMap((tab, t) =>
      Array.from({ length: 10 }, (_, w) => tab.widget().load(query(`/host/${t * 10 + w}`))),
    );
    await clock.advance(5 * SECOND);
    expect(api.requests).to.have.lengthOf(20);
    await clock.advance(3 * MINUTE);
    expect(api.requests).to.have.lengthOf(50);
    for (const at of moments)
      expect(moments.filter((other) => other >= at && other < at + MINUTE).length).to.be.at.most(20);
    for (const { slots } of widgets) expect(slots.origin).to.equal('network');
  });

  it('counts what other tabs have sent though their processes learn of it a little late', async () => {
    const { clock, browser, api } = setUp();
    browser.lag = 20;
    const tabs = Array.from({ length: 5 }, () => browser.tab());
    tabs.forEach((tab, t) => {
      for (let w = 0; w < 10; w++) tab.widget().load(query(`/host/${t * 10 + w}`));
    });
    await clock.advance(5 * SECOND);
    expect(api.requests).to.have.lengthOf(20);
  });

  it('counts each API for itself', async () => {
    const { api, tab } = setUp();
    const elsewhere = {
      ...provider,
      slots: {
        request: () => ({ url: 'https://elsewhere.example/slots', headers: {} }),
        read: (body: unknown) => (Array.isArray(body) ? [] : null),
      },
    };
    api.handler = () => json([]);
    for (let count = 0; count < 25; count++) {
      tab.widget().load(query(`/a/${count}`));
      tab.widget().load(query(`/b/${count}`, { provider: { ...elsewhere, id: 'elsewhere' } }));
    }
    await settled();
    expect(api.requests.filter(({ host }) => host === 'api.example')).to.have.lengthOf(20);
    expect(api.requests.filter(({ host }) => host === 'elsewhere.example')).to.have.lengthOf(20);
  });

  it('waits longer after every failure, then opens the circuit, and comes back by itself', async () => {
    const { clock, browser, api, tab } = setUp();
    const moments: number[] = [];
    let broken = true;
    api.handler = () => {
      moments.push((clock.now - NOW) / SECOND);
      return broken ? reply('', 503) : json([{ start: '2026-11-24T09:00:00Z' }]);
    };
    const widget = tab.widget().load();
    await clock.advance(100 * SECOND);
    expect(moments).to.deep.equal([0, 5, 15, 35, 55]);
    expect(widget.events.at(-1)).to.have.property(
      'detail',
      'https://api.example status 503; https://api.example paused, circuit open',
    );
    broken = false;
    await clock.advance(20 * SECOND);
    expect(moments).to.deep.equal([0, 5, 15, 35, 55, 115]);
    expect(widget.slots).to.include({ origin: 'network', request: 'idle' });
    expect(circuit(browser).failures).to.equal(5);
    widget.controller.refresh();
    await clock.advance(SECOND);
    expect(circuit(browser).failures).to.equal(0);
  });

  it('gives up by itself in the end, until something happens', async () => {
    const { clock, api, tab } = setUp();
    api.handler = status(500);
    tab.widget().load();
    await clock.advance(DAY);
    const asked = api.requests.length;
    expect(asked).to.be.within(5, 8);
    expect(clock.timers()).to.equal(0);
    tab.see();
    await clock.advance(SECOND);
    expect(api.requests).to.have.lengthOf(asked + 1);
  });

  it('shares the circuit between tabs', async () => {
    const { clock, browser, api, tab } = setUp();
    api.handler = status(500);
    tab.widget().load();
    await clock.advance(56 * SECOND);
    expect(api.requests).to.have.lengthOf(5);
    const other = browser.tab().widget().load(query('/acme/60min'));
    await settled();
    expect(api.requests).to.have.lengthOf(5);
    expect(other.slots.request).to.equal('failed');
    expect(other.events.at(-1)).to.have.property('detail').that.includes('circuit open');
  });

  for (const [written, seconds] of [
    ['120', 120],
    [new Date(NOW + 90 * SECOND).toUTCString(), 90],
    ['0', 5],
    ['soon', 5],
    ['99999999', 3600],
  ] as const)
    it(`waits ${seconds} s when a 429 says Retry-After: ${written}`, async () => {
      const { clock, api, tab } = setUp();
      api.handler = status(429, { 'retry-after': written });
      const widget = tab.widget().load();
      await settled();
      expect(widget.slots.request).to.equal('failed');
      await clock.advance(seconds * SECOND - 1);
      expect(api.requests).to.have.lengthOf(1);
      await clock.advance(1);
      expect(api.requests).to.have.lengthOf(2);
    });

  it('spreads the waits of different visitors', async () => {
    const waits = new Set<number>();
    for (const random of [0, 0.3, 0.6, 0.99]) {
      const { clock, browser, api } = setUp();
      api.handler = status(429);
      const tab = browser.tab();
      Object.assign(tab.platform, { random: () => random });
      tab.widget().load();
      await clock.advance(SECOND);
      waits.add(circuit(browser).until);
    }
    expect(waits.size).to.equal(4);
  });

  it('does not repeat a question that was refused, nor blame the API for it', async () => {
    const { clock, browser, api, tab } = setUp();
    api.handler = ({ url }) => (url.searchParams.get('page') === '/dead' ? reply('{}', 404) : json([]));
    const dead = tab.widget().load(query('/dead'));
    await clock.advance(10 * MINUTE);
    expect(api.requests).to.have.lengthOf(1);
    expect(dead.slots.request).to.equal('failed');
    for (let count = 0; count < 10; count++) browser.tab().widget().load(query('/dead'));
    await clock.advance(SECOND);
    expect(api.requests).to.have.lengthOf(2);
    const alive = browser.tab().widget().load(query('/alive'));
    await settled();
    expect(alive.slots.origin).to.equal('network');
  });

  it('does not count being offline as a failure of the API, and asks when the network is back', async () => {
    const { clock, browser, api, tab } = setUp();
    api.handler = () => {
      if (!browser.online) throw new TypeError('Failed to fetch');
      return json([{ start: '2026-11-24T09:00:00Z' }]);
    };
    browser.online = false;
    const widget = tab.widget().load();
    await clock.advance(10 * MINUTE);
    expect(widget.slots.request).to.equal('failed');
    expect(api.requests).to.have.lengthOf(1);
    expect(circuit(browser).failures).to.equal(0);
    browser.online = true;
    tab.fire('online');
    await settled();
    expect(widget.slots.origin).to.equal('network');
  });

  it('gives up waiting for an answer after 15 s', async () => {
    const { clock, api, tab } = setUp();
    api.delay = DAY;
    const widget = tab.widget().load();
    await clock.advance(15 * SECOND - 1);
    expect(widget.slots.request).to.equal('pending');
    await clock.advance(1);
    expect(widget.slots.request).to.equal('failed');
    expect(widget.events.at(-1)).to.have.property(
      'detail',
      'https://api.example timeout ; https://api.example paused, circuit closed',
    );
    widget.controller.stop();
  });

  for (const [what, body] of [
    ['no JSON', '<!doctype html>'],
    ['another shape', '{"a":1}'],
    ['nothing', ''],
  ] as const)
    it(`takes an answer with ${what} for a failure, never for "no times"`, async () => {
      const { api, tab } = setUp();
      api.handler = () => reply(body);
      const widget = tab.widget().load();
      await settled();
      expect(widget.slots).to.include({ request: 'failed', known: null });
    });

  it('keeps to its own count where nothing can be written for other tabs', async () => {
    const { clock, api, tab } = setUp();
    const storage = safeStorage(() => {
      throw new DOMException('Blocked', 'SecurityError');
    });
    const times = sharedSlots({ ...tab.platform, storage });
    for (let count = 0; count < 30; count++) new FakeWidget(times).load(query(`/host/${count}`));
    await clock.advance(SECOND);
    expect(api.requests).to.have.lengthOf(20);
  });
});

describe('an API that says the event type does not exist', () => {
  const missing = {
    ...provider,
    slots: {
      request: () => ({ url: 'https://api.example/slots', headers: {} }),
      read: () => null,
      isMissing: (status: number, body: unknown) => status === 404 && body === 'no such event type',
    },
  };

  it('ends in a failure of its own, which is not retried automatically', async () => {
    const { clock, api, tab } = setUp();
    api.handler = () => reply('"no such event type"', 404);
    const widget = tab.widget().load(query('/a', { provider: missing }));
    await clock.advance(MINUTE);
    expect(widget.events.at(-1))
      .to.have.property('detail')
      .that.matches(/ not-found 404/);
    expect(api.requests).to.have.lengthOf(1);
  });

  it('is distinguished from a server that has no such API, whatever its body is', async () => {
    const { clock, api, tab } = setUp();
    api.handler = () => reply('<html>', 404);
    const widget = tab.widget().load(query('/b', { provider: missing }));
    await clock.advance(SECOND);
    expect(widget.events.at(-1))
      .to.have.property('detail')
      .that.matches(/ refused 404/);
  });
});

describe('a provider that throws', () => {
  it('ends in a failure, and nobody waits for ever', async () => {
    const { clock, tab } = setUp();
    const broken = {
      ...provider,
      slots: {
        request: () => {
          throw new Error('Not today');
        },
        read: () => null,
      },
    };
    const widget = tab.widget().load(query('/a', { provider: broken }));
    await clock.advance(SECOND);
    expect(widget.slots.request).to.equal('failed');
    expect(widget.events.at(-1)).to.have.property('detail', 'Error: Not today');
    const well = tab.widget().load(query('/b'));
    await clock.advance(SECOND);
    expect(well.slots.origin).to.equal('network');
  });
});

describe('a companion', () => {
  const companion = 'https://companion.example/base/';
  const available = (starts: readonly string[], fetchedAt = NOW) => ({
    v: 1,
    from: '2026-11-22T23:00:00Z',
    to: '2027-01-30T23:00:00Z',
    fetchedAt,
    slots: starts.map((start) => ({ start, url: `https://schedule.example/at/${start}` })),
  });
  const start = '2026-11-24T09:00:00Z';

  it('is asked instead of the provider, in its own words', async () => {
    const { api, tab } = setUp();
    api.handler = () => json(available([start]));
    const widget = tab.widget().load(query('/acme/30min?name=Jane', { companion }));
    await settled();
    expect(api.requests).to.have.lengthOf(1);
    const { origin, pathname, searchParams } = api.requests[0] ?? new URL('x:');
    expect(origin + pathname).to.equal('https://companion.example/base/v1/availability');
    expect(Object.fromEntries(searchParams)).to.deep.equal({
      src: 'https://schedule.example/acme/30min',
      start: '2026-11-22T23:00:00.000Z',
      end: '2026-12-25T01:00:00.000Z',
      timeZone: 'Europe/Berlin',
    });
    expect(widget.slots.known?.slots).to.deep.equal([{ start, url: `https://schedule.example/at/${start}` }]);
  });

  it('says itself how old its times are', async () => {
    const { clock, api, tab } = setUp();
    api.handler = () => json(available([start], NOW - 2 * MINUTE));
    const widget = tab.widget().load(query('/a', { companion }));
    await settled();
    expect(widget.slots.known?.fetchedAt).to.equal(NOW - 2 * MINUTE);
    await clock.advance(61 * SECOND); // one time stays fresh for 3 min, of which 2 were over
    tab.see();
    await settled();
    expect(api.requests).to.have.lengthOf(2);
  });

  for (const [whose, fetchedAt] of [
    ['ahead of', NOW + DAY],
    ['far behind', NOW - 5 * DAY],
  ] as const)
    it(`whose clock is ${whose} ours is shown all the same`, async () => {
      const { api, tab } = setUp();
      api.handler = () => json(available([start], fetchedAt));
      const widget = tab.widget().load(query('/a', { companion }));
      await settled();
      expect(widget.starts).to.deep.equal([start]);
      expect(widget.slots).to.include({ origin: 'network', request: 'idle' });
      expect(api.requests).to.have.lengthOf(1);
    });

  it('that knows less far ahead than asked is believed, and not asked in a loop', async () => {
    const { api, tab } = setUp();
    api.handler = () => json({ ...available([start]), to: '2026-11-30T00:00:00.000Z' });
    const widget = tab.widget().load(query('/a', { companion }));
    await settled();
    expect(api.requests).to.have.lengthOf(1);
    expect(widget.slots.known?.to).to.equal('2026-11-30T00:00:00.000Z');
  });

  it('that fails is replaced by the provider, where the provider can be asked', async () => {
    const { api, tab } = setUp();
    api.handler = ({ url }) => (url.host === 'companion.example' ? reply('', 502) : json([{ start }]));
    const widget = tab.widget().load(query('/a', { companion }));
    await settled();
    expect(api.requests.map(({ host }) => host)).to.deep.equal(['companion.example', 'api.example']);
    expect(widget.starts).to.deep.equal([start]);
  });

  it('is the only one asked for a provider that needs it', async () => {
    const { api, tab } = setUp();
    const shy = { ...provider, slots: null };
    api.handler = () => json(available([start]));
    const widget = tab.widget().load(query('/a', { provider: shy, companion }));
    await settled();
    expect(widget.starts).to.deep.equal([start]);
    const alone = tab.widget().load(query('/b', { provider: shy }));
    await settled();
    expect(alone.slots.request).to.equal('failed');
    expect(api.requests).to.have.lengthOf(1);
  });

  it('with an address that is none gives way to the provider', async () => {
    const { api, tab } = setUp();
    api.handler = () => json([{ start }]);
    const widget = tab.widget().load(query('/a', { companion: 'https://' }));
    await settled();
    expect(widget.starts).to.deep.equal([start]);
  });
});

describe('a page that stays open', () => {
  it('drops times as they begin, with a timer only while it is looked at', async () => {
    const { clock, tab } = setUp();
    const widget = tab.widget().load();
    await clock.advance(SECOND);
    expect(clock.timers()).to.equal(1);
    await clock.advance(HOUR - 2 * SECOND);
    expect(widget.starts[0]).to.equal('2026-11-23T09:00:00.000Z');
    await clock.advance(SECOND);
    expect(widget.starts[0]).to.equal('2026-11-23T10:00:00.000Z');
    tab.hide();
    expect(clock.timers()).to.equal(0);
    widget.controller.stop();
  });

  it('has no timer when its times come while nobody looks', async () => {
    const { clock, tab } = setUp();
    tab.hide();
    const widget = tab.widget().load();
    await clock.advance(SECOND);
    expect(widget.slots.origin).to.equal('network');
    expect(clock.timers()).to.equal(0);
    tab.see();
    expect(clock.timers()).to.equal(1);
    widget.controller.stop();
    expect(clock.timers()).to.equal(0);
  });

  it('all night long shows neither past times nor yesterday’s window in the morning', async () => {
    const { clock, api, tab } = setUp();
    const widget = tab.widget().load();
    await settled();
    tab.hide();
    await clock.advance(30 * HOUR);
    expect(api.requests).to.have.lengthOf(1);
    expect(widget.newEvents()).to.deep.equal(['pending', 'fresh']);
    api.delay = 500;
    tab.see();
    expect(widget.newEvents()).to.deep.equal(['past', 'pending']);
    expect(widget.starts[0]).to.equal('2026-11-24T15:00:00.000Z');
    await clock.advance(500);
    expect(widget.slots.known?.from).to.equal('2026-11-23T23:00:00.000Z');
  });

  it('notices within a minute that the clock was put forward', async () => {
    const { clock, tab } = setUp();
    const widget = tab.widget().load();
    await settled();
    clock.now += 5 * HOUR;
    await clock.advance(MINUTE);
    expect(widget.starts[0]).to.equal('2026-11-23T14:00:00.000Z');
  });

  it('asks again when the clock was put back, for nobody knows how old its times are', async () => {
    const { clock, api, tab } = setUp();
    tab.widget().load();
    await settled();
    clock.now -= 5 * HOUR;
    tab.see();
    await settled();
    expect(api.requests).to.have.lengthOf(2);
  });

  it('asks when it is seen again after freshness ran out, and not before', async () => {
    const { clock, api, tab } = setUp();
    tab.widget().load();
    await settled();
    for (const [minutes, requests] of [
      [4, 1],
      [2, 2],
      [1, 2],
      [60, 3],
    ] as const) {
      tab.hide();
      await clock.advance(minutes * MINUTE);
      tab.see();
      await clock.advance(SECOND);
      expect(api.requests).to.have.lengthOf(requests);
    }
  });

  it('holds nothing while it is in the back/forward cache, and reads what other tabs found when it is back', async () => {
    const { clock, browser, api, tab } = setUp();
    const widget = tab.widget().load();
    await settled();
    tab.hide();
    tab.fire('pagehide');
    await clock.advance(SECOND);
    expect(browser.channels).to.equal(0);
    expect(browser.locks?.names).to.be.empty;

    const other = browser.tab().widget().load();
    await settled();
    other.controller.forget('2026-11-25T10:00:00Z');
    await clock.advance(SECOND);
    tab.hidden = false;
    tab.fire('pageshow');
    api.handler = ({ url }) =>
      json(
        hourlySlots(url.searchParams.get('start') ?? '', url.searchParams.get('end') ?? '').filter(
          ({ start }) => start !== '2026-11-25T10:00:00.000Z',
        ),
      );
    await clock.advance(SECOND);
    expect(widget.starts).not.to.include('2026-11-25T10:00:00.000Z');
    expect(widget.starts).to.include('2026-11-25T11:00:00.000Z');
  });

  it('that entered the back/forward cache during a request sends it again when it is back', async () => {
    const { clock, api, tab } = setUp();
    api.delay = 500;
    const widget = tab.widget().load();
    await clock.advance(100);
    tab.fire('pagehide');
    await clock.advance(SECOND);
    expect(widget.slots.known).to.equal(null);
    expect(widget.slots.request).to.equal('pending');
    tab.fire('pageshow');
    await clock.advance(SECOND);
    expect(widget.slots.origin).to.equal('network');
    expect(api.requests).to.have.lengthOf(2);
  });
});

describe('refreshing', () => {
  it('asks though the times are fresh, once for all widgets', async () => {
    const { clock, api, tab } = setUp();
    api.delay = 100;
    const widgets = [tab.widget().load(), tab.widget().load()];
    await clock.advance(SECOND);
    for (const { controller } of widgets) controller.refresh();
    for (const { slots } of widgets) expect(slots.request).to.equal('pending');
    await clock.advance(SECOND);
    expect(api.requests).to.have.lengthOf(2);
    for (const { slots } of widgets) expect(slots).to.include({ request: 'idle', origin: 'network' });
  });

  it('shows in the other tabs what it found', async () => {
    const { clock, browser, api, tab } = setUp();
    const here = tab.widget().load();
    const there = browser.tab().widget().load();
    await clock.advance(SECOND);
    api.handler = () => json([{ start: '2026-11-24T12:00:00Z' }]);
    here.controller.refresh();
    await clock.advance(SECOND);
    expect(there.starts).to.deep.equal(['2026-11-24T12:00:00Z']);
    expect(api.requests).to.have.lengthOf(2);
  });

  it('before anything is loaded does nothing', () => {
    const { tab } = setUp();
    const widget = tab.widget();
    widget.controller.refresh();
    widget.controller.revalidate();
    widget.controller.show({ first: '2026-12-01', days: 7 });
    widget.controller.prefetch({ first: '2026-12-01', days: 7 });
    widget.controller.forget('2026-11-24T12:00:00Z');
    widget.controller.stop();
    expect(widget.events).to.deep.equal([]);
  });
});

describe('paging', () => {
  it('goes to a month that was prepared without another request', async () => {
    const { clock, api, tab } = setUp();
    const widget = tab.widget().load();
    await settled();
    const next = { first: '2026-12-24', days: 31 };
    widget.controller.prefetch(next);
    await clock.advance(SECOND);
    expect(widget.newEvents()).to.deep.equal(['pending', 'fresh']);
    widget.controller.show(next);
    expect(widget.slots.known).to.include({
      from: '2026-12-23T23:00:00.000Z',
      to: '2027-01-23T23:00:00.000Z',
    });
    expect(widget.starts[0]).to.equal('2026-12-24T09:00:00.000Z');
    expect(widget.slots.origin).to.equal('network');
    widget.controller.show({ first: '2026-11-23', days: 31 });
    expect(widget.starts[0]).to.equal('2026-11-23T09:00:00.000Z');
    await clock.advance(SECOND);
    expect(api.requests).to.have.lengthOf(2);
  });

  it('shows a month from the cache while it is confirmed', async () => {
    const { clock, api, browser, tab } = setUp();
    const next = { first: '2027-03-01', days: 31 };
    const earlier = tab.widget().load();
    earlier.controller.show(next);
    await clock.advance(SECOND);
    earlier.controller.stop();
    await clock.advance(HOUR);
    const widget = browser.tab().widget().load();
    await clock.advance(SECOND);
    api.delay = 500;
    widget.newEvents();
    widget.controller.show(next);
    await settled();
    expect(widget.newEvents()).to.deep.equal(['cached', 'pending']);
    expect(widget.starts[0]).to.equal('2027-03-01T09:00:00.000Z');
    await clock.advance(500);
    expect(widget.slots.origin).to.equal('network');
  });

  it('into the past finds nothing and asks nobody', async () => {
    const { clock, api, tab } = setUp();
    const widget = tab.widget().load();
    await settled();
    widget.controller.show({ first: '2026-10-01', days: 31 });
    await clock.advance(SECOND);
    expect(widget.slots.known?.slots).to.deep.equal([]);
    expect(widget.slots.request).to.equal('idle');
    expect(api.requests).to.have.lengthOf(1);
  });

  it('is not disturbed by the answer for the month that was left', async () => {
    const { clock, api, tab } = setUp();
    api.delay = 500;
    const widget = tab.widget().load();
    await clock.advance(100);
    widget.controller.show({ first: '2027-03-01', days: 31 });
    await clock.advance(5 * SECOND);
    expect(widget.starts[0]).to.equal('2027-03-01T09:00:00.000Z');
    expect(widget.newEvents()).to.deep.equal(['pending', 'pending', 'fresh']);
  });

  it('to another zone shows what is known at once and asks nobody', async () => {
    const { clock, api, tab } = setUp();
    const widget = tab.widget().load();
    await settled();
    widget.newEvents();
    widget.load(query('/acme/30min', { timeZone: 'Pacific/Kiritimati' }));
    expect(widget.newEvents()).to.deep.equal(['fresh']);
    expect(widget.slots.known?.from).to.equal('2026-11-22T10:00:00.000Z');
    await clock.advance(SECOND);
    expect(api.requests).to.have.lengthOf(1);
  });
});

describe('a booking', () => {
  const booked = '2026-11-25T11:00:00+01:00';
  const same = '2026-11-25T10:00:00.000Z';

  it('takes the time off every widget in every tab at once, for its event type only', async () => {
    const { browser, tab } = setUp();
    const widgets = [tab, browser.tab()].flatMap((each) => [each.widget().load(), each.widget().load()]);
    const other = tab.widget().load(query('/acme/60min'));
    await settled();
    widgets[0]?.controller.forget(booked);
    for (const { starts } of widgets) {
      expect(starts).not.to.include(same);
      expect(starts).to.have.lengthOf(31 * 6 - 1);
    }
    expect(other.starts).to.include(same);
  });

  it('forgets its day and the days beside it, and nothing else', async () => {
    const { clock, api, browser, tab } = setUp();
    const widget = tab.widget().load();
    const other = tab.widget().load(query('/acme/60min'));
    await clock.advance(SECOND);
    widget.controller.forget(booked);
    await clock.advance(SECOND);
    const days = new Set(
      [...(browser.stored.get('test https://schedule.example/acme/30min ') ?? [])].flatMap(({ slots }) =>
        slots.map(({ start }) => start.slice(0, 10)),
      ),
    );
    expect([...days].slice(0, 3)).to.deep.equal(['2026-11-23', '2026-11-27', '2026-11-28']);
    widget.controller.revalidate();
    other.controller.revalidate();
    await clock.advance(SECOND);
    expect(api.requests).to.have.lengthOf(3);
    expect(api.requests[2]?.searchParams.get('start')).to.equal('2026-11-23T23:00:00.000Z');
    expect(api.requests[2]?.searchParams.get('end')).to.equal('2026-11-26T23:00:00.000Z');
  });

  it('does not come back with an answer that was under way', async () => {
    const { clock, api, tab } = setUp();
    const widget = tab.widget().load();
    await clock.advance(SECOND);
    api.delay = 500;
    widget.controller.refresh();
    await clock.advance(100);
    expect(api.requests).to.have.lengthOf(2);
    widget.controller.forget(booked);
    await clock.advance(SECOND);
    expect(widget.slots.origin).to.equal('network');
    expect(widget.starts).not.to.include(same);
    await clock.advance(2 * MINUTE);
    widget.controller.refresh();
    await clock.advance(SECOND);
    expect(widget.starts).to.include(same); // by now the provider must know
  });

  it('that was cancelled only makes its days be asked again', async () => {
    const { clock, api, tab } = setUp();
    const widget = tab.widget().load();
    await settled();
    widget.controller.forget(booked, false);
    expect(widget.starts).to.include(same);
    widget.controller.revalidate();
    await clock.advance(SECOND);
    expect(api.requests).to.have.lengthOf(2);
  });

  it('at no instant at all is ignored', async () => {
    const { tab } = setUp();
    const widget = tab.widget().load();
    await settled();
    widget.controller.forget('tomorrow');
    expect(widget.starts).to.have.lengthOf(31 * 6);
  });

  it('is not believed from a message in another shape', async () => {
    const { browser, tab } = setUp();
    const widget = tab.widget().load();
    await settled();
    const key = 'test https://schedule.example/acme/30min ';
    for (const message of [
      null,
      7,
      'text',
      [],
      {},
      { v: 2, key, taken: same, from: NOW, to: NOW + DAY },
      { v: 1, key: 3, taken: same, from: NOW, to: NOW + DAY },
      { v: 1, key, taken: 5, from: NOW, to: NOW + DAY },
      { v: 1, key, known: [{ from: NOW }] },
      { v: 1, key, known: 'all' },
      { v: 1, key: 'another', taken: same, from: NOW, to: NOW + DAY },
      { v: 1, key, failed: 7 },
    ])
      browser.channel().postMessage(message);
    expect(widget.starts).to.have.lengthOf(31 * 6);
    expect(widget.newEvents()).to.deep.equal(['pending', 'fresh']);
  });
});
