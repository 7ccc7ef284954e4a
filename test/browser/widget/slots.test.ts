import { expect } from '@open-wc/testing';
import type { BookingAvailabilityEvent, BookingSlotSelectEvent } from '../../../src/entries/index.js';
import { service } from '../../helpers/service.js';
import {
  calcom,
  laterWidgetIsReady,
  mount,
  newHost,
  next,
  part,
  parts,
  requests,
  turn,
  slotRequests,
  slotsOf,
  frameOf,
  isInert,
  unmountAll,
  until,
} from '../../helpers/widget.js';

describe('native slots', () => {
  let host = '';
  const slowCalendar = (more: Record<string, string> = {}) =>
    mount({ ...calcom(host), loading: 'eager', 'time-zone': 'Europe/Berlin', ...more });

  beforeEach(async () => {
    host = newHost();
    await turn(host, { late: 3000 });
  });
  afterEach(unmountAll);

  it('slots are shown before the calendar with their time zone in words', async () => {
    const widget = slowCalendar();
    const availability: BookingAvailabilityEvent = await next(widget, 'booking-availability');
    expect(availability.source).to.equal('fresh');
    expect(availability.count).to.be.greaterThan(6);
    expect(slotsOf(widget)).to.have.length(6);
    expect(parts(widget, 'day')).to.have.length.at.least(2);
    expect(part(widget, 'zone')?.textContent).to.match(/Europe\/Berlin, now \d/);
    expect(part(widget, 'zone-choice')?.ariaLabel).to.include('Central European');
    expect(getComputedStyle(part(widget, 'as-of') ?? widget).display).to.equal('none');
    expect(widget.matches(':state(times)')).to.equal(true);
    expect(widget.matches(':state(ready)')).to.equal(false);
  });

  it('slots that nobody uses are replaced by the ready calendar', async () => {
    await turn(host, { late: 600 });
    const widget = slowCalendar();
    await until(() => slotsOf(widget).length);
    await next(widget, 'booking-ready');
    expect(slotsOf(widget)).to.have.length(0);
    expect(isInert(frameOf(widget))).to.equal(false);
  });

  it('slots that the visitor has begun to use stay until the visitor asks for the calendar', async () => {
    await turn(host, { late: 600 });
    const widget = slowCalendar();
    const [first] = await until(() => (slotsOf(widget).length ? slotsOf(widget) : null));
    first?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    await next(widget, 'booking-ready');
    expect(slotsOf(widget)).to.have.length(6);
    expect(isInert(frameOf(widget))).to.equal(true);
    part(widget, 'all-times')?.click();
    await until(() => !isInert(frameOf(widget)));
    expect(slotsOf(widget)).to.have.length(0);
  });

  it('a chosen slot opens the scheduling page at that time and becomes the heading', async () => {
    const widget = slowCalendar();
    const [first] = await until(() => (slotsOf(widget).length ? slotsOf(widget) : null));
    const words = first?.textContent.trim() ?? '';
    const select = next(widget, 'booking-slot-select');
    first?.click();
    const { start }: BookingSlotSelectEvent = await select;
    expect(part(widget, 'chosen')?.textContent).to.include(words.replace(/\s[AP]M$/, ''));
    expect(widget.shadowRoot?.activeElement).to.equal(part(widget, 'chosen'));
    const page = await until(
      () => frameOf(widget)?.src.includes('slot=') && new URL(frameOf(widget)?.src ?? ''),
    );
    expect(Date.parse(page.searchParams.get('slot') ?? '')).to.equal(Date.parse(start));
    expect(page.searchParams.get('date')).to.match(/^\d{4}-\d\d-\d\d$/);
    await turn(host, { late: null });
    await next(widget, 'booking-ready');
    expect(part(widget, 'chosen')).not.to.equal(null);
  });

  it('slots come back on request and another slot can be chosen', async () => {
    const widget = slowCalendar();
    const [first] = await until(() => (slotsOf(widget).length ? slotsOf(widget) : null));
    first?.click();
    (await until(() => part(widget, 'back'))).click();
    const second = (await until(() => (slotsOf(widget).length ? slotsOf(widget) : null)))[1];
    const select = next(widget, 'booking-slot-select');
    second?.click();
    const { start } = await select;
    await until(() => frameOf(widget)?.src.includes(encodeURIComponent(new Date(start).toISOString())));
  });

  it('open(slot) opens the dialog with the scheduling page at that slot', async () => {
    const widget = slowCalendar({ mode: 'popup', loading: 'lazy' });
    widget.open({ start: '2031-03-03T09:00:00Z' });
    const page = await until(() => frameOf(widget));
    expect(page.src).to.include('embedType=modal').and.to.include('slot=2031-03-03');
    expect(part<HTMLDialogElement>(widget, 'dialog')?.open).to.equal(true);
  });

  it('open() with what is no slot, as a framework hands on an event, chooses none', async () => {
    const widget = mount({ ...calcom(newHost()), loading: 'interaction' });
    await until(() => slotsOf(widget).length > 0);
    const selected: Event[] = [];
    widget.addEventListener('booking-slot-select', (event) => selected.push(event));
    const ready = next(widget, 'booking-ready');
    (widget.open as (slot: unknown) => void)(new Event('click'));
    await ready;
    expect(selected).to.deep.equal([]);
    expect(new URL(frameOf(widget)?.src ?? '').searchParams.get('slot')).to.equal(null);
  });

  it('slots with loading="interaction" need no calendar until one is chosen', async () => {
    const widget = slowCalendar({ loading: 'interaction' });
    const [first] = await until(() => (slotsOf(widget).length ? slotsOf(widget) : null));
    expect(frameOf(widget)).to.equal(null);
    first?.click();
    await until(() => frameOf(widget)?.src.includes('slot='));
  });

  it('slots of the last visit are shown without a request while they are fresh', async () => {
    const widget = slowCalendar();
    await next(widget, 'booking-availability');
    // The slots are kept for the next visit by then.
    await laterWidgetIsReady();
    widget.remove();
    const again = slowCalendar();
    await next(again, 'booking-availability');
    expect(slotsOf(again)).to.have.length(6);
    expect(await slotRequests(host)).to.equal(1);
  });

  it('twelve widgets of the same scheduling page share one request for slots', async () => {
    const widgets = Array.from({ length: 12 }, () => slowCalendar({ loading: 'interaction' }));
    // All in view.
    for (const widget of widgets) widget.style.cssText = 'position: absolute; inset: 0 0 auto';
    await Promise.all(widgets.map((widget) => until(() => slotsOf(widget).length)));
    expect(await slotRequests(host)).to.equal(1);
  });

  it('slots that fail to load leave a usable calendar', async () => {
    await turn(host, { late: null, 'slots-status': 500 });
    const widget = slowCalendar();
    await next(widget, 'booking-ready');
    expect(slotsOf(widget)).to.have.length(0);
    expect(part(widget, 'failure')).to.equal(null);
  });

  it('slots that fail to load leave the button that shows the calendar with loading="interaction"', async () => {
    await turn(host, { late: null, 'slots-status': 500 });
    const widget = slowCalendar({ loading: 'interaction' });
    (await until(() => part(widget, 'show'))).click();
    await next(widget, 'booking-ready');
  });

  it('an event type without slots says so in a sentence', async () => {
    const widget = slowCalendar({ ...calcom(host, 'empty') });
    // The first month is empty, and so is the year after it.
    await until(() => part(widget, 'no-times')?.textContent.includes('No times available'));
    expect(await slotRequests(host)).to.equal(2);
    expect(part(widget, 'all-times')).not.to.equal(null);
  });

  it('availability="off" sends no request for slots', async () => {
    await turn(host, { late: null });
    const widget = slowCalendar({ availability: 'off' });
    await next(widget, 'booking-ready');
    expect(await slotRequests(host)).to.equal(0);
  });

  it('Calendly slots come from a companion and open at their own address', async () => {
    const widget = mount({
      src: `${service.calendly}/${host}/30min`,
      provider: 'calendly',
      companion: service.calendly,
      'metrics-endpoint': 'none:',
      loading: 'interaction',
    });
    const [first] = await until(() => (slotsOf(widget).length ? slotsOf(widget) : null));
    const select = next(widget, 'booking-slot-select');
    first?.click();
    const { start } = await select;
    const page = await until(() => frameOf(widget));
    expect(decodeURIComponent(new URL(page.src).pathname)).to.match(/^\/test-[^/]+\/30min\/\d{4}-/);
    expect(Date.parse(decodeURIComponent(new URL(page.src).pathname).split('/').at(-1) ?? '')).to.equal(
      Date.parse(start),
    );
  });

  it('a slot that somebody booked goes from the screen at the companion’s live message', async () => {
    const attributes = {
      ...calcom(host),
      companion: service.cal,
      'metrics-endpoint': 'none:',
      loading: 'interaction',
    };
    const [widget, twin] = [mount(attributes), mount(attributes)];
    const chosen = await until(() =>
      slotsOf(widget).length && slotsOf(twin).length ? slotsOf(widget)[0] : null,
    );
    const words = chosen.ariaLabel;
    const select = next(widget, 'booking-slot-select');
    chosen.click();
    const { start } = await select;
    const seen = (path: string): Promise<number> =>
      requests(host).then((all) => all.filter((request) => request.path === path).length);
    await until(() => seen('/v1/live'));
    const isThere = (): boolean => slotsOf(twin).some(({ ariaLabel }) => ariaLabel === words);
    expect(isThere()).to.equal(true);
    const booked = await fetch(`${service.cal}/v2/bookings`, {
      method: 'POST',
      headers: { 'cal-api-version': '2024-08-13', 'content-type': 'application/json' },
      body: JSON.stringify({
        start,
        eventTypeSlug: '30min',
        username: host,
        attendee: { name: 'Ada Lovelace', email: 'ada@example.com', timeZone: 'Europe/Berlin' },
      }),
    });
    expect(booked.status).to.equal(201);
    await until(() => !isThere());
    expect(await seen('/v1/live'), 'both widgets listen on one connection').to.equal(1);
    expect(await seen('/v1/availability'), 'nothing more was requested').to.equal(1);
  });

  it('a fresh response with the same slots writes nothing to the DOM', async () => {
    const widget = slowCalendar({ loading: 'interaction' });
    await until(() => slotsOf(widget).length);
    await laterWidgetIsReady();
    const list = part(widget, 'times');
    let writes = 0;
    const observer = new MutationObserver((records) => {
      // What time it is in the zone goes on by the minute.
      writes += records.filter(({ target }) => !target.parentElement?.closest('[part="zone"]')).length;
    });
    if (list)
      observer.observe(list, { subtree: true, childList: true, attributes: true, characterData: true });
    const emitted = next(widget, 'booking-availability');
    widget.refresh();
    await emitted;
    await laterWidgetIsReady();
    expect(await slotRequests(host)).to.equal(2);
    expect(writes).to.equal(0);
    observer.disconnect();
  });
});
