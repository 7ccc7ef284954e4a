import { calendly } from '../../../src/widget/providers/calendly.js';
import { providerContract } from '../../contracts/provider-contract.js';
import { PERSONAL } from '../../contracts/provider-fixtures.js';

const calendlyBooking = 'https://api.calendly.com/scheduled_events/EVENT';

const height = (value: unknown): unknown => ({ event: 'calendly.page_height', payload: { height: value } });

providerContract(calendly, {
  named: ['calendly', 'Calendly', 'calendly.com'],
  origins: {
    own: ['https://calendly.com', 'https://www.calendly.com'],
    foreign: ['https://acme.calendly.com', 'https://notcalendly.com', 'https://calendly.com:8443'],
  },
  page: 'https://calendly.com/acme/30min',
  aliases: [
    'http://www.calendly.com/acme/30min/',
    'https://calendly.com/acme/30min?embed_domain=x&embed_type=Inline&hide_gdpr_banner=1&primary_color=00ff00',
    'https://calendly.com/acme/30min?month=2026-11&date=2026-11-24&back=1&name=Ada&a1=x#frame',
    'https://calendly.com/acme/30min?ref=ghost.example&salesforce_uuid=1',
  ],
  others: [
    'https://calendly.com/acme/60min',
    'https://calendly.com/acme',
    'https://calendly.com/d/abc-def-ghi/30min',
    'https://calendly.com/d/xyz-def-ghi/30min',
  ],
  slots: [
    { start: '2026-11-24T09:00:00Z', url: 'https://calendly.com/acme/30min/2026-11-24T09:00:00Z' },
    { start: '2026-11-24T10:00:00Z', url: 'https://calendly.com/acme/30min/2026-11-24T10:00:00Z' },
    { start: '2026-11-25T09:00:00Z', url: 'https://calendly.com/acme/30min/2026-11-25T09:00:00Z' },
  ],
  embedParams: /^(embed_|hide_gdpr_banner)/,
  prefill: {
    given: {
      ...PERSONAL,
      firstName: 'Ada',
      lastName: 'Lovelace',
      guests: ['bob@example.org', 'eve@example.org'],
      a1: 'An answer',
    },
    found: {
      name: [PERSONAL.name],
      email: [PERSONAL.email],
      first_name: ['Ada'],
      last_name: ['Lovelace'],
      guests: ['bob@example.org,eve@example.org'],
      a1: ['An answer'],
    },
  },
  messages: [
    {
      says: 'a drawn calendar',
      data: { event: 'calendly.event_type_viewed', payload: {} },
      means: { type: 'ready' },
    },
    {
      says: 'a drawn profile',
      data: { event: 'calendly.profile_page_viewed', payload: {} },
      means: { type: 'ready' },
    },
    {
      says: 'a chosen time',
      data: { event: 'calendly.date_and_time_selected', payload: {} },
      means: { type: 'slot-selected' },
    },
    {
      says: 'a believable height',
      data: height('1024px'),
      means: { type: 'resize', height: 1024, ready: true },
    },
    { says: 'a height without unit', data: height(700), means: { type: 'resize', height: 700, ready: true } },
    {
      says: 'a fractional height',
      data: height('700.5px'),
      means: { type: 'resize', height: 700.5, ready: true },
    },
    {
      says: 'an absurd height, which is cut later,',
      data: height('1e9px'),
      means: { type: 'resize', height: 1e9, ready: true },
    },
    { says: 'the height of an empty page', data: height('2px'), means: null },
    { says: 'the height of a page being drawn', data: height('26px'), means: null },
    { says: 'a height below the lowest', data: height('299px'), means: null },
    { says: 'a height that is no number', data: height('auto'), means: null },
    { says: 'a negative height', data: height('-700px'), means: null },
    { says: 'an endless height', data: height('Infinitypx'), means: null },
    {
      says: 'a booking',
      data: {
        event: 'calendly.event_scheduled',
        payload: {
          event: { uri: calendlyBooking },
          invitee: { uri: `${calendlyBooking}/invitees/I`, ...PERSONAL },
        },
      },
      means: { type: 'booked', booking: { id: calendlyBooking, change: 'created' } },
    },
    {
      says: 'a booking without address',
      data: { event: 'calendly.event_scheduled', payload: { event: {} } },
      means: null,
    },
    {
      says: 'an event of another service',
      data: { event: 'calendar.event_type_viewed', payload: {} },
      means: null,
    },
    { says: 'an unknown event', data: { event: 'calendly.surprise', payload: {} }, means: null },
  ],
  answers: [],
});
