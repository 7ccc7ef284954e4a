import { expect } from '@open-wc/testing';
import type { BookingAvailabilityEvent, BookingSlotSelectEvent } from '../../../src/entries/index.js';
import { service } from '../../helpers/service.js';
import {
  calcom,
  mount,
  newHost,
  next,
  part,
  parts,
  requests,
  settled,
  turn,
  unmountAll,
  until,
} from '../../helpers/widget.js';

const frame = (widget: Element): HTMLIFrameElement | null => part<HTMLIFrameElement>(widget, 'frame');
const times = (widget: Element): HTMLElement[] => parts(widget, 'slot');

/** How often somebody asked for the times of this host. */
const questions = async (host: string): Promise<number> =>
  (await requests(host)).filter(({ method, path }) => method === 'GET' && path === '/v2/slots').length;

describe('native times', () => {
  let host = '';
  const slowCalendar = (more: Record<string, string> = {}) =>
    mount({ ...calcom(host), loading: 'eager', 'time-zone': 'Europe/Berlin', ...more });

  beforeEach(async () => {
    host = newHost();
    await turn(host, { late: 3000 });
  });
  afterEach(unmountAll);

  it('are on screen before the calendar is, and say their zone in words', async () => {
    const widget = slowCalendar();
    const told: BookingAvailabilityEvent = await next(widget, 'booking-availability');
    expect(told.source).to.equal('fresh');
    expect(told.count).to.be.greaterThan(6);
    expect(times(widget)).to.have.length(6);
    expect(parts(widget, 'day')).to.have.length.at.least(2);
    expect(part(widget, 'zone')?.textContent).to.include('Central European');
    expect(getComputedStyle(part(widget, 'as-of') ?? widget).display).to.equal('none');
    expect(widget.matches(':state(times)')).to.equal(true);
    expect(widget.matches(':state(ready)')).to.equal(false);
  });

  it('give way to the calendar when nobody has begun to use them', async () => {
    await turn(host, { late: 600 });
    const widget = slowCalendar();
    await until(() => times(widget).length);
    await next(widget, 'booking-ready');
    expect(times(widget)).to.have.length(0);
    expect(frame(widget)?.parentElement?.inert).to.equal(false);
  });

  it('stay for a visitor who has begun to use them, until they choose', async () => {
    await turn(host, { late: 600 });
    const widget = slowCalendar();
    const [first] = await until(() => (times(widget).length ? times(widget) : null));
    first?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    await next(widget, 'booking-ready');
    expect(times(widget)).to.have.length(6);
    expect(frame(widget)?.parentElement?.inert).to.equal(true);
    part(widget, 'all-times')?.click();
    await until(() => !frame(widget)?.parentElement?.inert);
    expect(times(widget)).to.have.length(0);
  });

  it('open the provider’s page at the chosen time, which stays on screen as a heading', async () => {
    const widget = slowCalendar();
    const [first] = await until(() => (times(widget).length ? times(widget) : null));
    const words = first?.textContent.trim() ?? '';
    const select = next(widget, 'booking-slot-select');
    first?.click();
    const { start }: BookingSlotSelectEvent = await select;
    expect(part(widget, 'chosen')?.textContent).to.include(words.replace(/\s[AP]M$/, ''));
    expect(widget.shadowRoot?.activeElement).to.equal(part(widget, 'chosen'));
    const page = await until(() => frame(widget)?.src.includes('slot=') && new URL(frame(widget)?.src ?? ''));
    expect(Date.parse(page.searchParams.get('slot') ?? '')).to.equal(Date.parse(start));
    expect(page.searchParams.get('date')).to.match(/^\d{4}-\d\d-\d\d$/);
    await turn(host, { late: null });
    await next(widget, 'booking-ready');
    expect(part(widget, 'chosen')).not.to.equal(null);
  });

  it('come back on request, and another one can be chosen', async () => {
    const widget = slowCalendar();
    const [first] = await until(() => (times(widget).length ? times(widget) : null));
    first?.click();
    (await until(() => part(widget, 'back'))).click();
    const second = (await until(() => (times(widget).length ? times(widget) : null)))[1];
    const select = next(widget, 'booking-slot-select');
    second?.click();
    const { start } = await select;
    await until(() => frame(widget)?.src.includes(encodeURIComponent(new Date(start).toISOString())));
  });

  it('can be chosen by a script, and in a dialog', async () => {
    const widget = slowCalendar({ mode: 'popup', loading: 'lazy' });
    widget.open({ start: '2031-03-03T09:00:00Z' });
    const page = await until(() => frame(widget));
    expect(page.src).to.include('embedType=modal').and.to.include('slot=2031-03-03');
    expect(part<HTMLDialogElement>(widget, 'dialog')?.open).to.equal(true);
  });

  it('need no calendar at all with loading="interaction" until one is chosen', async () => {
    const widget = slowCalendar({ loading: 'interaction' });
    const [first] = await until(() => (times(widget).length ? times(widget) : null));
    expect(frame(widget)).to.equal(null);
    first?.click();
    await until(() => frame(widget)?.src.includes('slot='));
  });

  it('are there at once on the next visit, without asking again while they are fresh', async () => {
    const widget = slowCalendar();
    await next(widget, 'booking-availability');
    await settled();
    widget.remove();
    const again = slowCalendar();
    await next(again, 'booking-availability');
    expect(times(again)).to.have.length(6);
    expect(await questions(host)).to.equal(1);
  });

  it('are asked for once, however many widgets show the same page', async () => {
    const widgets = Array.from({ length: 12 }, () => slowCalendar({ loading: 'interaction' }));
    // All in view.
    for (const widget of widgets) widget.style.cssText = 'position: absolute; inset: 0 0 auto';
    await Promise.all(widgets.map((widget) => until(() => times(widget).length)));
    expect(await questions(host)).to.equal(1);
  });

  it('are missing without harm when they cannot be had', async () => {
    await turn(host, { late: null, 'slots-status': 500 });
    const widget = slowCalendar();
    await next(widget, 'booking-ready');
    expect(times(widget)).to.have.length(0);
    expect(part(widget, 'failure')).to.equal(null);
  });

  it('leave a way to the calendar when they cannot be had and it is loaded on request only', async () => {
    await turn(host, { late: null, 'slots-status': 500 });
    const widget = slowCalendar({ loading: 'interaction' });
    (await until(() => part(widget, 'show'))).click();
    await next(widget, 'booking-ready');
  });

  it('say in a sentence that there are none', async () => {
    const widget = slowCalendar({ ...calcom(host, 'empty') });
    expect((await until(() => part(widget, 'no-times'))).textContent).to.include('No free times');
    expect(part(widget, 'all-times')).not.to.equal(null);
  });

  it('are not asked for with availability="off"', async () => {
    await turn(host, { late: null });
    const widget = slowCalendar({ availability: 'off' });
    await next(widget, 'booking-ready');
    expect(await questions(host)).to.equal(0);
  });

  it('of Calendly come through a companion, each with its own address', async () => {
    const widget = mount({
      src: `${service.calendly}/${host}/30min`,
      provider: 'calendly',
      companion: service.calendly,
      'metrics-endpoint': 'none:',
      loading: 'interaction',
    });
    const [first] = await until(() => (times(widget).length ? times(widget) : null));
    const select = next(widget, 'booking-slot-select');
    first?.click();
    const { start } = await select;
    const page = await until(() => frame(widget));
    expect(decodeURIComponent(new URL(page.src).pathname)).to.match(/^\/test-[^/]+\/30min\/\d{4}-/);
    expect(Date.parse(decodeURIComponent(new URL(page.src).pathname).split('/').at(-1) ?? '')).to.equal(
      Date.parse(start),
    );
  });

  it('go from the screen as soon as a companion says that somebody booked them', async () => {
    const attributes = {
      ...calcom(host),
      companion: service.cal,
      'metrics-endpoint': 'none:',
      loading: 'interaction',
    };
    const [widget, twin] = [mount(attributes), mount(attributes)];
    const chosen = await until(() => (times(widget).length && times(twin).length ? times(widget)[0] : null));
    const words = chosen.ariaLabel;
    const select = next(widget, 'booking-slot-select');
    chosen.click();
    const { start } = await select;
    const seen = (path: string): Promise<number> =>
      requests(host).then((all) => all.filter((request) => request.path === path).length);
    while (!(await seen('/v1/live'))) await settled();
    const isThere = (): boolean => times(twin).some(({ ariaLabel }) => ariaLabel === words);
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
    expect(await seen('/v1/availability'), 'and nothing was asked for').to.equal(1);
  });

  it('write nothing to the page when a fresh answer says the same', async () => {
    const widget = slowCalendar({ loading: 'interaction' });
    await until(() => times(widget).length);
    await settled();
    const list = part(widget, 'times');
    let writes = 0;
    const observer = new MutationObserver((records) => {
      writes += records.length;
    });
    if (list)
      observer.observe(list, { subtree: true, childList: true, attributes: true, characterData: true });
    const told = next(widget, 'booking-availability');
    widget.refresh();
    await told;
    await settled();
    expect(await questions(host)).to.equal(2);
    expect(writes).to.equal(0);
    observer.disconnect();
  });
});

describe('more of the native times', () => {
  const DAY = 86_400_000;
  let host = '';
  const asked = (more: Record<string, string> = {}) =>
    mount({ ...calcom(host), loading: 'interaction', 'time-zone': 'Europe/Berlin', ...more });
  const some = (widget: Element): Promise<HTMLElement[]> =>
    until(() => (times(widget).length ? times(widget) : null));
  const days = (widget: Element): string[] => parts(widget, 'day').map(({ textContent }) => textContent);
  const turnTo = async (widget: Element, button: 'earlier' | 'later'): Promise<string[]> => {
    const before = days(widget).join();
    part(widget, button)?.click();
    return until(() => (days(widget).join() !== before && times(widget).length ? days(widget) : null));
  };

  /** Whether the scheduling service still offers this time to others. */
  const isListed = async (start: string): Promise<boolean> => {
    const day = new Date(start).toISOString().slice(0, 10);
    const query = new URLSearchParams({ username: host, eventTypeSlug: '30min', start: day, end: day });
    const answer = await fetch(`${service.cal}/v2/slots?${query.toString()}`, {
      headers: { 'cal-api-version': '2024-09-04' },
    });
    const { data } = (await answer.json()) as { data: Record<string, readonly { start: string }[]> };
    return Object.values(data).some((free) =>
      free.some((slot) => Date.parse(slot.start) === Date.parse(start)),
    );
  };
  /** What was held and let go of this host's times. */
  const reservations = async () =>
    (await requests('')).filter(({ path, key }) => path.includes('/reservations') && key.startsWith(host));
  /** The page in a widget's frame says that somebody has booked. */
  const announceBooking = async (widget: Element, start: string): Promise<void> => {
    const page = await until(() => frame(widget));
    const { origin, searchParams } = new URL(page.src);
    const data = {
      originator: 'CAL',
      type: 'bookingSuccessfulV2',
      namespace: searchParams.get('embed'),
      data: { uid: `rival-${start}`, startTime: start },
    };
    const told = next(widget, 'booking-booked');
    dispatchEvent(new MessageEvent('message', { source: page.contentWindow, origin, data }));
    await told;
  };

  beforeEach(() => {
    host = newHost();
  });
  afterEach(unmountAll);

  it('come by weeks, there and back, and ask again only beyond what is known', async () => {
    const widget = asked();
    await some(widget);
    const home = days(widget);
    expect(part(widget, 'earlier')).to.have.attribute('aria-disabled', 'true');
    await turnTo(widget, 'later');
    expect(times(widget).length).to.be.greaterThan(6);
    await turnTo(widget, 'later');
    expect(await questions(host), 'the first month is known').to.equal(1);
    while (days(widget).join() !== home.join()) await turnTo(widget, 'earlier');
    expect(part(widget, 'earlier')).to.have.attribute('aria-disabled', 'true');
  });

  it('come by months, each asked for once', async () => {
    const widget = asked();
    await some(widget);
    const month = part(widget, 'month') as HTMLSelectElement;
    const to = (index: number): void => {
      month.selectedIndex = index;
      month.dispatchEvent(new Event('change'));
    };
    const home = days(widget).join();
    const isElsewhere = () => times(widget).length && days(widget).join() !== home;
    to(3);
    await until(isElsewhere);
    const known = await questions(host);
    expect(known).to.equal(2);
    to(0);
    await until(() => days(widget).join() === home);
    to(3);
    await until(isElsewhere);
    expect(await questions(host)).to.equal(known);
  });

  it('say in a sentence that a week has none, and that a wish cannot be met', async () => {
    const empty = asked({ ...calcom(host, 'empty') });
    await until(() => part(empty, 'no-times'));
    part(empty, 'later')?.click();
    await until(() => empty.shadowRoot?.textContent.includes('on these days'));
    empty.remove();
    const past = asked({ preferred: '2020-01-01T10:00Z' });
    await until(() => past.shadowRoot?.textContent.includes('has passed'));
    past.remove();
    const far = asked({ preferred: new Date(Date.now() + 900 * DAY).toISOString() });
    await until(() => far.shadowRoot?.textContent.includes('far ahead'));
    far.remove();
    const junk = asked({ preferred: 'next Tuesday' });
    expect(await some(junk)).to.have.length(6);
  });

  it('are shown in the zone that the visitor chooses, in every widget, and on the next visit', async () => {
    const widget = asked();
    const other = asked();
    const [first] = await some(widget);
    await some(other);
    const before = first?.textContent;
    const choice = part(widget, 'zone-choice') as HTMLSelectElement;
    choice.dispatchEvent(new Event('focus'));
    expect(choice.options.length).to.be.greaterThan(100);
    choice.value = 'Asia/Tokyo';
    choice.dispatchEvent(new Event('change'));
    for (const each of [widget, other])
      await until(
        () => part(each, 'zone')?.textContent.includes('Japan') && times(each)[0]?.textContent !== before,
      );
    expect(await questions(host), 'the same times, written otherwise').to.equal(1);
    widget.remove();
    other.remove();
    const again = asked();
    await some(again);
    expect(part(again, 'zone')?.textContent).to.include('Japan');
    times(again)[0]?.click();
    const page = await until(() => frame(again)?.src);
    expect(new URL(page).searchParams.get('cal.tz')).to.equal('Asia/Tokyo');
    part(again, 'back')?.click();
    const back = await until(() => part<HTMLSelectElement>(again, 'zone-choice'));
    back.value = 'Europe/Berlin';
    back.dispatchEvent(new Event('change'));
  });

  it('begin with those closest to a preferred one, with the reason in words, from one request', async () => {
    const probe = asked();
    await some(probe);
    const select = next(probe, 'booking-slot-select');
    times(probe)[3]?.click();
    const { start } = await select;
    probe.remove();
    const preferred = new Date(Date.parse(start) + 5 * 60_000).toISOString();
    const widget = asked({ preferred });
    const offers = await until(() => part(widget, 'alternatives'));
    expect(offers.textContent).to.include('same day');
    expect(widget.shadowRoot?.textContent).to.include('Close to');
    expect(await questions(host)).to.equal(1);
  });

  it('of a wish months ahead are asked for at once, in one request', async () => {
    const widget = asked({ preferred: new Date(Date.now() + 120 * DAY).toISOString() });
    await until(() => part(widget, 'alternatives') ?? part(widget, 'no-times'));
    await some(widget);
    expect(await questions(host)).to.equal(1);
  });

  it('say kindly that the chosen one was just taken, and offer others', async () => {
    await turn(host, { late: 3000 });
    const widget = asked();
    const rival = asked();
    await some(widget);
    await some(rival);
    const select = next(widget, 'booking-slot-select');
    times(widget)[1]?.click();
    const { start } = await select;
    expect(part(widget, 'chosen')).not.to.equal(null);
    // Somebody books the same time in the other widget's page.
    times(rival)[1]?.click();
    await announceBooking(rival, start);
    await until(() => widget.shadowRoot?.textContent.includes('just taken'));
    expect((await some(widget)).length).to.be.greaterThan(3);
    await until(() => part(widget, 'alternatives'));
    expect(rival.shadowRoot?.textContent, 'who booked it is not told so').not.to.include('just taken');
  });

  it('are held while the visitor fills in the form, where the site owner wants that, and let go afterwards', async () => {
    const widget = asked({ reserve: '' });
    const select = next(widget, 'booking-slot-select');
    (await some(widget))[0]?.click();
    const { start } = await select;
    while (await isListed(start));
    part(widget, 'back')?.click();
    while (!(await isListed(start)));
  });

  it('stay held when somebody books another one', async () => {
    const widget = asked({ reserve: '' });
    const rival = asked();
    await some(rival);
    const select = next(widget, 'booking-slot-select');
    (await some(widget))[0]?.click();
    const { start } = await select;
    while (await isListed(start));
    const other = next(rival, 'booking-slot-select');
    times(rival)[2]?.click();
    const sent: unknown[] = [];
    const real = window.fetch;
    window.fetch = (...request) => {
      sent.push(request[1]?.method);
      return real(...request);
    };
    try {
      await announceBooking(rival, (await other).start);
      await settled();
      expect(sent, 'nothing is let go').not.to.include('DELETE');
    } finally {
      window.fetch = real;
    }
    part(widget, 'back')?.click();
    // The first one is offered again, and the one that was booked is not: the widget has heard of it.
    while (!(await isListed(start)));
    const calls = (await reservations()).map(({ method }) => method).filter((each) => each !== 'OPTIONS');
    expect(calls).to.deep.equal(['POST', 'DELETE']);
  });

  it('of the next page are fetched when the visitor points at it, not with Save-Data', async () => {
    // The 20th: its week is known with its month, the week after it with the next one.
    const far = new Date(Date.now() + 100 * DAY);
    const preferred = new Date(Date.UTC(far.getUTCFullYear(), far.getUTCMonth(), 20, 10)).toISOString();
    const point = (widget: Element): unknown =>
      part(widget, 'later')?.dispatchEvent(new PointerEvent('pointerenter'));
    const connection = { configurable: true, value: { saveData: true } };
    Object.defineProperty(navigator, 'connection', connection);
    const frugal = asked({ preferred });
    try {
      await some(frugal);
      point(frugal);
      await settled();
      expect(await questions(host)).to.equal(1);
    } finally {
      Reflect.deleteProperty(navigator, 'connection');
    }
    point(frugal);
    while ((await questions(host)) < 2);
    await turnTo(frugal, 'later');
    expect(await questions(host), 'nothing is left to ask').to.equal(2);
  });
});

describe('a visitor who has to agree first', () => {
  afterEach(unmountAll);

  it('is asked by a facade, and nobody is contacted before', async () => {
    const host = newHost();
    const widget = mount({ ...calcom(host), loading: 'eager', consent: 'required' });
    const facade = await until(() => part(widget, 'facade'));
    expect(facade.textContent).to.include(new URL(service.cal).host);
    // One that need not ask has come to its times meanwhile, so whatever this one would send has been sent.
    const agreed = mount({ ...calcom(newHost()), loading: 'eager' });
    await until(() => times(agreed).length);
    agreed.remove();
    expect(await requests(host)).to.deep.equal([]);
    part(widget, 'show')?.click();
    await next(widget, 'booking-ready');
  });

  it('may have agreed elsewhere', async () => {
    const host = newHost();
    const widget = mount({ ...calcom(host), loading: 'eager', consent: 'required' });
    await until(() => part(widget, 'facade'));
    widget.grant();
    widget.grant();
    await next(widget, 'booking-ready');
    expect((await requests(host)).filter(({ path }) => path.endsWith('/embed'))).to.have.length(1);
  });
});
