import { expect } from '@open-wc/testing';
import type { BookingAvailabilityEvent, BookingSlotSelectEvent } from '../../../src/index.js';
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
    expect(part(widget, 'as-of')).to.equal(null);
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
    for (const widget of widgets) widget.style.minHeight = '0';
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

describe('a visitor who has to agree first', () => {
  afterEach(unmountAll);

  it('is asked by a facade, and nobody is contacted before', async () => {
    const host = newHost();
    const widget = mount({ ...calcom(host), loading: 'eager', consent: 'required' });
    const facade = await until(() => part(widget, 'facade'));
    expect(facade.textContent).to.include(new URL(service.cal).host);
    await settled();
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
