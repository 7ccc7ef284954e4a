import { expect } from '@open-wc/testing';
import type { BookingBookedEvent, BookingErrorEvent } from '../../../src/entries/index.js';
import { BOOKED_START, PROVIDER_SCENES } from '../../helpers/provider-scenes.js';
import { service } from '../../helpers/service.js';
import {
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

const pageOf = (host: string): string => `${service.plain}/${host}/30min`;
const show = (host: string, provider: string, more: Record<string, string> = {}) =>
  mount({ src: pageOf(host), provider, loading: 'eager', ...more });

const frame = (widget: Element): HTMLIFrameElement | null => part<HTMLIFrameElement>(widget, 'frame');

/** The height that the scheduling page was given, in CSS pixels. */
const heightOf = (widget: Element): number =>
  parseFloat(widget.shadowRoot?.querySelector<HTMLElement>('.frame')?.style.minHeight ?? '') || 0;

/** What each service would say if it were ready, booked or another size. */
const FORGED: readonly unknown[] = [
  'readyForConsentListener',
  { height: 1234 },
  { meetingBookSucceeded: true },
  'load:1',
  'sizing:1234',
  { type: 'oncehub.booking_calendar.loaded' },
  { type: 'oncehub.booking.scheduled', payload: { id: 'forged' } },
  '[iFrameResizerChild]Ready',
  ...Array.from({ length: 200 }, (_, id) => `[iFrameSizer]booking-${String(id)}:1234:300:init`),
];

const SPEAKING = PROVIDER_SCENES.map((scene) => ({ ...scene, origin: service[scene.at] }));

for (const { provider, speaks = '', origin, tallest, books } of SPEAKING)
  describe(`a page of ${provider}`, () => {
    let host = '';
    beforeEach(() => {
      host = newHost();
    });
    const set = (knobs: Parameters<typeof turn>[1]): Promise<void> =>
      turn(host, { ...knobs, ...(speaks && { speaks }) });
    const open = (more: Record<string, string> = {}) =>
      mount({ src: `${origin}/${host}/30min`, provider, loading: 'eager', availability: 'off', ...more });
    afterEach(unmountAll);

    it('is ready after its own message, repeated or in any order, and has the height that it reports', async () => {
      await set({ doubled: true, reordered: true, noise: true, 'lying-height': 812 });
      const widget = open();
      // Below the fold nothing that is looked at can move, so a height is taken on at once.
      widget.style.marginTop = '3000px';
      let ready = 0;
      widget.addEventListener('booking-ready', () => ready++);
      expect(await next(widget, 'booking-ready')).to.include({ provider, attempt: 1 });
      await until(() => heightOf(widget) === (tallest ? 812 : 700));
      await settled();
      expect(ready).to.equal(1);
      expect(widget.matches(':state(ready)')).to.equal(true);
    });

    it('does not get a height that is invalid', async () => {
      await set({ 'lying-height': '1e9' });
      const widget = open();
      widget.style.marginTop = '3000px';
      await next(widget, 'booking-ready');
      await until(() => heightOf(widget) === (tallest ?? 700));
    });

    it('does not get the small height of a page that is still rendering', async () => {
      await set({ doubled: true, 'lying-height': 26 });
      const widget = open();
      widget.style.marginTop = '3000px';
      const page = await until(() => frame(widget)?.contentWindow);
      await new Promise<void>((resolve) => {
        let received = 0;
        addEventListener('message', function onMessage({ source, data }: MessageEvent) {
          if (source !== page || (tallest && !JSON.stringify(data).includes('26')) || ++received < 2) return;
          removeEventListener('message', onMessage);
          resolve();
        });
      });
      await settled();
      expect([0, 700]).to.include(heightOf(widget));
    });

    it('fails with a message when it stays silent, despite foreign messages, and is ready when its own message comes late', async () => {
      await set({ mute: 'page' });
      const widget = open({ timeout: '900ms', retries: '0' });
      let announced = 0;
      for (const type of ['booking-ready', 'booking-booked'])
        widget.addEventListener(type, () => announced++);
      const failed = next(widget, 'booking-error');
      await until(() => frame(widget));
      for (const message of FORGED) postMessage(message, '*');
      const error: BookingErrorEvent = await failed;
      expect(error.code).to.equal('timeout');
      expect(announced).to.equal(0);
      await turn(host, { mute: null });
      const ready = next(widget, 'booking-ready');
      (await until(() => part(widget, 'retry'))).click();
      await ready;
    });

    if (books)
      it('announces a booking once, however often the page sends it', async () => {
        await set({ books: true, doubled: true });
        const widget = open();
        let count = 0;
        widget.addEventListener('booking-booked', () => count++);
        const booked: BookingBookedEvent = await next(widget, 'booking-booked');
        await settled();
        expect(count).to.equal(1);
        expect(booked.change).to.equal('created');
        if (books === 'with time') expect(Date.parse(booked.start ?? '')).to.equal(Date.parse(BOOKED_START));
      });
  });

describe('a page of calendly', () => {
  afterEach(unmountAll);

  for (const hidden of [true, false])
    it(`offers the fallback link at the chosen slot ${hidden ? 'where the visitor cannot accept cookies' : 'only where the visitor cannot accept cookies'}, and announces a booking once`, async () => {
      const host = newHost();
      await turn(host, { books: true });
      const src = `${service.calendly}/${host}/30min`;
      const widget = mount({
        src: hidden ? `${src}?hide_gdpr_banner=1` : src,
        provider: 'calendly',
        loading: 'eager',
      });
      let count = 0;
      widget.addEventListener('booking-booked', () => count++);
      await next(widget, 'booking-booked');
      await settled();
      expect(count).to.equal(1);
      const notice = part(widget, 'notice');
      if (!hidden) return expect(notice).to.equal(null);
      // The page by itself asks the question that was hidden; the visitor's zone may follow in the query.
      expect(notice?.querySelector('a')?.href.split('?')[0]).to.equal(src);
      expect(notice?.textContent).to.include('Trouble booking here?');
    });
});

describe('messages of the right frame', () => {
  afterEach(unmountAll);

  for (const { provider, speaks = provider, origin: own, tallest } of SPEAKING)
    it(`count only from one origin (${provider})`, async () => {
      const host = newHost();
      const foreign = own === service.plain ? service.calendly : service.plain;
      await turn(host, { mute: 'page' });
      const widget = mount({
        src: `${own}/${host}/30min`,
        provider,
        loading: 'eager',
        availability: 'off',
        retries: '0',
      });
      widget.style.marginTop = '3000px';
      let announced = 0;
      for (const type of ['booking-ready', 'booking-booked'])
        widget.addEventListener(type, () => announced++);
      const window_ = await until(() => frame(widget)?.contentWindow);
      let namespace = /embed=(booking[^&]*)/.exec(frame(widget)?.src ?? '')?.[1] ?? '';
      /** The page goes elsewhere, and has said everything three times: at most 24 messages each. */
      const goTo = (origin: string, height: number): Promise<void> =>
        new Promise((resolve) => {
          let received = 0;
          const onMessage = ({ source, origin: from, data }: MessageEvent): void => {
            if (source !== window_ || from !== origin) return;
            // What only the right page receives, the next one knows, too.
            namespace ||= /^\[iFrameSizer\](booking[^:]+)/.exec(String(data))?.[1] ?? '';
            if (++received < 72) return;
            removeEventListener('message', onMessage);
            resolve();
          };
          addEventListener('message', onMessage);
          window_.location.replace(
            `${origin}/__noise?as=${speaks}&ns=${namespace}&height=${height}&uid=${height}`,
          );
        });
      // Where the owner named the provider of a page on any host, the first origin that speaks its protocol is the page's.
      await goTo(own, 1234);
      await until(() => widget.matches(':state(ready)'));
      if (tallest) await until(() => heightOf(widget) === 1234);
      const [saidBefore, before] = [announced, heightOf(widget)];
      await goTo(foreign, 1777);
      await settled();
      expect(announced).to.equal(saidBefore);
      if (tallest) expect(heightOf(widget)).to.equal(before);
    });
});

describe('two pages of one provider', () => {
  afterEach(unmountAll);

  for (const [provider, speaks] of [
    ['calendly', ''],
    ['tidycal', 'resizer'],
    ['acuity', 'acuity'],
  ] as const)
    it(`never resize each other (${provider})`, async () => {
      const heights = [777, 999];
      const widgets = await Promise.all(
        heights.map(async (height) => {
          const host = newHost();
          await turn(host, { 'lying-height': height, ...(speaks && { speaks }) });
          const origin = speaks ? service.plain : service.calendly;
          return mount({ src: `${origin}/${host}/30min`, provider, loading: 'eager' });
        }),
      );
      for (const widget of widgets) widget.style.marginTop = '3000px';
      await until(() => widgets.every((widget, index) => heightOf(widget) === heights[index]));
      await settled();
      expect(widgets.map(heightOf)).to.deep.equal(heights);
    });
});

describe('pages without a reliable ready message', () => {
  let host = '';
  beforeEach(() => {
    host = newHost();
  });
  afterEach(unmountAll);

  it('follow heights without being reported as ready where the protocol is uncertain', async () => {
    await turn(host, { speaks: 'resizer', 'lying-height': 812 });
    const widget = show(host, 'youcanbookme');
    widget.style.marginTop = '3000px';
    let ready = 0;
    widget.addEventListener('booking-ready', () => ready++);
    await until(() => heightOf(widget) === 812);
    await settled();
    expect(widget.matches(':state(shown)')).to.equal(true);
    expect(ready).to.equal(0);
  });

  for (const provider of ['google', 'microsoft', 'savvycal', 'easyappointments-framed'])
    it(`are shown at their fixed height, with a fallback link, and never reported as ready (${provider})`, async () => {
      const widget = show(host, provider);
      widget.style.marginTop = '3000px';
      let ready = 0;
      widget.addEventListener('booking-ready', () => ready++);
      const notice = await until(() => part(widget, 'notice'));
      expect(notice.querySelector('a')?.href).to.equal(pageOf(host));
      expect(widget.matches(':state(shown)')).to.equal(true);
      expect(heightOf(widget)).to.be.within(700, 900);
      expect(ready).to.equal(0);
    });
});

describe('a page that forbids framing', () => {
  afterEach(unmountAll);

  for (const [named, src] of [
    ['rallly', ''],
    ['easyappointments', ''],
    ['', 'https://calendar.app.google/AbCdEf'],
  ] as const)
    it(`is shown as a sentence and a link, without a request (${named || src})`, async () => {
      const host = newHost();
      const widget = mount({ src: src || pageOf(host), provider: named, loading: 'eager' });
      const timing = next(widget, 'booking-timing');
      const card = await until(() => widget.matches(':state(linked)') && part(widget, 'facade'));
      expect(card.textContent).to.include('opens in a new tab');
      expect(card.querySelector('a')?.href).to.equal(src || pageOf(host));
      expect(card.querySelector('button')).to.equal(null);
      expect(part(widget, 'stage')).to.have.attribute('aria-busy', 'false');
      expect(frame(widget)).to.equal(null);
      expect(await requests(host)).to.deep.equal([]);
      expect((await timing).report.outcome).to.equal('linked');
    });

  for (const waiting of [{ consent: 'required' }, { loading: 'interaction' }] as const)
    it(`is shown so at once, because no host has to be contacted for it (${JSON.stringify(waiting)})`, async () => {
      const host = newHost();
      const widget = mount({ src: pageOf(host), provider: 'rallly', ...waiting });
      const card = await until(() => widget.matches(':state(linked)') && part(widget, 'facade'));
      expect(card.querySelector('a')?.href).to.equal(pageOf(host));
      expect(card.querySelector('button')).to.equal(null);
      expect(await requests(host)).to.deep.equal([]);
    });

  it('is shown so in the dialog, too', async () => {
    const widget = mount({ src: pageOf(newHost()), provider: 'rallly', mode: 'popup', consent: 'required' });
    widget.open();
    const card = await until(() => widget.matches(':state(linked)') && part(widget, 'facade'));
    expect(card.querySelector('a') !== null).to.equal(true);
    expect(card.querySelector('button')).to.equal(null);
  });
});

describe('slots that only a companion can request', () => {
  afterEach(unmountAll);

  const companion = service.calendly;
  const timesOf = (widget: Element): Promise<HTMLElement> => until(() => part(widget, 'slot'));
  const questions = async (host: string): Promise<string[]> =>
    (await requests(host))
      .filter(({ path }) => path === '/v1/availability')
      .map(({ query }) => query['src'] ?? '');

  for (const [provider, speaks, at] of [
    ['acuity', 'acuity', 'datetime'],
    ['hubspot', 'hubspot', ''],
    ['easyappointments-framed', '', ''],
  ] as const)
    it(`are rendered before the page is loaded, and open it (${provider})`, async () => {
      const host = newHost();
      if (speaks) await turn(host, { speaks });
      const widget = show(host, provider, { companion, loading: 'interaction' });
      const slot = await timesOf(widget);
      expect(await questions(host)).to.deep.equal([pageOf(host)]);
      expect(frame(widget)).to.equal(null);
      const chosen = next(widget, 'booking-slot-select');
      slot.click();
      const { start } = await chosen;
      const framed = await until(() => frame(widget)?.src);
      const { origin, pathname, searchParams } = new URL(framed);
      expect(origin + pathname).to.equal(pageOf(host));
      if (at) expect(searchParams.get(at)).to.equal(start);
    });

  it('are not requested without a companion', async () => {
    const host = newHost();
    await turn(host, { speaks: 'acuity' });
    const widget = show(host, 'acuity');
    await next(widget, 'booking-ready');
    expect(await questions(host)).to.deep.equal([]);
    expect(part(widget, 'slot')).to.equal(null);
  });

  it('open a link where the page forbids framing', async () => {
    const host = newHost();
    const widget = show(host, 'easyappointments', { companion });
    (await timesOf(widget)).click();
    const card = await until(() => part(widget, 'facade'));
    expect(card.querySelector('a')?.href).to.equal(pageOf(host));
    expect(part(widget, 'chosen')?.textContent).to.match(/\d/);
    expect(frame(widget)).to.equal(null);
    (await until(() => part(widget, 'back'))).click();
    await timesOf(widget);
  });
});
