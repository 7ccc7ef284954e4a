import { calCom } from '../../../src/widget/providers/cal-com/cal-com.js';
import { providerContract } from '../../contracts/provider-contract.js';
import { PERSONAL } from '../../contracts/provider-fixtures.js';

const calMessage = (type: string, data: unknown = {}, namespace = 'booking-1'): unknown => ({
  originator: 'CAL',
  type,
  namespace,
  fullType: `CAL:${namespace}:${type}`,
  data,
});

const calBooking = {
  uid: 'bGo8u2mAaiWEH3c9',
  title: `30 min between Bob and ${PERSONAL.name}`,
  startTime: '2026-11-24T09:00:00.000Z',
  endTime: '2026-11-24T09:30:00.000Z',
  eventTypeId: 7,
  status: 'ACCEPTED',
  paymentRequired: false,
  isRecurring: false,
  videoCallUrl: 'https://meet.example/x',
};

const calNotice = {
  id: 'bGo8u2mAaiWEH3c9',
  start: '2026-11-24T09:00:00.000Z',
  end: '2026-11-24T09:30:00.000Z',
};

/** What the deprecated events carry besides: none of it may go any further. */
const calPeople = { organizer: { ...PERSONAL, timeZone: 'Europe/Rome' }, eventType: { id: 7 } };

providerContract(calCom, {
  named: ['cal', 'CAL', 'calcom', 'Cal.com', 'cal-com'],
  frameName: 'cal-embed=booking-1',
  holds: true,
  origins: {
    own: ['https://cal.com', 'https://app.cal.eu', 'https://acme.cal.com', 'https://acme.cal.eu'],
    foreign: ['https://notcal.com', 'https://cal.com:8443', 'https://acme-cal.com', 'https://cal.dev'],
  },
  page: 'https://cal.com/acme/30min',
  aliases: [
    'https://app.cal.com/acme/30min',
    'http://www.cal.com/acme/30min/',
    'https://cal.com//acme/30min/embed',
    'https://CAL.com:443/acme/30min?embed=x&embedType=inline&theme=dark&layout=week_view',
    'https://cal.com/acme/30min?name=Ada&email=ada@example.org&metadata[k]=v&month=2026-11&date=2026-11-24',
    'https://cal.com/acme/30min?ref=ghost.example#top',
    'https://cal.com/acme/30min?cal.tz=Europe/Rome&slot=2026-11-24T09:00:00Z&%E0%A4%A=%',
  ],
  others: [
    'https://cal.com/acme/60min',
    'https://cal.com/acme/30min?duration=60',
    'https://cal.com/team/acme/30min',
    'https://acme.cal.com/acme/30min',
    'https://cal.eu/acme/30min',
    'https://cal.com/acme',
    'https://cal.com/d/kq9Gx/30min',
    'https://cal.com/d/7hTz1/30min',
    'https://cal.com/router?form=1',
    'https://cal.com/router?form=2',
    'https://calendar.example/acme/30min',
  ],
  slots: [
    { start: '2026-11-24T09:00:00.000Z', end: '2026-11-24T09:30:00.000Z' },
    { start: '2026-11-24T10:00:00.000Z', end: '2026-11-24T10:30:00.000Z' },
    { start: '2026-11-25T09:00:00.000Z' },
  ],
  embedParams: /^(embed|embedType|ui\..*|cal\.embed\..*)$/,
  prefill: {
    given: {
      ...PERSONAL,
      firstName: 'Ada',
      lastName: 'Lovelace',
      phone: '+39 06 123',
      notes: 'Two\nlines',
      guests: ['bob@example.org', 'eve@example.org'],
      'metadata[campaign]': 'spring',
      topic: ['a', 'b'],
    },
    found: {
      name: [PERSONAL.name],
      email: [PERSONAL.email],
      firstName: ['Ada'],
      lastName: ['Lovelace'],
      attendeePhoneNumber: ['+39 06 123'],
      notes: ['Two\nlines'],
      guests: ['bob@example.org', 'eve@example.org'],
      guest: ['bob@example.org', 'eve@example.org'],
      'metadata[campaign]': ['spring'],
      topic: ['a', 'b'],
    },
  },
  messages: [
    {
      says: 'the first word',
      data: calMessage('__iframeReady', { isPrerendering: false }),
      means: { type: 'hello' },
    },
    { says: 'a finished link', data: calMessage('linkReady'), means: { type: 'ready' } },
    { says: 'another widget’s namespace', data: calMessage('linkReady', {}, 'booking-2'), means: null },
    { says: 'the default namespace', data: calMessage('linkReady', {}, ''), means: null },
    {
      says: 'a message without namespace',
      data: { originator: 'CAL', type: 'linkReady', data: {} },
      means: null,
    },
    {
      says: 'another originator',
      data: { originator: 'cal', type: 'linkReady', namespace: 'booking-1', data: {} },
      means: null,
    },
    { says: 'a link prepared in hiding', data: calMessage('linkPrerendered'), means: { type: 'prepared' } },
    {
      says: 'a dead link',
      data: calMessage('linkFailed', {
        code: '404',
        msg: 'Problem loading the link',
        data: { url: PERSONAL.email },
      }),
      means: { type: 'failed', code: 'not-found', detail: 'Cal.com error 404' },
    },
    {
      says: 'a broken server',
      data: calMessage('linkFailed', { code: '500', msg: PERSONAL.name }),
      means: { type: 'failed', code: 'provider-error', detail: 'Cal.com error 500' },
    },
    {
      says: 'a forbidden page',
      data: calMessage('linkFailed', { code: '403' }),
      means: { type: 'failed', code: 'provider-error', detail: 'Cal.com error 403' },
    },
    {
      says: 'too many requests',
      data: calMessage('linkFailed', { code: '429' }),
      means: { type: 'failed', code: 'rate-limited', detail: 'Cal.com error 429' },
    },
    {
      says: 'a failure with somebody’s words in it',
      data: calMessage('linkFailed', { code: `${PERSONAL.name} <b>` }),
      means: { type: 'failed', code: 'provider-error', detail: 'Cal.com error ' },
    },
    {
      says: 'a height',
      data: calMessage('__dimensionChanged', { iframeHeight: 712, iframeWidth: 900, isFirstTime: true }),
      means: { type: 'resize', height: 712 },
    },
    { says: 'no height', data: calMessage('__dimensionChanged', { iframeHeight: 0 }), means: null },
    {
      says: 'an endless height',
      data: calMessage('__dimensionChanged', { iframeHeight: Infinity }),
      means: null,
    },
    {
      says: 'a booking',
      data: calMessage('bookingSuccessfulV2', { ...calBooking, ...calPeople }),
      means: { type: 'booked', booking: { ...calNotice, change: 'created' } },
    },
    {
      says: 'a moved booking',
      data: calMessage('rescheduleBookingSuccessfulV2', calBooking),
      means: { type: 'booked', booking: { ...calNotice, change: 'moved' } },
    },
    {
      says: 'a cancelled booking',
      data: calMessage('bookingCancelled', { booking: { ...calBooking, ...PERSONAL }, ...calPeople }),
      means: { type: 'booked', booking: { ...calNotice, change: 'cancelled' } },
    },
    {
      says: 'a cancelled booking of which only the id is said',
      data: calMessage('bookingCancelled', { booking: { uid: 'abc' } }),
      means: { type: 'booked', booking: { id: 'abc', change: 'cancelled' } },
    },
    {
      says: 'a booking whose times are no instants',
      data: calMessage('bookingSuccessfulV2', {
        uid: 'abc',
        startTime: '9 am',
        endTime: '2026-11-24T09:30:00',
      }),
      means: { type: 'booked', booking: { id: 'abc', change: 'created' } },
    },
    {
      says: 'a booking without id',
      data: calMessage('bookingSuccessfulV2', { ...calBooking, uid: undefined }),
      means: null,
    },
    {
      says: 'the booking event of older versions',
      data: calMessage('bookingSuccessful', { booking: calBooking, ...calPeople }),
      means: {
        type: 'booked',
        booking: {
          id: calBooking.uid,
          change: 'created',
          start: calBooking.startTime,
          end: calBooking.endTime,
        },
      },
    },
    { says: 'a rehearsed booking', data: calMessage('dryRunBookingSuccessfulV2', calBooking), means: null },
    {
      says: 'a rehearsed move',
      data: calMessage('dryRunRescheduleBookingSuccessfulV2', calBooking),
      means: null,
    },
    { says: 'a click beside the calendar', data: calMessage('__closeIframe'), means: null },
    {
      says: 'a click beside the calendar',
      data: calMessage('__closeIframe'),
      means: { type: 'closed' },
      modal: true,
    },
    { says: 'a change of route', data: calMessage('__routeChanged'), means: null },
    { says: 'a request to scroll', data: calMessage('__scrollByDistance', { distance: 300 }), means: null },
    {
      says: 'loaded times',
      data: calMessage('bookerReady', { eventId: 1, eventSlug: 'x', slotsLoaded: true }),
      means: null,
    },
  ],
  answers: [
    {
      says: 'days of slots with an end',
      body: {
        status: 'success',
        data: {
          '2026-11-25': [{ start: '2026-11-25T09:00:00.000+01:00', end: '2026-11-25T09:30:00.000+01:00' }],
          '2026-11-24': [
            {
              start: '2026-11-24T10:00:00.000+01:00',
              end: '2026-11-24T10:30:00.000+01:00',
              seatsRemaining: 2,
            },
            { start: '2026-11-24T09:00:00.000+01:00', end: '2026-11-24T09:30:00.000+01:00' },
          ],
        },
      },
      means: [
        { start: '2026-11-24T09:00:00.000+01:00', end: '2026-11-24T09:30:00.000+01:00' },
        { start: '2026-11-24T10:00:00.000+01:00', end: '2026-11-24T10:30:00.000+01:00' },
        { start: '2026-11-25T09:00:00.000+01:00', end: '2026-11-25T09:30:00.000+01:00' },
      ],
    },
    {
      says: 'slots without an end',
      body: { status: 'success', data: { '2026-11-24': [{ start: '2026-11-24T09:00:00.000Z' }] } },
      means: [{ start: '2026-11-24T09:00:00.000Z' }],
    },
    {
      says: 'slots that are bare strings',
      body: { status: 'success', data: { '2026-11-24': ['2026-11-24T09:00:00.000Z'] } },
      means: [{ start: '2026-11-24T09:00:00.000Z' }],
    },
    {
      says: 'one instant written twice as one slot',
      body: {
        data: { a: [{ start: '2026-11-24T09:00:00.000Z' }], b: [{ start: '2026-11-24T10:00:00.000+01:00' }] },
      },
      means: [{ start: '2026-11-24T10:00:00.000+01:00' }],
    },
    {
      says: 'good slots between bad ones',
      body: {
        data: {
          '2026-11-24': [
            null,
            7,
            { start: 'soon' },
            { start: '2026-13-45T29:00:00Z' },
            { start: '2026-11-24T09:00:00Z', end: 'later' },
            {},
          ],
        },
      },
      means: [{ start: '2026-11-24T09:00:00Z' }],
    },
    { says: 'no times as an empty list', body: { status: 'success', data: {} }, means: [] },
    {
      says: 'days without slots as an empty list',
      body: { status: 'success', data: { '2026-11-24': [] } },
      means: [],
    },
    {
      says: 'nothing from slots without an offset',
      body: { data: { a: [{ start: '2026-11-24T09:00:00' }] } },
      means: null,
    },
    {
      says: 'nothing from the older shape',
      body: { status: 'success', data: { slots: { '2026-11-24': [{ time: '2026-11-24T09:00:00.000Z' }] } } },
      means: null,
    },
    {
      says: 'nothing from slots in other words',
      body: { status: 'success', data: { '2026-11-24': [{ time: '2026-11-24T09:00:00.000Z' }] } },
      means: null,
    },
    {
      says: 'nothing from an error',
      body: { status: 'error', error: { code: 'NotFoundException', message: 'Event Type not found' } },
      means: null,
    },
    {
      says: 'nothing from a list of days',
      body: { data: [[{ start: '2026-11-24T09:00:00.000Z' }]] },
      means: null,
    },
  ],
});
