import { expect } from '@open-wc/testing';
import { sharedSlots } from '../../../src/widget/availability/shared-slots.js';
import { FakeLocks, FakeWidget, query, settled } from './fake-browser.js';
import { setUp, status } from './scene.js';
import { MINUTE, SECOND } from './times.js';

describe('a request for slots', () => {
  it('from 50 widgets in each of 10 tabs is sent once per freshness window', async () => {
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

  it('is sent by the next tab when the first one is closed meanwhile', async () => {
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

  it('is sent once per tab where there are no locks', async () => {
    const { clock, browser, api } = setUp();
    browser.locks = undefined;
    api.delay = 400;
    const tabs = [browser.tab(), browser.tab()];
    for (const tab of tabs) for (let count = 0; count < 5; count++) tab.widget().load();
    await clock.advance(2 * SECOND);
    expect(api.requests).to.have.lengthOf(2);
  });

  it('is sent once even where tabs have no channel to one another', async () => {
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

  it('is answered although locks are refused', async () => {
    const { browser, api } = setUp();
    browser.locks = Object.assign(new FakeLocks(), {
      request: () => Promise.reject(new DOMException('Not here', 'SecurityError')),
    });
    const widget = browser.tab().widget().load();
    await settled();
    expect(widget.slots.origin).to.equal('network');
    expect(api.requests).to.have.lengthOf(1);
  });

  it('is sent once for overlapping ranges', async () => {
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

  it('that is under way is not repeated for a range that overlaps it', async () => {
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

  it('is sent for each of several event types', async () => {
    const { api, tab } = setUp();
    tab.widget().load();
    tab.widget().load(query('/acme/60min'));
    await settled();
    expect(api.requests.map(({ searchParams }) => searchParams.get('page'))).to.have.members([
      '/acme/30min',
      '/acme/60min',
    ]);
  });

  it('fails for all widgets at once', async () => {
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

  it('has no effect on a widget that has another scheduling page when the response arrives', async () => {
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

  it('leaves no resources behind after a hundred widgets were added and removed', async () => {
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
