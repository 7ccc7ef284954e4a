import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { relationOf, type KnownEvent } from '../../src/server/availability/known-events.js';
import type { BookedEventType } from '../../src/server/bookings/booking.js';
import { ANY_HOST, type Hosting } from '../../src/server/upstreams/upstream.js';

const hosting = (hosts: readonly string[], more: Partial<Hosting> = {}): Hosting => ({
  hosts,
  organization: '-',
  team: 'no',
  isShared: false,
  ...more,
});
const known = (more: Partial<KnownEvent>): KnownEvent => ({
  event: 'key',
  account: 'cal-1',
  provider: 'cal',
  typeId: '',
  slug: '30min',
  query: '{}',
  hosting: hosting(['acme']),
  ...more,
});
const booked = (more: Partial<BookedEventType>): BookedEventType => ({
  provider: 'cal',
  eventType: '101',
  slug: '30min',
  hosts: ['acme'],
  organization: '-',
  team: 'no',
  ...more,
});

describe('an event type and a booking', () => {
  const team = known({ hosting: hosting([], { team: 'yes', isShared: true }) });
  const cases: readonly (readonly [string, KnownEvent, BookedEventType, 'same' | 'same-host' | null])[] = [
    ['same host and slug', known({}), booked({}), 'same'],
    ['another host with the same slug', known({ hosting: hosting(['bella']) }), booked({}), null],
    ['another slug of the host', known({ slug: '60min' }), booked({}), 'same-host'],
    [
      'the same name in another organisation',
      known({ hosting: hosting(['acme'], { organization: 'x' }) }),
      booked({}),
      null,
    ],
    [
      'an organisation that is not named',
      known({ hosting: hosting(['acme'], { organization: 'x' }) }),
      booked({ organization: '' }),
      'same',
    ],
    [
      'only a slug, which every host has',
      known({ hosting: hosting(['bella']) }),
      booked({ hosts: [] }),
      'same',
    ],
    ['the same id', known({ typeId: '101', slug: '', hosting: null }), booked({}), 'same'],
    ['another id', known({ typeId: '102', slug: '', hosting: null }), booked({}), null],
    ['another id of the host', known({ typeId: '102' }), booked({}), 'same-host'],
    ['a team’s booking, and the team', team, booked({ team: 'yes', hosts: ['nora'] }), 'same'],
    [
      'a team’s booking, and its host’s own event type',
      known({ hosting: hosting(['nora']) }),
      booked({ team: 'yes', hosts: ['nora'] }),
      'same-host',
    ],
    ['a person’s booking, and a team with the same slug', team, booked({}), null],
    ['a booking that may be a team’s', team, booked({ team: 'unknown' }), 'same'],
    [
      'a group with the host in it',
      known({ slug: '', hosting: hosting(['acme', 'bob'], { organization: 'x' }) }),
      booked({ organization: 'x' }),
      'same-host',
    ],
    ['another provider', known({ provider: 'calendly' }), booked({}), null],
    [
      'any host of an account',
      known({ provider: 'calendly', typeId: 'T', slug: '', hosting: hosting([ANY_HOST]) }),
      booked({ provider: 'calendly', eventType: 'U', slug: '' }),
      'same-host',
    ],
    ['a row from before hosts were kept', known({ hosting: null }), booked({}), 'same'],
  ];
  for (const [about, event, booking, relation] of cases)
    it(`are ${relation ?? 'nothing to each other'}: ${about}`, () => {
      assert.equal(relationOf(event, booking), relation);
    });
});
