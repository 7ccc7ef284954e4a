import { expect } from '@open-wc/testing';
import { safeStorage } from '../../../src/widget/platform/safe-storage.js';
import { sharedSlots } from '../../../src/widget/availability/shared-slots.js';
import type { FakeBrowser } from './fake-browser.js';
import { FakeWidget, hourlySlots, json, provider, query, reply, settled } from './fake-browser.js';
import { NOW, setUp, status } from './scene.js';
import { DAY, MINUTE, SECOND } from './times.js';

/** What the tabs have noted about the API. */
const circuit = (browser: FakeBrowser, origin = 'https://api.example') => {
  const notes = JSON.parse(browser.text ?? '{}') as Record<
    string,
    { failures: number; until: number } | undefined
  >;
  return notes[origin] ?? { failures: 0, until: 0 };
};

describe('the limits of requests', () => {
  it('allow at most 20 requests a minute, all tabs together', async () => {
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

  it('count the requests of other tabs although processes see them a little late', async () => {
    const { clock, browser, api } = setUp();
    browser.lag = 20;
    const tabs = Array.from({ length: 5 }, () => browser.tab());
    tabs.forEach((tab, t) => {
      for (let w = 0; w < 10; w++) tab.widget().load(query(`/host/${t * 10 + w}`));
    });
    await clock.advance(5 * SECOND);
    expect(api.requests).to.have.lengthOf(20);
  });

  it('count each API separately', async () => {
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

  it('increase the delay after every failure, then open the breaker, and recover automatically', async () => {
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

  it('end automatic retries after the last attempt, until another event occurs', async () => {
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

  it('share the breaker between tabs', async () => {
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
    it(`wait ${seconds} s after a 429 with Retry-After: ${written}`, async () => {
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

  it('randomise the delays of different visitors', async () => {
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

  it('do not repeat a request that was refused, nor count it as a failure of the API', async () => {
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

  it('do not count being offline as a failure of the API, and send the request when the network is back', async () => {
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

  it('abort a request without a response after 15 s', async () => {
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
    it(`count a response with ${what} as a failure, never as "no slots"`, async () => {
      const { api, tab } = setUp();
      api.handler = () => reply(body);
      const widget = tab.widget().load();
      await settled();
      expect(widget.slots).to.include({ request: 'failed', known: null });
    });

  it('apply per tab where nothing can be written for other tabs', async () => {
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
  it('ends in a failure, and no widget waits forever', async () => {
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
