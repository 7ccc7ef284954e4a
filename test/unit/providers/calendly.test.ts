import { expect } from '@open-wc/testing';
import { calendly } from '../../../src/widget/providers/calendly.js';
import type { FrameContext } from '../../../src/widget/providers/provider.js';
import { frameContextOf } from '../../helpers/frame-context.js';

const PAGE = 'https://calendly.com/acme/30min';

const context = (changes: Partial<FrameContext> = {}, page = PAGE): FrameContext => ({
  page: new URL(page),
  host: 'www.example.org:8443',
  namespace: 'booking-1',
  modal: false,
  stage: '',
  slot: null,
  timeZone: 'Asia/Tokyo',
  theme: '',
  colorScheme: '',
  accent: '',
  layout: '',
  hideDetails: false,
  prefill: {},
  params: [],
  ...changes,
});

const frame = (changes: Partial<FrameContext> = {}, page = PAGE): URL =>
  calendly.frameUrl(context(changes, page));

describe('the address of Calendly’s frame', () => {
  it('contains the embedding page and the embed type, without which Calendly sends no messages', () => {
    expect(frame().href).to.equal(`${PAGE}?embed_domain=www.example.org%3A8443&embed_type=Inline`);
    expect(frame({ modal: true }).searchParams.get('embed_type')).to.equal('PopupWidget');
  });

  it('has the origin that its messages come from', () => {
    for (const page of [
      'http://calendly.com/acme',
      'https://www.calendly.com/acme/',
      'https://calendly.com./acme',
    ])
      expect(frame({}, page).href, page).to.match(/^https:\/\/calendly\.com\/acme\?/);
    expect(frame({}, 'http://localhost:3000/acme').origin).to.equal('http://localhost:3000');
  });

  it('takes the accent only where its six digits are certain', () => {
    const colorOf = (accent: string): string | null => frame({ accent }).searchParams.get('primary_color');
    expect(colorOf('#00a2ff')).to.equal('00a2ff');
    expect(colorOf('#0AF')).to.equal('00AAFF');
    for (const accent of ['red', 'rgb(0 0 0)', '#12345', '#00a2ff80', 'var(--brand)', '00a2ff', ''])
      expect(colorOf(accent), accent).to.equal(null);
  });

  it('hides the details of the event type with the option', () => {
    expect(frame({ hideDetails: true }).searchParams.get('hide_event_type_details')).to.equal('1');
    expect(frame().searchParams.has('hide_event_type_details')).to.equal(false);
  });

  it('leaves the privacy banner to the site owner', () => {
    const everything = { hideDetails: true, accent: '#000', theme: 'dark', modal: true } as const;
    expect(frame(everything).searchParams.has('hide_gdpr_banner')).to.equal(false);
    expect(frame({}, `${PAGE}?hide_gdpr_banner=1`).searchParams.get('hide_gdpr_banner')).to.equal('1');
  });

  it('opens a slot by its own address, to which it only adds', () => {
    const url = `${PAGE}/2026-11-24T09:00:00Z?month=2026-11&date=2026-11-24&x=%E0%A4%A`;
    const { href } = frame(
      { slot: { start: '2026-11-24T09:00:00Z', url }, params: [['utm_source', 'mail']] },
      `${PAGE}?month=2020-01&hide_gdpr_banner=1`,
    );
    expect(href.startsWith(`${url}&`), href).to.equal(true);
    const { searchParams } = new URL(href);
    expect(searchParams.getAll('month')).to.deep.equal(['2026-11']);
    expect(searchParams.get('utm_source')).to.equal('mail');
    expect(searchParams.get('hide_gdpr_banner')).to.equal('1');
  });

  it('opens the visitor’s day where a slot has no address, or one that leads elsewhere', () => {
    for (const url of [
      undefined,
      '',
      'not an address',
      'https://calendly.com.evil.example/x',
      'javascript:alert(1)',
    ]) {
      const start = '2026-11-30T23:30:00Z';
      const { origin, pathname, searchParams } = frame({
        slot: url === undefined ? { start } : { start, url },
      });
      expect(origin + pathname, url).to.equal(PAGE);
      expect(searchParams.get('date')).to.equal('2026-12-01');
      expect(searchParams.get('month')).to.equal('2026-12');
    }
  });

  it('for a new tab has the same slot and the same answers', () => {
    const slot = { start: '2026-11-24T09:00:00Z', url: `${PAGE}/2026-11-24T09:00:00Z` };
    const { pathname, searchParams } = calendly.pageUrl(
      context({ slot, prefill: { email: 'ada@example.org' } }, `${PAGE}?hide_gdpr_banner=1&a1=x`),
    );
    expect(pathname).to.equal('/acme/30min/2026-11-24T09:00:00Z');
    expect(Object.fromEntries(searchParams)).to.deep.equal({
      date: '2026-11-24',
      month: '2026-11',
      email: 'ada@example.org',
      a1: 'x',
    });
  });
});

describe('what Calendly’s frame receives', () => {
  const prefill = {
    name: 'Ada',
    firstName: 'A',
    lastName: 'L',
    notes: 'n',
    phone: '1',
    guests: ['a@b.c'],
    a1: 'x',
  };

  it('is the prefilled answers, after loading and at each step at which it may have started to listen', () => {
    const payload = { name: 'Ada', first_name: 'A', last_name: 'L', guests: ['a@b.c'], a1: 'x' };
    for (const event of ['load', 'ready', 'slot-selected'] as const)
      expect(calendly.respond(event, context({ prefill })), event).to.deep.equal([
        { event: 'calendly.prefill', payload },
      ]);
  });

  it('is no message while the visitor may be typing, or without answers', () => {
    for (const event of ['resize', 'booked', 'hello', 'closed', 'failed'] as const)
      expect(calendly.respond(event, context({ prefill })), event).to.deep.equal([]);
    expect(calendly.respond('load', context())).to.deep.equal([]);
  });
});

describe('what Calendly’s frame sends', () => {
  const scheduled = {
    event: 'calendly.event_scheduled',
    payload: { event: { uri: 'https://api.calendly.com/scheduled_events/E' }, invitee: { uri: 'i' } },
  };

  it('is the same booking in each repeated message', () => {
    expect(calendly.read(scheduled, context())).to.deep.equal(
      calendly.read(structuredClone(scheduled), context()),
    );
  });

  it('may never come after a slot is chosen where the visitor cannot accept the cookies that paid events need', () => {
    const chosen = { event: 'calendly.date_and_time_selected', payload: {} };
    expect(calendly.read(chosen, context({}, `${PAGE}?hide_gdpr_banner=1`))).to.deep.equal({
      type: 'slot-selected',
      doubtful: true,
    });
    expect(calendly.read(chosen, context())).to.deep.equal({ type: 'slot-selected' });
  });

  it('is a moved booking on a page for moving one', () => {
    expect(
      calendly.read(scheduled, context({}, 'https://calendly.com/reschedulings/R')),
    ).to.have.nested.property('booking.change', 'moved');
  });

  it('is a height between 300 and 2400 pixels', () => {
    expect(calendly.height).to.deep.equal({ min: 300, max: 2400 });
  });
});

describe('Calendly in a document without a host of its own', () => {
  it('still gets a value for embed_domain, without which its page sends no messages', () => {
    const context = frameContextOf('https://calendly.com/acme/30min', { host: '' });
    expect(calendly.frameUrl(context).searchParams.get('embed_domain')).to.equal('1');
    expect(calendly.frameUrl({ ...context, host: 'a.example:81' }).searchParams.get('embed_domain')).to.equal(
      'a.example:81',
    );
  });
});
