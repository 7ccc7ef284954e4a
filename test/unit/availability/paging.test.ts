import { expect } from '@open-wc/testing';
import { query, settled } from './fake-browser.js';
import { NOW, setUp } from './scene.js';
import { DAY, HOUR, MINUTE, SECOND } from './times.js';

describe('paging', () => {
  it('shows a prefetched month without another request', async () => {
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

  it('into the past finds nothing and sends no request', async () => {
    const { clock, api, tab } = setUp();
    const widget = tab.widget().load();
    await settled();
    widget.controller.show({ first: '2026-10-01', days: 31 });
    await clock.advance(SECOND);
    expect(widget.slots.known?.slots).to.deep.equal([]);
    expect(widget.slots.request).to.equal('idle');
    expect(api.requests).to.have.lengthOf(1);
  });

  it('ignores the late response for the month that was left', async () => {
    const { clock, api, tab } = setUp();
    api.delay = 500;
    const widget = tab.widget().load();
    await clock.advance(100);
    widget.controller.show({ first: '2027-03-01', days: 31 });
    await clock.advance(5 * SECOND);
    expect(widget.starts[0]).to.equal('2027-03-01T09:00:00.000Z');
    expect(widget.newEvents()).to.deep.equal(['pending', 'pending', 'fresh']);
  });

  it('to another zone shows cached slots at once and sends no request', async () => {
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

  it('removes the slot from every widget in every tab at once, for its event type only', async () => {
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

  it('invalidates its day and the adjacent days, and nothing else', async () => {
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

  it('does not reappear with a response to an earlier request', async () => {
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

  it('that was cancelled only invalidates its days', async () => {
    const { clock, api, tab } = setUp();
    const widget = tab.widget().load();
    await settled();
    widget.controller.forget(booked, false);
    expect(widget.starts).to.include(same);
    widget.controller.revalidate();
    await clock.advance(SECOND);
    expect(api.requests).to.have.lengthOf(2);
  });

  it('and given back is offered with the next response', async () => {
    const { clock, tab } = setUp();
    const widget = tab.widget().load();
    await clock.advance(SECOND);
    widget.controller.forget(booked);
    widget.controller.forget(booked, false);
    widget.controller.revalidate();
    await clock.advance(SECOND);
    expect(widget.starts).to.include(same);
  });

  it('and given back in one tab is offered in every tab that knew it as taken', async () => {
    const { browser, clock, tab } = setUp();
    const [here, elsewhere] = [tab.widget().load(), browser.tab().widget().load()];
    await clock.advance(SECOND);
    here.controller.forget(booked);
    expect(elsewhere.starts).not.to.include(same);
    here.controller.forget(booked, false);
    elsewhere.controller.revalidate();
    await clock.advance(SECOND);
    expect(elsewhere.starts).to.include(same);
  });

  it('without a valid start is ignored', async () => {
    const { tab } = setUp();
    const widget = tab.widget().load();
    await settled();
    widget.controller.forget('tomorrow');
    expect(widget.starts).to.have.lengthOf(31 * 6);
  });

  it('in a message of another shape is ignored', async () => {
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
      { v: 2, key, start: same, isTaken: true, from: NOW, to: NOW + DAY },
      { v: 1, key: 3, start: same, isTaken: true, from: NOW, to: NOW + DAY },
      { v: 1, key, start: same, isTaken: 5, from: NOW, to: NOW + DAY },
      { v: 1, key, isTaken: true, from: NOW, to: NOW + DAY },
      { v: 1, key, known: [{ from: NOW }] },
      { v: 1, key, known: 'all' },
      { v: 1, key: 'another', start: same, isTaken: true, from: NOW, to: NOW + DAY },
      { v: 1, key, failed: 7 },
    ])
      browser.channel().postMessage(message);
    expect(widget.starts).to.have.lengthOf(31 * 6);
    expect(widget.newEvents()).to.deep.equal(['pending', 'fresh']);
  });
});
