import { expect } from '@open-wc/testing';
import type { BookingErrorEvent } from '../../../src/entries/index.js';
import { service } from '../../helpers/service.js';
import {
  calcom,
  isInert,
  laterWidgetIsReady,
  mount,
  newHost,
  next,
  part,
  requests,
  turn,
  unmountAll,
  until,
} from '../../helpers/widget.js';

const eager = { loading: 'eager', availability: 'off' };
const frame = (widget: Element): HTMLIFrameElement | null => part<HTMLIFrameElement>(widget, 'frame');

describe('frame of the scheduling page', () => {
  let host = '';
  beforeEach(() => {
    host = newHost();
  });
  afterEach(unmountAll);

  it('a lazy widget requests its scheduling page only near the viewport', async () => {
    const widget = mount({ ...calcom(host), availability: 'off' });
    widget.style.marginTop = '4000px';
    await laterWidgetIsReady();
    expect(frame(widget)).to.equal(null);
    expect(await requests(host)).to.deep.equal([]);

    const ready = next(widget, 'booking-ready');
    widget.scrollIntoView();
    expect(await ready).to.include({ provider: 'cal', attempt: 1 });
    scrollTo(0, 0);
  });

  it('an eager widget requests its scheduling page at once, wherever it is', async () => {
    const widget = mount({ ...calcom(host), ...eager });
    widget.style.marginTop = '4000px';
    await next(widget, 'booking-ready');
    expect(frame(widget)).not.to.equal(null);
  });

  it('loading="interaction" requests the scheduling page only when the visitor asks for it', async () => {
    const widget = mount({ ...calcom(host), availability: 'off', loading: 'interaction' });
    const show = await until(() => part(widget, 'show'));
    expect(await requests(host)).to.deep.equal([]);
    show.click();
    await next(widget, 'booking-ready');
    expect(part(widget, 'show')).to.equal(null);
  });

  it('a frame that has loaded without a ready message is not ready', async () => {
    await turn(host, { mute: 'page' });
    const widget = mount({ ...calcom(host), ...eager, timeout: '700ms', retries: '0' });
    let ready = false;
    widget.addEventListener('booking-ready', () => {
      ready = true;
    });
    const error = next(widget, 'booking-error');
    // Captured: a frame that is quick has loaded before anybody could look for it.
    const loaded = new Promise((resolve) => {
      widget.shadowRoot?.addEventListener('load', resolve, { capture: true, once: true });
    });
    await Promise.all([loaded, error]);
    expect(ready).to.equal(false);
  });

  it('a loading widget shows a skeleton and keeps the scheduling page inert until it is ready', async () => {
    const widget = mount({ ...calcom(host), ...eager });
    expect(await until(() => part(widget, 'skeleton')))
      .to.have.property('textContent')
      .that.includes('Loading');
    expect(widget.matches(':state(loading)')).to.equal(true);
    expect(part(widget, 'stage')).to.have.attribute('aria-busy', 'true');
    const page = await until(() => frame(widget));
    expect(isInert(page)).to.equal(true);

    await next(widget, 'booking-ready');
    expect(widget.matches(':state(ready)')).to.equal(true);
    expect(widget.matches(':state(loading)')).to.equal(false);
    expect(part(widget, 'stage')).to.have.attribute('aria-busy', 'false');
    expect(part(widget, 'skeleton')).to.equal(null);
    expect(isInert(page)).to.equal(false);
  });

  it('the frame has the label as its title and permission for payments', async () => {
    const widget = mount({ ...calcom(host), ...eager, label: 'Meet Ana' });
    const page = await until(() => frame(widget));
    expect(page.title).to.equal('Meet Ana');
    expect(page.allow).to.include('payment');
    expect(page.hasAttribute('sandbox')).to.equal(false);
  });

  it('messages from other frames, other origins and junk never make the widget ready', async () => {
    await turn(host, { noise: true, late: 400 });
    const widget = mount({ ...calcom(host), ...eager });
    const stranger = document.createElement('iframe');
    document.body.append(stranger);
    await until(() => frame(widget));
    const forged = {
      originator: 'CAL',
      namespace: 'booking-1',
      type: 'linkReady',
      fullType: 'CAL:booking-1:linkReady',
      data: {},
    };
    for (let instance = 1; instance < 50; instance++) {
      const namespace = `booking-${instance.toString()}`;
      postMessage({ ...forged, namespace, fullType: `CAL:${namespace}:linkReady` }, '*');
    }
    postMessage(null, '*');
    // Messages arrive in order: what follows from the forged ones is done when the second of these has come.
    for (const marker of ['first marker', 'second marker']) {
      const arrived = new Promise<void>((resolve) => {
        addEventListener('message', ({ data }) => {
          if (data === marker) resolve();
        });
      });
      postMessage(marker, '*');
      await arrived;
    }
    expect(widget.matches(':state(ready)')).to.equal(false);
    stranger.remove();
    await next(widget, 'booking-ready');
  });

  it('a removed widget drops its frame and emits no event', async () => {
    const widget = mount({ ...calcom(host), ...eager });
    await until(() => frame(widget));
    widget.remove();
    let events = 0;
    widget.addEventListener('booking-ready', () => events++);
    await laterWidgetIsReady();
    expect(frame(widget)).to.equal(null);
    expect(events).to.equal(0);
  });

  it('a widget that was moved loads its calendar again in a single frame', async () => {
    const widget = mount({ ...calcom(host), ...eager });
    await next(widget, 'booking-ready');
    const ready = next(widget, 'booking-ready');
    document.body.prepend(widget);
    await ready;
    expect(widget.shadowRoot?.querySelectorAll('iframe')).to.have.length(1);
    widget.remove();
  });

  it('a widget that was removed and inserted again loads its calendar again', async () => {
    const widget = mount({ ...calcom(host), ...eager });
    await next(widget, 'booking-ready');
    const parent = widget.parentElement;
    widget.remove();
    await until(() => !frame(widget));
    const ready = next(widget, 'booking-ready');
    parent?.append(widget);
    await ready;
  });

  it('a changed src replaces the scheduling page', async () => {
    const widget = mount({ ...calcom(host), ...eager });
    await until(() => frame(widget));
    const other = newHost();
    widget.src = `${service.cal}/${other}/30min`;
    await next(widget, 'booking-ready');
    expect(frame(widget)?.src).to.include(other);
    expect(widget.shadowRoot?.querySelectorAll('iframe')).to.have.length(1);
  });

  it('several options that change at once cause a single load', async () => {
    const widget = mount({ ...calcom(host), ...eager });
    await next(widget, 'booking-ready');
    const other = newHost();
    widget.theme = 'dark';
    widget.layout = 'week_view';
    widget.prefill = { name: 'Ana Ruiz' };
    widget.src = `${service.cal}/${other}/30min`;
    await next(widget, 'booking-ready');
    const pages = (await requests(other)).filter(({ path }) => path.endsWith('/embed'));
    expect(pages).to.have.length(1);
    expect(pages[0]?.query).to.include({ theme: 'dark', layout: 'week_view', name: 'Ana Ruiz' });
  });

  it('label, slots and debug change without a new load', async () => {
    const widget = mount({ ...calcom(host), ...eager });
    await next(widget, 'booking-ready');
    const page = frame(widget);
    widget.label = 'Other words';
    widget.slots = 3;
    widget.debug = false;
    await laterWidgetIsReady();
    expect(frame(widget)).to.equal(page);
  });

  it('the scheduling page gets the prefill and the allowed parameters of the host page only', async () => {
    history.replaceState(null, '', '?utm_source=news&utm_source=mail&secret=1&gclid=x&bad=%E0%A4%A&broken=%');
    try {
      const widget = mount({
        ...calcom(host),
        ...eager,
        'prefill-name': 'Ana & Co',
        'prefill-email': 'ana@example.org',
        'forward-params': 'utm_source, gclid',
      });
      const { searchParams } = new URL((await until(() => frame(widget))).src);
      expect(searchParams.get('name')).to.equal('Ana & Co');
      expect(searchParams.get('email')).to.equal('ana@example.org');
      expect(searchParams.getAll('utm_source')).to.deep.equal(['news', 'mail']);
      expect(searchParams.has('secret')).to.equal(false);
      expect(searchParams.has('bad')).to.equal(false);
    } finally {
      history.replaceState(null, '', location.pathname);
      sessionStorage.clear();
    }
  });

  it('the page of a provider without messages is shown with a fallback link and never ready', async () => {
    const widget = mount({ src: `${service.plain}/book/30min`, loading: 'eager' });
    let ready = false;
    widget.addEventListener('booking-ready', () => {
      ready = true;
    });
    const notice = await until(() => part(widget, 'notice'));
    expect(widget.matches(':state(shown)')).to.equal(true);
    expect(notice.querySelector('a')?.href).to.equal(`${service.plain}/book/30min`);
    expect(ready).to.equal(false);
  });

  it('a Calendly page is ready at its first plausible message', async () => {
    const widget = mount({
      src: `${service.calendly}/${host}/30min`,
      provider: 'calendly',
      loading: 'eager',
    });
    expect(await next(widget, 'booking-ready')).to.include({ provider: 'calendly' });
    const { searchParams } = new URL(frame(widget)?.src ?? '');
    expect(searchParams.get('embed_domain')).to.equal(location.host);
  });

  it('the form value is the id of the booking once there is one', async () => {
    await turn(host, { books: true });
    const form = document.createElement('form');
    const widget = mount({ ...calcom(host), ...eager, name: 'booking' });
    const booked = next(widget, 'booking-booked');
    widget.replaceWith(form);
    form.append(widget);
    document.body.append(form);
    expect(new FormData(form).get('booking')).to.equal(null);
    expect(widget.value).to.equal('');
    const { bookingId } = await booked;
    expect(bookingId).not.to.equal('');
    expect(new FormData(form).get('booking')).to.equal(bookingId);
    expect(widget.value).to.equal(bookingId);
    form.remove();
  });

  it('a widget without a name or in a disabled fieldset has no form value', async () => {
    await turn(host, { books: true });
    const form = document.createElement('form');
    const group = form.appendChild(document.createElement('fieldset'));
    document.body.append(form);
    const widget = mount({ ...calcom(host), ...eager });
    group.append(widget);
    await next(widget, 'booking-booked');
    expect([...new FormData(form)]).to.deep.equal([]);
    widget.setAttribute('name', 'booking');
    expect([...new FormData(form)]).to.have.length(1);
    group.disabled = true;
    expect([...new FormData(form)]).to.deep.equal([]);
    form.remove();
  });

  it('moveBefore keeps the loaded calendar where the browser knows it', async () => {
    const widget = mount({ ...calcom(host), ...eager });
    await next(widget, 'booking-ready');
    const before = frame(widget);
    const place = document.body.appendChild(document.createElement('section'));
    const isKept = 'moveBefore' in place;
    let again = 0;
    widget.addEventListener('booking-ready', () => again++);
    if (isKept) place.moveBefore(widget, null);
    else {
      (place as HTMLElement).append(widget);
      await next(widget, 'booking-ready');
    }
    await laterWidgetIsReady();
    expect([frame(widget) === before, again]).to.deep.equal(isKept ? [true, 0] : [false, 1]);
    place.remove();
  });

  it('a missing event type fails with not-found and is not retried automatically', async () => {
    const widget = mount({ ...calcom(host, 'no-such-event'), ...eager });
    const error: BookingErrorEvent = await next(widget, 'booking-error');
    expect(error).to.include({ code: 'not-found', willRetry: false });
  });
});
