import { expect } from '@open-wc/testing';
import { acuity } from '../../../src/widget/providers/acuity.js';
import { hubspot } from '../../../src/widget/providers/hubspot.js';
import { oncehub } from '../../../src/widget/providers/oncehub.js';
import { providerContract } from '../../contracts/provider-contract.js';
import { PERSONAL } from '../../contracts/provider-fixtures.js';
import { frameContextOf } from '../../helpers/frame-context.js';
import { firstName, lastName, noWord, person, slots } from './other-fixtures.js';

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

describe('parts of a name', () => {
  it('parts that the page gives without a value come from the whole name', () => {
    const prefill = { name: 'Ada Lovelace', firstName: undefined, lastName: '' };
    const { searchParams } = acuity.pageUrl(frameContextOf('https://ada.as.me/intro', { prefill }));
    expect(searchParams.get('firstName')).to.equal('Ada');
    expect(searchParams.get('lastName')).to.equal('Lovelace');
  });
});
