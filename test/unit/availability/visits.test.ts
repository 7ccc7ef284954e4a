import { expect } from '@open-wc/testing';
import { sharedSlots } from '../../../src/widget/availability/shared-slots.js';
import { FakeWidget, json, settled } from './fake-browser.js';
import { NOW, setUp, status } from './scene.js';
import { HOUR, MINUTE } from './times.js';

describe('a first visit', () => {
  it('requests the window of 31 local days and shows the response', async () => {
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

  it('does not wait for storage, which may never respond', async () => {
    const { api, browser, tab } = setUp();
    browser.storage = new Promise(() => undefined);
    const widget = tab.widget().load();
    await settled();
    expect(api.requests).to.have.lengthOf(1);
    expect(widget.slots).to.include({ origin: 'network', request: 'idle' });
  });

  it('sends the request before it reads the cache', async () => {
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

  it('within freshness shows cached slots and sends no request', async () => {
    const { api, tab } = await visited(4 * MINUTE);
    const widget = tab.widget().load();
    await settled();
    expect(widget.newEvents()).to.deep.equal(['cached']);
    expect(widget.slots).to.include({ origin: 'cache', request: 'idle' });
    expect(api.requests).to.have.lengthOf(1);
  });

  it('after freshness sends the request first, shows cached slots, then confirms them with the same array', async () => {
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

  it('after a day shows nothing before the response arrives', async () => {
    const { tab } = await visited(25 * HOUR);
    const widget = tab.widget().load();
    await settled();
    expect(widget.newEvents()).to.deep.equal(['pending', 'fresh']);
  });

  it('on the next day shows what is left of yesterday’s response', async () => {
    const { api, clock, tab } = await visited(20 * HOUR);
    api.delay = 500;
    const widget = tab.widget().load();
    await settled();
    expect(widget.newEvents()).to.deep.equal(['pending', 'cached']);
    expect(widget.starts[0]).to.equal('2026-11-24T09:00:00.000Z');
    expect(widget.slots.known?.to).to.equal('2026-12-24T23:00:00.000Z');
    await clock.advance(500);
  });

  it('sends a request when storage has lost slots that the request log calls fresh', async () => {
    const { api, browser, tab } = await visited(MINUTE);
    browser.stored.clear();
    const widget = tab.widget().load();
    await settled();
    expect(widget.newEvents()).to.deep.equal(['pending', 'fresh']);
    expect(api.requests).to.have.lengthOf(2);
  });

  it('does not start twice at the page’s load event', async () => {
    const { tab } = await visited(20 * MINUTE);
    const widget = tab.widget().load();
    tab.fire('pageshow', false);
    await settled();
    tab.fire('pageshow', false);
    await settled();
    expect(widget.newEvents()).to.deep.equal(['pending', 'cached', 'fresh']);
  });

  it('does not replace fresh slots by cached ones that are read late', async () => {
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

  it('keeps the old slots when no response arrives, and reports why', async () => {
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
