import { expect } from '@open-wc/testing';
import type { BookingErrorEvent } from '../../../src/entries/index.js';
import { service } from '../../helpers/service.js';
import {
  calcom,
  mount,
  newHost,
  next,
  part,
  requests,
  settled,
  turn,
  unmountAll,
  until,
} from '../../helpers/widget.js';

const eager = { loading: 'eager', availability: 'off' };
const frame = (widget: Element): HTMLIFrameElement | null => part<HTMLIFrameElement>(widget, 'frame');

describe('the scheduling page in its frame', () => {
  let host = '';
  beforeEach(() => {
    host = newHost();
  });
  afterEach(unmountAll);

  it('is asked for only when the widget comes near the viewport', async () => {
    const widget = mount({ ...calcom(host), availability: 'off' });
    widget.style.marginTop = '4000px';
    await settled();
    expect(frame(widget)).to.equal(null);
    expect(await requests(host)).to.deep.equal([]);

    const ready = next(widget, 'booking-ready');
    widget.scrollIntoView();
    expect(await ready).to.include({ provider: 'cal', attempt: 1 });
    scrollTo(0, 0);
  });

  it('is asked for at once with loading="eager", wherever the widget is', async () => {
    const widget = mount({ ...calcom(host), ...eager });
    widget.style.marginTop = '4000px';
    await next(widget, 'booking-ready');
    expect(frame(widget)).not.to.equal(null);
  });

  it('is asked for only on request with loading="interaction"', async () => {
    const widget = mount({ ...calcom(host), availability: 'off', loading: 'interaction' });
    const show = await until(() => part(widget, 'show'));
    expect(await requests(host)).to.deep.equal([]);
    show.click();
    await next(widget, 'booking-ready');
    expect(part(widget, 'show')).to.equal(null);
  });

  it('is ready by its own word, not by its load', async () => {
    await turn(host, { mute: 'page' });
    const widget = mount({ ...calcom(host), ...eager, timeout: '700ms', retries: '0' });
    let ready = false;
    widget.addEventListener('booking-ready', () => {
      ready = true;
    });
    const error = next(widget, 'booking-error');
    // Heard on its way down: a frame that is quick has loaded before anybody could look for it.
    const loaded = new Promise((resolve) => {
      widget.shadowRoot?.addEventListener('load', resolve, { capture: true, once: true });
    });
    await Promise.all([loaded, error]);
    expect(ready).to.equal(false);
  });

  it('says what is loading, and shows the page only when it is ready', async () => {
    const widget = mount({ ...calcom(host), ...eager });
    expect(await until(() => part(widget, 'skeleton')))
      .to.have.property('textContent')
      .that.includes('Loading');
    expect(widget.matches(':state(loading)')).to.equal(true);
    expect(part(widget, 'stage')).to.have.attribute('aria-busy', 'true');
    const holder = await until(() => frame(widget)?.parentElement);
    expect(holder.inert).to.equal(true);

    await next(widget, 'booking-ready');
    expect(widget.matches(':state(ready)')).to.equal(true);
    expect(widget.matches(':state(loading)')).to.equal(false);
    expect(part(widget, 'stage')).to.have.attribute('aria-busy', 'false');
    expect(part(widget, 'skeleton')).to.equal(null);
    expect(holder.inert).to.equal(false);
  });

  it('has a name, and permission for what paid bookings need', async () => {
    const widget = mount({ ...calcom(host), ...eager, label: 'Meet Ana' });
    const page = await until(() => frame(widget));
    expect(page.title).to.equal('Meet Ana');
    expect(page.allow).to.include('payment');
    expect(page.hasAttribute('sandbox')).to.equal(false);
  });

  it('does not listen to other frames, other origins or junk', async () => {
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
    await settled();
    expect(widget.matches(':state(ready)')).to.equal(false);
    stranger.remove();
    await next(widget, 'booking-ready');
  });

  it('is never listened to after the widget is gone', async () => {
    const widget = mount({ ...calcom(host), ...eager });
    await until(() => frame(widget));
    widget.remove();
    let heard = 0;
    widget.addEventListener('booking-ready', () => heard++);
    await settled();
    await until(() => !frame(widget));
    expect(heard).to.equal(0);
  });

  it('starts anew when the widget was moved, and once only', async () => {
    const widget = mount({ ...calcom(host), ...eager });
    await next(widget, 'booking-ready');
    const ready = next(widget, 'booking-ready');
    document.body.prepend(widget);
    await ready;
    expect(widget.shadowRoot?.querySelectorAll('iframe')).to.have.length(1);
    widget.remove();
  });

  it('starts anew when the widget comes back after it was gone', async () => {
    const widget = mount({ ...calcom(host), ...eager });
    await next(widget, 'booking-ready');
    const parent = widget.parentElement;
    widget.remove();
    await until(() => !frame(widget));
    const ready = next(widget, 'booking-ready');
    parent?.append(widget);
    await ready;
  });

  it('follows a changed address and forgets the old one', async () => {
    const widget = mount({ ...calcom(host), ...eager });
    await until(() => frame(widget));
    const other = newHost();
    widget.src = `${service.cal}/${other}/30min`;
    await next(widget, 'booking-ready');
    expect(frame(widget)?.src).to.include(other);
    expect(widget.shadowRoot?.querySelectorAll('iframe')).to.have.length(1);
  });

  it('starts once when several options change in one go', async () => {
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

  it('does not start again for options that only change its looks', async () => {
    const widget = mount({ ...calcom(host), ...eager });
    await next(widget, 'booking-ready');
    const page = frame(widget);
    widget.label = 'Other words';
    widget.slots = 3;
    widget.debug = false;
    await settled();
    expect(frame(widget)).to.equal(page);
  });

  it('gets prefill and the parameters that the site owner lets through, and no others', async () => {
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
    }
  });

  it('of a provider that never speaks is shown with a way out, and never called ready', async () => {
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

  it('of Calendly is ready at its first sane word', async () => {
    const widget = mount({
      src: `${service.calendly}/${host}/30min`,
      provider: 'calendly',
      loading: 'eager',
    });
    expect(await next(widget, 'booking-ready')).to.include({ provider: 'calendly' });
    const { searchParams } = new URL(frame(widget)?.src ?? '');
    expect(searchParams.get('embed_domain')).to.equal(location.host);
  });

  it('takes part in a form with the id of the booking once there is one', async () => {
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

  it('is no field of a form without a name, and none of a disabled part of it', async () => {
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

  it('stays as it is when the page moves it without taking it out, where the browser can', async () => {
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
    await settled();
    expect([frame(widget) === before, again]).to.deep.equal(isKept ? [true, 0] : [false, 1]);
    place.remove();
  });

  it('that is gone for good is named, and not tried again by itself', async () => {
    const widget = mount({ ...calcom(host, 'no-such-event'), ...eager });
    const error: BookingErrorEvent = await next(widget, 'booking-error');
    expect(error).to.include({ code: 'not-found', willRetry: false });
  });
});
