import { expect } from '@open-wc/testing';
import { calCom } from '../../../src/widget/providers/cal-com/cal-com.js';
import { slots } from '../../../src/widget/providers/cal-com/slots.js';
import type { FrameContext } from '../../../src/widget/providers/provider.js';
import { frameContextOf } from '../../helpers/frame-context.js';

const PAGE = 'https://cal.com/acme/30min';
const frame = (changes: Partial<FrameContext> = {}, page = PAGE): URL =>
  calCom.frameUrl(frameContextOf(page, changes));
const said = ({ searchParams }: URL, ...names: string[]): (string | null)[] =>
  names.map((name) => searchParams.get(name));

describe('the address of Cal.com’s frame', () => {
  const addresses: Record<string, string> = {
    'https://cal.com/acme/30min': 'https://app.cal.com/acme/30min/embed',
    'https://www.cal.com/acme/30min/': 'https://app.cal.com/acme/30min/embed',
    'http://cal.com/acme/30min': 'https://app.cal.com/acme/30min/embed',
    'https://cal.com./acme/30min': 'https://app.cal.com/acme/30min/embed',
    'https://app.cal.com/acme/30min/embed': 'https://app.cal.com/acme/30min/embed',
    'https://app.cal.com/acme/30min/embed/': 'https://app.cal.com/acme/30min/embed',
    'https://cal.com//acme///30min#times': 'https://app.cal.com/acme/30min/embed',
    'https://cal.com/acme': 'https://app.cal.com/acme/embed',
    'https://cal.com/team/sales/demo': 'https://app.cal.com/team/sales/demo/embed',
    'https://cal.com/d/kq9Gx/30min': 'https://app.cal.com/d/kq9Gx/30min/embed',
    'https://cal.com/a+b/dynamic': 'https://app.cal.com/a+b/dynamic/embed',
    'https://cal.com/j%C3%BCrgen/30min': 'https://app.cal.com/j%C3%BCrgen/30min/embed',
    'https://cal.com/acme/embed-demo': 'https://app.cal.com/acme/embed-demo/embed',
    'https://acme.cal.com/ada/30min': 'https://acme.cal.com/ada/30min/embed',
    'https://cal.eu/acme/30min': 'https://app.cal.eu/acme/30min/embed',
    'https://app.cal.eu/acme/30min': 'https://app.cal.eu/acme/30min/embed',
    'https://acme.cal.eu/ada/30min': 'https://acme.cal.eu/ada/30min/embed',
    'https://meet.example.org:8443/acme/30min': 'https://meet.example.org:8443/acme/30min/embed',
    'http://localhost:3000/acme/30min': 'http://localhost:3000/acme/30min/embed',
    'https://owner:secret@meet.example.org/acme': 'https://meet.example.org/acme/embed',
    'https://cal.com.evil.example/acme/30min': 'https://cal.com.evil.example/acme/30min/embed',
  };
  for (const [page, address] of Object.entries(addresses))
    it(`of ${page} is ${address}`, () => {
      const { origin, pathname, hash } = frame({}, page);
      expect(origin + pathname + hash).to.equal(address);
    });

  it('contains the widget’s namespace and whether it is in a dialog', () => {
    expect(said(frame(), 'embed', 'embedType')).to.deep.equal(['booking-1', 'inline']);
    expect(said(frame({ modal: true }), 'embed', 'embedType')).to.deep.equal(['booking-1', 'modal']);
  });

  it('contains the appearance for the first paint, and no parameter for options that are not set', () => {
    const names = ['theme', 'layout', 'ui.color-scheme'];
    expect(said(frame({ theme: 'dark', layout: 'week_view', colorScheme: 'dark' }), ...names)).to.deep.equal([
      'dark',
      'week_view',
      'dark',
    ]);
    expect(said(frame(), ...names)).to.deep.equal([null, null, null]);
    expect(said(frame({ layout: 'sideways' }), 'layout')).to.deep.equal([null]);
  });

  it('prefers options to the site owner’s address, and the address to the host page’s parameters', () => {
    const page = `${PAGE}?theme=light&layout=column_view&name=Bob&utm_source=a&utm_source=b`;
    const url = frame({ theme: 'dark', prefill: { name: 'Ada' }, params: [['utm_source', 'c']] }, page);
    expect(url.searchParams.getAll('theme')).to.deep.equal(['dark']);
    expect(url.searchParams.getAll('name')).to.deep.equal(['Ada']);
    expect(url.searchParams.getAll('layout')).to.deep.equal(['column_view']);
    expect(url.searchParams.getAll('utm_source')).to.deep.equal(['a', 'b']);
  });

  it('does not let other parameters replace those of the protocol', () => {
    const page = `${PAGE}?embed=theirs&embedType=modal`;
    const url = frame({ prefill: { embed: 'x', embedType: 'x' }, params: [['embed', 'y']] }, page);
    expect(said(url, 'embed', 'embedType')).to.deep.equal(['booking-1', 'inline']);
  });

  it('never takes the slot or the booking from the address of the host page', () => {
    const reserved = ['date', 'month', 'slot', 'duration', 'overlayCalendar', 'rescheduleUid', 'bookingUid'];
    const params = [...reserved, 'email'].map((name) => [name, 'x'] as const);
    expect(said(frame({ params }), ...reserved, 'email')).to.deep.equal([...reserved.map(() => null), 'x']);
    const page = `${PAGE}?${reserved.map((name) => `${name}=owner`).join('&')}`;
    expect(said(frame({ params }, page), ...reserved)).to.deep.equal(reserved.map(() => 'owner'));
  });

  it('makes a calendar wait for its slots, but not the form of a chosen slot', () => {
    const slot = { start: '2026-11-24T09:00:00Z' };
    expect(said(frame(), 'cal.embed.pageType')).to.deep.equal(['user.event.booking.slots']);
    expect(said(frame({}, 'https://cal.com/team/sales/demo'), 'cal.embed.pageType')).to.deep.equal([
      'team.event.booking.slots',
    ]);
    expect(said(frame({ slot }), 'cal.embed.pageType')).to.deep.equal([null]);
  });

  const time = (start: string, timeZone: string, end?: string): (string | null)[] =>
    said(
      frame({ slot: { start, ...(end && { end }) }, timeZone }),
      'date',
      'month',
      'slot',
      'duration',
      'cal.tz',
    );

  it('opens a chosen slot on the day in the visitor’s zone', () => {
    expect(time('2026-11-30T23:30:00.000Z', 'Asia/Tokyo', '2026-12-01T00:15:00.000Z')).to.deep.equal([
      '2026-12-01',
      '2026-12',
      '2026-11-30T23:30:00.000Z',
      '45',
      'Asia/Tokyo',
    ]);
    expect(time('2026-12-01T09:30:00.000Z', 'Pacific/Pago_Pago')).to.deep.equal([
      '2026-11-30',
      '2026-11',
      '2026-12-01T09:30:00.000Z',
      null,
      'Pacific/Pago_Pago',
    ]);
  });

  it('writes the instant in UTC, as the booking page does, whatever offset it came with', () => {
    expect(
      time('2026-11-24T09:00:00.000+05:45', 'Asia/Kathmandu', '2026-11-24T09:30:00.000+05:45'),
    ).to.deep.equal(['2026-11-24', '2026-11', '2026-11-24T03:15:00.000Z', '30', 'Asia/Kathmandu']);
  });

  it('keeps the site owner’s duration where the slot has none, and ignores invalid instants and zones', () => {
    const page = `${PAGE}?duration=60`;
    expect(said(frame({ slot: { start: '2026-11-24T09:00:00Z' } }, page), 'duration')).to.deep.equal(['60']);
    expect(time('soon', 'Europe/Rome')).to.deep.equal([null, null, null, null, 'Europe/Rome']);
    expect(time('2026-11-24T23:30:00Z', 'Not/AZone').slice(0, 2)).to.deep.equal(['2026-11-24', '2026-11']);
  });

  it('for a new tab is the site owner’s address, with the same slot', () => {
    const slot = { start: '2026-11-24T09:00:00Z', end: '2026-11-24T09:30:00Z' };
    const url = calCom.pageUrl(
      frameContextOf('https://cal.com/acme/30min/embed?embed=x&theme=dark&cal.embed.pageType=y', {
        slot,
        prefill: { email: 'ada@example.org' },
        params: [['utm_source', 'mail']],
      }),
    );
    expect(url.href).to.equal(
      'https://cal.com/acme/30min?date=2026-11-24&month=2026-11&slot=2026-11-24T09%3A00%3A00.000Z&duration=30' +
        '&cal.tz=Europe%2FRome&email=ada%40example.org&theme=dark&utm_source=mail',
    );
  });
});

describe('what Cal.com’s frame receives', () => {
  it('is one acknowledgement per handshake, then the appearance', () => {
    expect(calCom.respond('hello', frameContextOf(PAGE))).to.deep.equal([
      { originator: 'CAL', method: 'parentKnowsIframeReady', arg: undefined },
      { originator: 'CAL', method: 'ui', arg: {} },
    ]);
  });

  it('is no message at any other moment, so that no view is counted twice', () => {
    for (const event of ['load', 'ready', 'resize', 'slot-selected', 'booked', 'closed', 'failed'] as const)
      expect(calCom.respond(event, frameContextOf(PAGE)), event).to.deep.equal([]);
  });

  it('is every parameter of the address when a prerendered page is shown', () => {
    const seen = {
      stage: 'revealed',
      slot: null,
      theme: 'dark',
      prefill: { guests: ['a@example.org', 'b@example.org'] },
    } as const;
    const [connect] = calCom.respond('show', frameContextOf(PAGE, seen));
    expect(connect).to.deep.include({ originator: 'CAL', method: 'connect' });
    const { config } = (connect as { arg: { config: Record<string, string[]> } }).arg;
    expect(config).to.deep.include({
      theme: ['dark'],
      'cal.tz': ['Europe/Rome'],
      guests: ['a@example.org', 'b@example.org'],
      'cal.embed.pageType': ['user.event.booking.slots'],
    });
    expect(config).not.to.have.any.keys('prerender', 'cal.skipSlotsFetch');
    // A page that had not spoken yet receives it in response to its first message.
    expect(calCom.respond('hello', frameContextOf(PAGE, seen)).at(-1)).to.deep.equal(connect);
    expect(calCom.respond('show', frameContextOf(PAGE))).to.deep.equal([]);
  });

  it('has every option of the appearance under the names of Cal.com’s page', () => {
    const [, ui] = calCom.respond(
      'hello',
      frameContextOf(PAGE, {
        theme: 'dark',
        layout: 'column_view',
        colorScheme: 'dark',
        hideDetails: true,
        accent: 'rebeccapurple',
      }),
    );
    expect(ui).to.have.nested.property('arg.theme', 'dark');
    expect(ui).to.have.nested.property('arg.layout', 'column_view');
    expect(ui).to.have.nested.property('arg.colorScheme', 'dark');
    expect(ui).to.have.nested.property('arg.hideEventTypeDetails', true);
    expect(ui).to.have.nested.property('arg.cssVarsPerTheme.light.cal-brand', 'rebeccapurple');
    expect(ui).to.have.nested.property('arg.cssVarsPerTheme.dark.cal-brand', 'rebeccapurple');
  });

  it('contains a text colour with enough contrast to the accent', () => {
    const textOn = (accent: string): string => {
      const [, ui] = calCom.respond('hello', frameContextOf(PAGE, { accent })) as {
        arg?: { cssVarsPerTheme: unknown };
      }[];
      const { dark } = ui?.arg?.cssVarsPerTheme as { dark: Record<string, string> };
      const element = document.body.appendChild(document.createElement('p'));
      element.style.color = dark['cal-brand-text'] ?? '';
      const lightness = Number(/oklch\(([\d.]+)/.exec(getComputedStyle(element).color)?.[1]);
      element.remove();
      return lightness === 1 ? 'white' : lightness === 0 ? 'black' : 'neither';
    };
    expect(textOn('#1a237e')).to.equal('white');
    expect(textOn('rgb(20 20 20)')).to.equal('white');
    expect(textOn('#ffe082')).to.equal('black');
    expect(textOn('white')).to.equal('black');
  });
});

describe('a request for Cal.com’s slots', () => {
  const ask = (page: string, api = '', changes = {}) =>
    slots.request({
      page: new URL(page),
      api,
      start: '2026-11-23T23:00:00.000Z',
      end: '2026-11-30T23:00:00.000Z',
      timeZone: 'Europe/Rome',
      ...changes,
    });
  const RANGE = {
    start: '2026-11-23T23:00:00.000Z',
    end: '2026-11-30T22:59:59.999Z',
    timeZone: 'Europe/Rome',
    format: 'range',
  };

  const asked: Record<string, Record<string, string>> = {
    'https://cal.com/acme/30min': { username: 'acme', eventTypeSlug: '30min' },
    'https://app.cal.com/acme/30min/embed?embed=x&theme=dark&utm_source=y': {
      username: 'acme',
      eventTypeSlug: '30min',
    },
    'https://cal.com/j%C3%BCrgen/30min': { username: 'jürgen', eventTypeSlug: '30min' },
    'https://cal.com/team/sales/demo': { teamSlug: 'sales', eventTypeSlug: 'demo' },
    'https://acme.cal.com/ada/30min': { username: 'ada', eventTypeSlug: '30min', organizationSlug: 'acme' },
    'https://acme.cal.com/team/sales/demo': {
      teamSlug: 'sales',
      eventTypeSlug: 'demo',
      organizationSlug: 'acme',
    },
    'https://acme.cal.com/ada+bob/dynamic?duration=45': {
      usernames: 'ada,bob',
      organizationSlug: 'acme',
      duration: '45',
    },
    'https://acme.cal.com/ada%2Bbob/dynamic': { usernames: 'ada,bob', organizationSlug: 'acme' },
    'https://cal.com/acme/consulting?duration=60': {
      username: 'acme',
      eventTypeSlug: 'consulting',
      duration: '60',
    },
    'https://cal.com/acme/consulting?duration=long': { username: 'acme', eventTypeSlug: 'consulting' },
    'https://cal.com/acme/d': { username: 'acme', eventTypeSlug: 'd' },
  };
  for (const [page, address] of Object.entries(asked))
    it(`is sent for ${page}`, () => {
      const request = ask(page);
      const url = new URL(request?.url ?? '');
      expect(url.origin + url.pathname).to.equal('https://api.cal.com/v2/slots');
      // The API refuses every parameter it does not know.
      expect(Object.fromEntries(url.searchParams)).to.deep.equal({ ...address, ...RANGE });
      expect(request?.headers).to.deep.equal({ 'cal-api-version': '2024-09-04' });
    });

  for (const page of [
    'https://cal.com/acme',
    'https://cal.com/team/sales',
    'https://cal.com/',
    'https://cal.com/acme/30min/more',
    'https://cal.com/d/kq9Gx/30min',
    'https://cal.com/d/kq9Gx',
    'https://cal.com/forms/1234',
    'https://cal.com/router?form=1234',
    'https://cal.com/booking/abc',
    'https://cal.com/reschedule/abc',
    'https://cal.com/ada+bob/dynamic',
    'https://cal.eu/acme/30min',
    'https://acme.cal.eu/ada/30min',
    'https://meet.example.org/acme/30min',
    'https://cal.com.evil.example/acme/30min',
    'https://notcal.com/acme/30min',
  ])
    it(`is not sent for ${page}`, () => {
      expect(ask(page)).to.equal(null);
    });

  it('goes to the API that the site owner names, however its address is written', () => {
    for (const api of [
      'https://api.example.org',
      'https://api.example.org/',
      'https://api.example.org/v2',
      'https://api.example.org/v2/',
    ])
      expect(ask('https://meet.example.org/acme/30min', api)?.url, api).to.match(
        /^https:\/\/api\.example\.org\/v2\/slots\?username=acme&/,
      );
    expect(ask('https://cal.eu/acme/30min', 'https://meet.example.org/api//')?.url).to.match(
      /^https:\/\/meet\.example\.org\/api\/v2\/slots\?/,
    );
    expect(ask('https://meet.example.org/acme', 'https://api.example.org')).to.equal(null);
  });

  it('leaves out the end of the range, also where that is midnight in UTC', () => {
    const endOf = (end: string): string | null =>
      new URL(ask(PAGE, '', { end })?.url ?? '').searchParams.get('end');
    expect(endOf('2026-12-01T00:00:00.000Z')).to.equal('2026-11-30T23:59:59.999Z');
    expect(endOf('2026-12-01T00:00:00+05:45')).to.equal('2026-11-30T18:14:59.999Z');
  });
});
