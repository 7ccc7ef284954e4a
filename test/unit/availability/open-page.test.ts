import { expect } from '@open-wc/testing';
import { hourlySlots, json, settled } from './fake-browser.js';
import { setUp } from './scene.js';
import { HOUR, MINUTE, SECOND } from './times.js';

describe('a page that stays open', () => {
  it('removes slots as they begin, with a timer only while it is visible', async () => {
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

  it('has no timer when its slots arrive while it is hidden', async () => {
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

  it('shows neither past slots nor yesterday’s window after a night', async () => {
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

  it('notices within a minute that the clock was set forward', async () => {
    const { clock, tab } = setUp();
    const widget = tab.widget().load();
    await settled();
    clock.now += 5 * HOUR;
    await clock.advance(MINUTE);
    expect(widget.starts[0]).to.equal('2026-11-23T14:00:00.000Z');
  });

  it('requests slots again when the clock was set back, because their age is unknown', async () => {
    const { clock, api, tab } = setUp();
    tab.widget().load();
    await settled();
    clock.now -= 5 * HOUR;
    tab.see();
    await settled();
    expect(api.requests).to.have.lengthOf(2);
  });

  it('sends a request when it becomes visible after its slots are stale, and not before', async () => {
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

  it('holds no resource while it is in the back/forward cache, and reads the slots of other tabs when it is restored', async () => {
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

  it('that entered the back/forward cache during a request sends it again when it is restored', async () => {
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
  it('sends one request for all widgets although the slots are fresh', async () => {
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

  it('shows its slots in the other tabs', async () => {
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
