import { expect } from '@open-wc/testing';
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
  unmountAll,
  until,
} from '../../helpers/widget.js';
import { frameMessage } from '../../helpers/frame-message.js';

describe('paging, zones and holds of native slots', () => {
  const DAY = 86_400_000;
  let host = '';
  const mountSlots = (more: Record<string, string> = {}) =>
    mount({ ...calcom(host), loading: 'interaction', 'time-zone': 'Europe/Berlin', ...more });
  const some = (widget: Element): Promise<HTMLElement[]> =>
    until(() => (slotsOf(widget).length ? slotsOf(widget) : null));
  const days = (widget: Element): string[] => parts(widget, 'day').map(({ textContent }) => textContent);
  const turnTo = async (widget: Element, button: 'earlier' | 'later'): Promise<string[]> => {
    const before = days(widget).join();
    part(widget, button)?.click();
    return until(() => (days(widget).join() !== before && slotsOf(widget).length ? days(widget) : null));
  };

  /** Whether the scheduling service still offers this slot to others. */
  const isListed = async (start: string): Promise<boolean> => {
    const day = new Date(start).toISOString().slice(0, 10);
    const query = new URLSearchParams({ username: host, eventTypeSlug: '30min', start: day, end: day });
    const response = await fetch(`${service.cal}/v2/slots?${query.toString()}`, {
      headers: { 'cal-api-version': '2024-09-04' },
    });
    const { data } = (await response.json()) as { data: Record<string, readonly { start: string }[]> };
    return Object.values(data).some((free) =>
      free.some((slot) => Date.parse(slot.start) === Date.parse(start)),
    );
  };
  /** Requests that held or released slots of this host. */
  const reservations = async () =>
    (await requests('')).filter(({ path, key }) => path.includes('/reservations') && key.startsWith(host));
  /** The scheduling page in a widget's frame announces a booking. */
  const announceBooking = async (widget: Element, start: string): Promise<void> => {
    const page = await until(() => frameOf(widget));
    const { origin, searchParams } = new URL(page.src);
    const data = {
      originator: 'CAL',
      type: 'bookingSuccessfulV2',
      namespace: searchParams.get('embed'),
      data: { uid: `rival-${start}`, startTime: start },
    };
    const emitted = next(widget, 'booking-booked');
    dispatchEvent(frameMessage(page.contentWindow, origin, data));
    await emitted;
  };

  beforeEach(() => {
    host = newHost();
  });
  afterEach(unmountAll);

  it('paging by weeks requests slots only beyond the known range', async () => {
    const widget = mountSlots();
    await some(widget);
    const home = days(widget);
    expect(part(widget, 'earlier')).to.have.attribute('aria-disabled', 'true');
    await turnTo(widget, 'later');
    expect(slotsOf(widget).length).to.be.greaterThan(6);
    await turnTo(widget, 'later');
    expect(await slotRequests(host), 'the first month is known').to.equal(1);
    while (days(widget).join() !== home.join()) await turnTo(widget, 'earlier');
    expect(part(widget, 'earlier')).to.have.attribute('aria-disabled', 'true');
  });

  it('each month of slots is requested once', async () => {
    const widget = mountSlots();
    await some(widget);
    const month = part(widget, 'month') as HTMLSelectElement;
    month.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    await until(() => month.length > 1);
    const to = (index: number): void => {
      month.selectedIndex = index;
      month.dispatchEvent(new Event('change'));
    };
    const home = days(widget).join();
    const isElsewhere = () => slotsOf(widget).length && days(widget).join() !== home;
    to(3);
    await until(isElsewhere);
    const known = await slotRequests(host);
    expect(known).to.equal(2);
    to(0);
    await until(() => days(widget).join() === home);
    to(3);
    await until(isElsewhere);
    expect(await slotRequests(host)).to.equal(known);
  });

  it('an empty week, a past and a distant preferred time are each explained in a sentence', async () => {
    const empty = mountSlots({ ...calcom(host, 'empty') });
    await until(() => part(empty, 'no-times')?.textContent.includes('next few weeks'));
    part(empty, 'later')?.click();
    await until(() => empty.shadowRoot?.textContent.includes('on these days'));
    empty.remove();
    const past = mountSlots({ preferred: '2020-01-01T10:00Z' });
    await until(() => past.shadowRoot?.textContent.includes('has passed'));
    past.remove();
    const far = mountSlots({ preferred: new Date(Date.now() + 900 * DAY).toISOString() });
    await until(() => far.shadowRoot?.textContent.includes('far ahead'));
    far.remove();
    const junk = mountSlots({ preferred: 'next Tuesday' });
    expect(await some(junk)).to.have.length(6);
  });

  it('a time zone that the visitor chooses holds in every widget and on the next visit', async () => {
    const widget = mountSlots();
    const other = mountSlots();
    const [first] = await some(widget);
    await some(other);
    const before = first?.textContent;
    const choice = part(widget, 'zone-choice') as HTMLSelectElement;
    choice.dispatchEvent(new Event('focus'));
    await until(() => choice.options.length > 100);
    choice.value = 'Asia/Tokyo';
    choice.dispatchEvent(new Event('change'));
    for (const each of [widget, other])
      await until(
        () =>
          part(each, 'zone')?.textContent.includes('Asia/Tokyo') && slotsOf(each)[0]?.textContent !== before,
      );
    expect(await slotRequests(host), 'the same times, written otherwise').to.equal(1);
    widget.remove();
    other.remove();
    const again = mountSlots();
    await some(again);
    expect(part(again, 'zone')?.textContent).to.include('Asia/Tokyo');
    expect(part(again, 'zone-choice')?.ariaLabel).to.include('Japan');
    slotsOf(again)[0]?.click();
    const page = await until(() => frameOf(again)?.src);
    expect(new URL(page).searchParams.get('cal.tz')).to.equal('Asia/Tokyo');
    part(again, 'back')?.click();
    const back = await until(() => part<HTMLSelectElement>(again, 'zone-choice'));
    back.value = 'Europe/Berlin';
    back.dispatchEvent(new Event('change'));
  });

  it('slots closest to a preferred time come first with their reason from one request', async () => {
    const probe = mountSlots();
    await some(probe);
    const select = next(probe, 'booking-slot-select');
    slotsOf(probe)[3]?.click();
    const { start } = await select;
    probe.remove();
    const preferred = new Date(Date.parse(start) + 5 * 60_000).toISOString();
    const widget = mountSlots({ preferred });
    const offers = await until(() => part(widget, 'alternatives'));
    expect(offers.textContent).to.include('same day');
    expect(widget.shadowRoot?.textContent).to.include('Closest to');
    expect(await slotRequests(host)).to.equal(1);
  });

  it('a preferred time months ahead costs a single request', async () => {
    const widget = mountSlots({ preferred: new Date(Date.now() + 120 * DAY).toISOString() });
    await until(() => part(widget, 'alternatives') ?? part(widget, 'no-times'));
    await some(widget);
    expect(await slotRequests(host)).to.equal(1);
  });

  it('a chosen slot that was just taken is announced with alternatives', async () => {
    await turn(host, { late: 3000 });
    const widget = mountSlots();
    const rival = mountSlots();
    await some(widget);
    await some(rival);
    const select = next(widget, 'booking-slot-select');
    slotsOf(widget)[1]?.click();
    const { start } = await select;
    expect(part(widget, 'chosen')).not.to.equal(null);
    // The same slot is booked in the other widget's page.
    slotsOf(rival)[1]?.click();
    await announceBooking(rival, start);
    await until(() => widget.shadowRoot?.textContent.includes('just taken'));
    expect((await some(widget)).length).to.be.greaterThan(3);
    await until(() => part(widget, 'alternatives'));
    expect(
      rival.shadowRoot?.textContent,
      'the widget that booked it shows no message about it',
    ).not.to.include('just taken');
  });

  it('reserve holds the chosen slot while the visitor fills in the form and releases it afterwards', async () => {
    const widget = mountSlots({ reserve: '' });
    const select = next(widget, 'booking-slot-select');
    (await some(widget))[0]?.click();
    const { start } = await select;
    await until(async () => !(await isListed(start)));
    part(widget, 'back')?.click();
    await until(() => isListed(start));
  });

  it('a held slot stays held when somebody books another slot', async () => {
    const widget = mountSlots({ reserve: '' });
    const rival = mountSlots();
    await some(rival);
    const select = next(widget, 'booking-slot-select');
    (await some(widget))[0]?.click();
    const { start } = await select;
    await until(async () => !(await isListed(start)));
    const other = next(rival, 'booking-slot-select');
    slotsOf(rival)[2]?.click();
    const sent: unknown[] = [];
    const real = window.fetch;
    window.fetch = (...request) => {
      sent.push(request[1]?.method);
      return real(...request);
    };
    try {
      await announceBooking(rival, (await other).start);
      await laterWidgetIsReady();
      expect(sent, 'nothing is released').not.to.include('DELETE');
    } finally {
      window.fetch = real;
    }
    part(widget, 'back')?.click();
    // The first one is offered again, and the one that was booked is not: the widget knows of it.
    await until(() => isListed(start));
    const calls = (await reservations()).map(({ method }) => method).filter((each) => each !== 'OPTIONS');
    expect(calls).to.deep.equal(['POST', 'DELETE']);
  });

  it('pointing at the next page prefetches its slots except with Save-Data', async () => {
    // A page that begins between the 18th and the 21st is known with its month, the one after it with the next month.
    // Pages begin on the weekday that it is in the widget's zone.
    const today = new Date().toLocaleDateString('sv', { timeZone: 'Europe/Berlin' });
    const noon = Date.parse(`${today}T12:00Z`);
    const begins = Array.from({ length: 20 }, (_, index) => new Date(noon + (14 + index) * 7 * DAY));
    const first = begins.find((day) => day.getUTCDate() >= 18 && day.getUTCDate() <= 21);
    const preferred = first?.toISOString() ?? '';
    const point = (widget: Element): unknown =>
      part(widget, 'later')?.dispatchEvent(new PointerEvent('pointerenter'));
    const connection = { configurable: true, value: { saveData: true } };
    Object.defineProperty(navigator, 'connection', connection);
    const frugal = mountSlots({ preferred });
    try {
      await some(frugal);
      point(frugal);
      await laterWidgetIsReady();
      expect(await slotRequests(host)).to.equal(1);
    } finally {
      Reflect.deleteProperty(navigator, 'connection');
    }
    point(frugal);
    await until(async () => (await slotRequests(host)) === 2);
    await turnTo(frugal, 'later');
    expect(await slotRequests(host), 'nothing is left to ask').to.equal(2);
  });
});
