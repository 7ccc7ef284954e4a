import { expect } from '@open-wc/testing';
import { acuity } from '../../../src/widget/providers/acuity.js';
import { cards } from '../../../src/widget/providers/cards.js';
import { google } from '../../../src/widget/providers/google.js';
import { hubspot } from '../../../src/widget/providers/hubspot.js';
import { microsoft } from '../../../src/widget/providers/microsoft.js';
import { oncehub } from '../../../src/widget/providers/oncehub.js';
import { presets } from '../../../src/widget/providers/presets.js';
import type { FrameContext } from '../../../src/widget/providers/provider.js';
import { resizer } from '../../../src/widget/providers/resizer.js';
import { PERSONAL, providerContract, type ProviderFixtures } from '../../contracts/provider-contract.js';

const slots = [
  { start: '2026-11-24T09:00:00.000Z', end: '2026-11-24T09:30:00.000Z' },
  { start: '2026-11-24T10:00:00.000Z' },
  { start: '2026-11-25T09:00:00.000Z' },
] as const;

const noWord = {
  says: 'another service’s readiness',
  data: { event: 'calendly.event_type_viewed' },
  means: null,
};

const [firstName, lastName] = ['Ada', 'Lovelace'];
const person = { ...PERSONAL, firstName, lastName, phone: '+39 06 123', topic: ['a', 'b'] };

providerContract(hubspot, {
  named: ['hubspot', 'HubSpot', 'hubspot.com', 'HubSpot Meetings', 'meetings.hubspot.com'],
  page: 'https://meetings.hubspot.com/ada/intro',
  aliases: [
    'https://meetings.hubspot.com/ada/intro?embed=true&parentPageUrl=https://www.example.org/',
    'https://meetings.hubspot.com/ada/intro?firstName=Ada&lastName=L&email=ada@example.org&utm_source=x',
    'https://meetings.hubspot.com/ada/intro?firstname=Ada&lastname=L',
  ],
  others: [
    'https://meetings-eu1.hubspot.com/ada/intro',
    'https://meetings.hubspot.com/ada',
    'https://meetings.hubspot.com/ada/intro?uuid=7',
    'https://meet.example.org/meetings/ada',
  ],
  slots,
  embedParams: /^(embed|parent(HubspotUtk|PageUrl))$/,
  prefill: {
    given: person,
    found: {
      firstName: [firstName],
      firstname: [firstName],
      lastName: [lastName],
      lastname: [lastName],
      email: [PERSONAL.email],
      phone: ['+39 06 123'],
      topic: ['a', 'b'],
      name: [],
    },
  },
  messages: [
    { says: 'the question what may be tracked', data: 'readyForConsentListener', means: { type: 'ready' } },
    { says: 'a height', data: { height: 756 }, means: { type: 'resize', height: 756, ready: true } },
    { says: 'a height of nothing drawn yet', data: { height: 26 }, means: null },
    { says: 'a height in words', data: { height: '756px' }, means: null },
    {
      says: 'a booking in ISO 8601',
      data: {
        meetingBookSucceeded: true,
        meetingsPayload: {
          bookingResponse: {
            postResponse: {
              timerange: { start: '2026-11-24T09:00:00Z', end: '2026-11-24T09:30:00Z' },
              contact: { ...PERSONAL },
            },
            event: { dateTime: '2026-11-24T09:00:00Z' },
          },
        },
      },
      means: {
        type: 'booked',
        booking: {
          id: '/ada/intro 2026-11-24T09:00:00Z',
          change: 'created',
          start: '2026-11-24T09:00:00Z',
          end: '2026-11-24T09:30:00Z',
        },
      },
    },
    {
      says: 'a booking in milliseconds',
      data: {
        meetingBookSucceeded: true,
        meetingsPayload: { bookingResponse: { postResponse: { timerange: { start: 1_795_510_800_000 } } } },
      },
      means: {
        type: 'booked',
        booking: {
          id: '/ada/intro 2026-11-24T09:00:00.000Z',
          change: 'created',
          start: '2026-11-24T09:00:00.000Z',
        },
      },
    },
    {
      says: 'a booking and nothing else',
      data: { meetingBookSucceeded: true },
      means: { type: 'booked', booking: { id: '/ada/intro', change: 'created' } },
    },
    { says: 'a booking that failed', data: { meetingBookSucceeded: false }, means: null },
    { says: 'a booking in a string', data: { meetingBookSucceeded: 'true' }, means: null },
    { says: 'another string', data: 'readyForConsentListener!', means: null },
    noWord,
  ],
  answers: [],
});

providerContract(acuity, {
  named: ['acuity', 'Acuity', 'acuityscheduling.com', 'Squarespace', 'squarespace-scheduling', 'as.me'],
  page: 'https://app.acuityscheduling.com/schedule.php',
  aliases: [
    'https://app.acuityscheduling.com/schedule.php?ref=embedded_csp',
    'https://app.acuityscheduling.com/schedule.php?firstName=Ada&email=ada@example.org&gclid=x',
  ],
  others: [
    'https://app.acuityscheduling.com/schedule.php?owner=1',
    'https://app.acuityscheduling.com/schedule.php?owner=2',
    'https://app.acuityscheduling.com/schedule.php?owner=2&appointmentType[]=3',
    'https://acme.as.me/',
    'https://acme.as.me/intro',
  ],
  slots,
  embedParams: /^ref$/,
  prefill: {
    given: { ...person, 'field:77': 'x' },
    found: {
      firstName: [firstName],
      lastName: [lastName],
      email: [PERSONAL.email],
      phone: ['+39 06 123'],
      'field:77': ['x'],
      name: [],
    },
  },
  messages: [
    { says: 'its loading', data: 'load:1', means: { type: 'ready' } },
    { says: 'a height', data: 'sizing:800', means: { type: 'resize', height: 800, ready: true } },
    { says: 'a height of nothing drawn yet', data: 'sizing:150', means: null },
    { says: 'a height of nothing', data: 'sizing:', means: null },
    { says: 'where to scroll', data: 'scrollTo:120', means: null },
    { says: 'whose analytics it has', data: 'x:gaMeasurementId:G-1', means: null },
    { says: 'the same in an object', data: { sizing: 800 }, means: null },
    noWord,
  ],
  answers: [],
});

providerContract(oncehub, {
  named: ['oncehub', 'OnceHub', 'oncehub.com', 'ScheduleOnce'],
  page: 'https://go.oncehub.com/acme',
  aliases: ['https://go.oncehub.com/acme?name=Ada&email=a@b.c&utm_source=x'],
  others: ['https://oncehub.com/acme', 'https://go.oncehub.com/ada', 'https://go.oncehub.com/acme?x=1'],
  slots,
  embedParams: /^$/,
  prefill: {
    given: person,
    found: {
      name: [PERSONAL.name],
      email: [PERSONAL.email],
      mobile_phone: ['+39 06 123'],
      phone: ['+39 06 123'],
      firstName: [],
    },
  },
  messages: [
    {
      says: 'a calendar that is there',
      data: { type: 'oncehub.booking_calendar.loaded' },
      means: { type: 'ready' },
    },
    {
      says: 'a chosen time',
      data: {
        type: 'oncehub.booking_calendar.time_slot_selected',
        payload: { starting_time: '2026-11-24T09:00:00Z', customer_timezone: 'Europe/Rome' },
      },
      means: { type: 'slot-selected' },
    },
    {
      says: 'a booking',
      data: {
        type: 'oncehub.booking.scheduled',
        payload: { id: 'BKNG-1', starting_time: '2026-11-24T09:00:00Z', attendees: [PERSONAL.email] },
      },
      means: {
        type: 'booked',
        booking: { id: 'BKNG-1', change: 'created', start: '2026-11-24T09:00:00Z' },
      },
    },
    { says: 'a booking of nothing', data: { type: 'oncehub.booking.scheduled', payload: {} }, means: null },
    { says: 'the same in a string', data: 'oncehub.booking_calendar.loaded', means: null },
    noWord,
  ],
  answers: [],
});

const size = (words: string, id = 'booking-1'): string => `[iFrameSizer]${id}:${words}`;

const resizing = (ready: boolean): ProviderFixtures['messages'] => [
  { says: 'that it listens', data: '[iFrameResizerChild]Ready', means: { type: 'hello' } },
  {
    says: 'its first size',
    data: size('700:300:init'),
    means: { type: 'resize', height: 700, ...(ready && { ready: true }) },
  },
  {
    says: 'another size',
    data: size('812.5:300:mutationObserver'),
    means: { type: 'resize', height: 812.5, ...(ready && { ready: true }) },
  },
  { says: 'a size of nothing drawn yet', data: size('2:300:init'), means: null },
  { says: 'a size without a number', data: size('NaN:300:init'), means: null },
  { says: 'another frame’s size', data: size('700:300:init', 'booking-2'), means: null },
  { says: 'where to scroll', data: size('700:300:scrollTo'), means: null },
  { says: 'somebody’s words', data: size('700:300:message:"hello"'), means: null },
  { says: 'that it closes', data: size('700:300:close'), means: null },
  { says: 'the same in an object', data: { height: 700 }, means: null },
  noWord,
];

providerContract(resizer.tidycal, {
  named: ['tidycal', 'TidyCal', 'tidycal.com'],
  page: 'https://tidycal.com/ada/intro',
  aliases: [
    'https://tidycal.com/ada/intro?embed=1&showAvatar=0',
    'https://tidycal.com/ada/intro?name=Ada&fbclid=x',
  ],
  others: ['https://tidycal.com/ada', 'https://tidycal.com/ada/intro?x=1'],
  slots,
  embedParams: /^(embed|showAvatar)$/,
  prefill: { given: person, found: { name: [PERSONAL.name], email: [PERSONAL.email], phone: [] } },
  messages: resizing(true),
  answers: [],
});

providerContract(resizer.zcal, {
  named: ['zcal', 'zcal.co'],
  page: 'https://zcal.co/i/AbC123',
  aliases: ['https://zcal.co/i/AbC123?embed=1&embedType=iframe'],
  others: ['https://zcal.co/ada', 'https://zcal.co/i/abc123'],
  slots,
  embedParams: /^embed/,
  prefill: {
    given: { ...person, a0: 'x' },
    found: { name: [PERSONAL.name], email: [PERSONAL.email], smsPhone: ['+39 06 123'], a0: ['x'] },
  },
  messages: resizing(true),
  answers: [],
});

providerContract(resizer.youcanbookme, {
  named: ['youcanbookme', 'YouCanBook.me', 'ycbm'],
  page: 'https://acme.youcanbook.me/',
  aliases: ['https://acme.youcanbook.me/?noframe=true&skipHeaderFooter=true'],
  others: ['https://acme.ycb.me/', 'https://ada.youcanbook.me/'],
  slots,
  embedParams: /^(noframe|skipHeaderFooter)$/,
  prefill: { given: person, found: { name: [], email: [] } },
  messages: resizing(false),
  answers: [],
});

providerContract(resizer.leadconnector, {
  named: ['leadconnector', 'LeadConnector', 'GoHighLevel', 'highlevel', 'GHL'],
  page: 'https://api.leadconnectorhq.com/widget/booking/AbC',
  aliases: ['https://api.leadconnectorhq.com/widget/booking/AbC?name=Ada&msclkid=1'],
  others: ['https://api.leadconnectorhq.com/widget/bookings/AbC', 'https://book.example/widget/booking/AbC'],
  slots,
  embedParams: /^$/,
  prefill: {
    given: person,
    found: { name: [PERSONAL.name], email: [PERSONAL.email], phone: ['+39 06 123'] },
  },
  messages: resizing(false),
  answers: [],
});

/** Services that say nothing: what differs is their words and addresses. */
const silent = (
  fixtures: Pick<ProviderFixtures, 'named' | 'page' | 'aliases' | 'others'> & Partial<ProviderFixtures>,
): ProviderFixtures => ({
  slots,
  embedParams: /^embed/,
  prefill: { given: { ...PERSONAL }, found: { name: [], email: [] } },
  messages: [noWord, { says: 'a height', data: { height: 700 }, means: null }],
  answers: [],
  ...fixtures,
});

const GOOGLE = 'https://calendar.google.com/calendar/appointments/schedules/AcZssZ1abcDEF';

providerContract(
  google,
  silent({
    named: ['google', 'Google Calendar', 'google-appointment-schedules'],
    page: GOOGLE,
    aliases: [
      `${GOOGLE}?gv=true`,
      `${GOOGLE}/`,
      GOOGLE.replace('/appointments', '/u/0/appointments'),
      GOOGLE.replace('/appointments', '/u/12/appointments'),
    ],
    others: [`${GOOGLE}x`, GOOGLE.toLowerCase().replace('acz', 'AcZ')],
    embedParams: /^gv$/,
  }),
);

providerContract(
  microsoft,
  silent({
    named: ['microsoft', 'Microsoft Bookings', 'ms-bookings', 'Outlook', 'bookwithme'],
    page: 'https://outlook.office365.com/owa/calendar/Acme@example.org/bookings/',
    aliases: ['https://outlook.office365.com/owa/calendar/Acme@example.org/bookings/?ismsaljsauthenabled'],
    others: [
      'https://outlook.office.com/book/Acme@example.org/',
      'https://outlook.office.com/book/Acme@example.org/s/AbC',
      'https://outlook.office.com/bookwithme/user/abc@example.org?anonymous&ep=plink',
    ],
    embedParams: /^ismsaljsauthenabled$/,
  }),
);

for (const [provider, fixtures] of [
  [
    presets.savvycal,
    {
      named: ['savvycal', 'SavvyCal'],
      page: 'https://savvycal.com/ada/chat',
      aliases: [],
      others: ['https://savvycal.com/ada'],
    },
  ],
  [
    presets.koalendar,
    {
      named: ['koalendar'],
      page: 'https://koalendar.com/e/intro',
      aliases: ['https://koalendar.com/e/intro?embed=true'],
      others: ['https://koalendar.com/u/intro'],
    },
  ],
  [
    presets.zoho,
    {
      named: ['zoho', 'Zoho Bookings'],
      page: 'https://acme.zohobookings.com/',
      aliases: ['https://acme.zohobookings.com/portal-embed'],
      others: ['https://acme.zohobookings.eu/', 'https://acme.zohobookings.com/#/acme/intro'],
    },
  ],
  [
    presets.setmore,
    {
      named: ['setmore'],
      page: 'https://booking.setmore.com/scheduleappointment/0b2c7a1e-77aa-4a0e-9c7e-0a0a0a0a0a0a',
      aliases: [],
      others: ['https://acme.setmore.com/'],
    },
  ],
  [
    presets.simplybook,
    {
      named: ['simplybook', 'SimplyBook.me'],
      page: 'https://acme.simplybook.it/',
      aliases: ['https://acme.simplybook.it/v2/'],
      others: ['https://acme.simplybook.me/', 'https://acme.simplybook.it/v2/#book/service/1'],
    },
  ],
  [
    presets.zoom,
    {
      named: ['zoom', 'Zoom Scheduler'],
      page: 'https://scheduler.zoom.us/ada/intro',
      aliases: [],
      others: [],
    },
  ],
  [
    presets.appointlet,
    { named: ['appointlet'], page: 'https://appt.link/meet-with-ada', aliases: [], others: [] },
  ],
  [
    presets.chilipiper,
    {
      named: ['chilipiper', 'Chili Piper'],
      page: 'https://acme.chilipiper.com/book/me/ada',
      aliases: [],
      others: [],
    },
  ],
  [presets.doodle, { named: ['doodle'], page: 'https://doodle.com/bp/ada/intro', aliases: [], others: [] }],
  [
    presets.easyappointmentsframed,
    {
      named: ['easyappointments-framed', 'Easy!Appointments, framed'],
      page: 'https://book.example/index.php',
      byName: true,
      aliases: ['https://book.example/index.php?first_name=Ada&last_name=L&email=a@b.c&phone=1'],
      others: ['https://book.example/index.php?provider=1&service=2'],
      prefill: {
        given: person,
        found: {
          first_name: [firstName],
          last_name: [lastName],
          email: [PERSONAL.email],
          phone: ['+39 06 123'],
          name: [],
        },
      },
    },
  ],
  [
    presets.easyappointments,
    {
      named: ['easyappointments', 'Easy!Appointments'],
      page: 'https://book.example/index.php',
      byName: true,
      aliases: ['https://book.example/index.php?first_name=Ada&last_name=L&email=a@b.c&phone=1'],
      others: ['https://book.example/index.php?provider=1&service=2'],
      prefill: {
        given: person,
        found: {
          first_name: [firstName],
          last_name: [lastName],
          email: [PERSONAL.email],
          phone: ['+39 06 123'],
          name: [],
        },
      },
    },
  ],
  [
    cards.rallly,
    { named: ['rallly', 'rallly.co'], page: 'https://app.rallly.co/invite/AbC', aliases: [], others: [] },
  ],
  [
    cards.googleshort,
    { named: ['calendar.app.google'], page: 'https://calendar.app.google/AbCdEf', aliases: [], others: [] },
  ],
  [
    cards.notion,
    {
      named: ['notion', 'Notion Calendar'],
      page: 'https://calendar.notion.so/meet/ada/intro',
      aliases: [],
      others: [],
    },
  ],
  [
    cards.motion,
    {
      named: ['motion', 'usemotion.com'],
      page: 'https://app.usemotion.com/meet/ada/intro',
      aliases: [],
      others: [],
    },
  ],
] as const)
  providerContract(provider, silent(fixtures));

const context = (page: string, changes: Partial<FrameContext> = {}): FrameContext => ({
  page: new URL(page),
  host: 'www.example.org',
  namespace: 'booking-7',
  modal: false,
  stage: '',
  slot: null,
  timeZone: 'Europe/Rome',
  theme: '',
  colorScheme: '',
  accent: '',
  layout: '',
  hideDetails: false,
  prefill: {},
  params: [],
  ...changes,
});

describe('the address that is framed', () => {
  it('is the one the service keeps for frames', () => {
    for (const [provider, page, framed] of [
      [hubspot, 'https://meetings-eu1.hubspot.com/ada', 'https://meetings-eu1.hubspot.com/ada?embed=true'],
      [acuity, 'https://acme.as.me/', 'https://acme.as.me/?ref=embedded_csp'],
      [
        acuity,
        'https://app.acuityscheduling.com/schedule.php?owner=1',
        'https://app.acuityscheduling.com/schedule.php?ref=embedded_csp&owner=1',
      ],
      [google, `${GOOGLE.replace('/appointments', '/u/3/appointments')}?hl=de`, `${GOOGLE}?gv=true&hl=de`],
      [resizer.tidycal, 'https://tidycal.com/ada', 'https://tidycal.com/ada?embed=1'],
      [resizer.zcal, 'https://zcal.co/i/A', 'https://zcal.co/i/A?embed=1&embedType=iframe'],
      [
        resizer.youcanbookme,
        'https://acme.youcanbook.me',
        'https://acme.youcanbook.me/?noframe=true&skipHeaderFooter=true',
      ],
      [presets.koalendar, 'https://koalendar.com/e/a', 'https://koalendar.com/e/a?embed=true'],
      [
        presets.zoho,
        'https://acme.zohobookings.com/#/acme/intro?x=1',
        'https://acme.zohobookings.com/portal-embed#/acme/intro?x=1',
      ],
      [presets.simplybook, 'https://acme.simplybook.me', 'https://acme.simplybook.me/v2/'],
      [
        microsoft,
        'https://outlook.office.com/bookwithme/user/abc@example.org?anonymous&ep=plink',
        'https://outlook.office.com/bookwithme/user/abc@example.org?anonymous&ep=plink',
      ],
    ] as const)
      expect(provider.frameUrl(context(page)).href).to.equal(framed);
  });

  it('asks for a name in the parts that the service asks for', () => {
    const names = (name: string): (string | null)[] => {
      const { searchParams } = hubspot.frameUrl(
        context('https://meetings.hubspot.com/a', { prefill: { name } }),
      );
      return [searchParams.get('firstName'), searchParams.get('lastName')];
    };
    expect(names('Ada Lovelace')).to.deep.equal(['Ada', 'Lovelace']);
    expect(names('Ada King Lovelace')).to.deep.equal(['Ada', 'King Lovelace']);
    expect(names('Ada')).to.deep.equal(['Ada', null]);
    expect(names('')).to.deep.equal([null, null]);
  });
});

describe('a chosen time', () => {
  const start = '2026-11-24T09:00:00.000Z';
  const at = (url: URL, ...names: string[]): (string | null)[] =>
    names.map((name) => url.searchParams.get(name));

  it('is said in the service’s own words, with the zone where it takes one', () => {
    const slot = { slot: { start } };
    expect(
      at(resizer.zcal.frameUrl(context('https://zcal.co/i/A', slot)), 'startDate', 'timezone'),
    ).to.deep.equal([start, 'Europe/Rome']);
    expect(at(acuity.frameUrl(context('https://acme.as.me/', slot)), 'datetime')).to.deep.equal([start]);
  });
});

describe('what other pages receive', () => {
  it('is how to measure themselves, under the widget’s own name, in sixteen settings', () => {
    const page = context('https://tidycal.com/ada');
    for (const event of ['load', 'hello'] as const) {
      const [settings, ...more] = resizer.tidycal.respond(event, page);
      expect(more).to.deep.equal([]);
      expect(settings).to.match(/^\[iFrameSizer\]booking-7:/);
      expect(String(settings).split(':')).to.have.length(16);
    }
    expect(resizer.tidycal.respond('resize', page)).to.deep.equal([]);
  });

  it('is that Acuity’s parent is there, and that HubSpot may not track for being embedded', () => {
    expect(acuity.respond('load', context('https://acme.as.me/'))).to.deep.equal(['acuity:init']);
    expect(hubspot.respond('ready', context('https://meetings.hubspot.com/a'))).to.deep.equal([
      { type: 'privacy-consent', shouldTrackAnalytics: false },
    ]);
  });
});
