import { expect } from '@open-wc/testing';
import { readEventDetails } from '../../../src/widget/booking/event-details.js';
import {
  bookableNatively,
  type GateContext,
  type GateReason,
} from '../../../src/widget/booking/booking-gate.js';
import { eventType, ownField, withFields } from './event-type.js';

const CONTEXT: GateContext = { slug: '30min', page: 'person', secure: true, length: 30 };

const without = (key: string): Record<string, unknown> => {
  const { [key]: _, ...rest } = eventType();
  return rest;
};

interface Row {
  readonly what: string;
  readonly event?: unknown;
  readonly context?: Partial<GateContext>;
  readonly reason: GateReason | null;
}

const rows: readonly Row[] = [
  { what: 'a plain event type', reason: null },
  {
    what: 'an event type that the host confirms',
    event: eventType({ confirmationPolicy: { type: 'always' } }),
    reason: null,
  },
  {
    what: 'a recurrence that is disabled',
    event: eventType({ recurrence: { disabled: true } }),
    reason: null,
  },
  { what: 'no place at all', event: eventType({ locations: [] }), reason: null },
  { what: 'an optional number', event: withFields(ownField('number')), reason: null },
  {
    what: 'a required but hidden title',
    event: withFields({ isDefault: true, type: 'text', slug: 'title', required: true, hidden: true }),
    reason: null,
  },
  { what: 'an insecure host page', context: { secure: false }, reason: 'insecure-page' },
  { what: 'a private link', context: { page: 'private-link' }, reason: 'private-link' },
  { what: 'a routing form', context: { page: 'routing-form' }, reason: 'routing-form' },
  { what: 'a team', context: { page: 'team' }, reason: 'team' },
  { what: 'no event type', event: undefined, reason: 'not-found' },
  { what: 'a list', event: [eventType()], reason: 'not-found' },
  { what: 'an event type without a length', event: without('lengthInMinutes'), reason: 'not-found' },
  { what: 'another event type', event: eventType({ slug: '60min' }), reason: 'other-event' },
  ...[
    'recurrence',
    'price',
    'seats',
    'isInstantEvent',
    'bookingRequiresAuthentication',
    'requiresBookerEmailVerification',
  ].map((key): Row => ({
    what: `an answer without "${key}"`,
    event: without(key),
    reason: 'missing-setting',
  })),
  { what: 'an answer without fields', event: without('bookingFields'), reason: 'fields' },
  { what: 'an answer without places', event: without('locations'), reason: 'unknown-place' },
  { what: 'a price', event: eventType({ price: 100 }), reason: 'paid' },
  { what: 'a price that is no number', event: eventType({ price: null }), reason: 'paid' },
  { what: 'a recurrence', event: eventType({ recurrence: { interval: 1 } }), reason: 'recurring' },
  { what: 'seats', event: eventType({ seats: { seatsPerTimeSlot: 2 } }), reason: 'seats' },
  { what: 'an instant meeting', event: eventType({ isInstantEvent: true }), reason: 'instant' },
  { what: 'a login', event: eventType({ bookingRequiresAuthentication: true }), reason: 'login' },
  {
    what: 'a code by e-mail',
    event: eventType({ requiresBookerEmailVerification: true }),
    reason: 'email-verification',
  },
  { what: 'a setting of an unknown shape', event: eventType({ isInstantEvent: 'maybe' }), reason: 'instant' },
  {
    what: 'a field of unknown type',
    event: withFields({ type: 'unknown', slug: 'unknown', bookingField: '{}' }),
    reason: 'unknown-field',
  },
  { what: 'an optional field of a new type', event: withFields(ownField('date')), reason: 'unknown-field' },
  { what: 'a field that is no object', event: withFields('name'), reason: 'unknown-field' },
  {
    what: 'a type that objects inherit',
    event: withFields(ownField('constructor')),
    reason: 'unknown-field',
  },
  {
    what: 'a required number',
    event: withFields(ownField('number', { required: true })),
    reason: 'unknown-field',
  },
  {
    what: 'a choice without options',
    event: withFields(ownField('select', { options: [] })),
    reason: 'unknown-field',
  },
  {
    what: 'a place of unknown type',
    event: eventType({ locations: [{ type: 'moon' }] }),
    reason: 'unknown-place',
  },
  { what: 'two fields of one name', event: withFields(ownField('text'), ownField('text')), reason: 'fields' },
  { what: 'a form that asks nobody’s name', event: eventType({ bookingFields: [] }), reason: 'no-name' },
  {
    what: 'a form in which e-mail and phone are optional',
    event: eventType({
      bookingFields: [
        { isDefault: true, type: 'name', slug: 'name', required: true },
        { isDefault: true, type: 'email', slug: 'email', required: false },
      ],
    }),
    reason: 'no-contact',
  },
  { what: 'a slot of another length', context: { length: 45 }, reason: 'length' },
];

describe('the gate of native booking', () => {
  for (const row of rows)
    it(row.reason ? `sends ${row.what} to the provider’s page` : `lets the widget book ${row.what}`, () => {
      const event = 'event' in row ? row.event : eventType();
      const result = bookableNatively(readEventDetails(event), { ...CONTEXT, ...row.context });
      expect(result.native ? null : result.reason).to.equal(row.reason);
    });

  it('asks for a place after name and e-mail where there is a choice or the visitor gives it', () => {
    const slugs = (locations: unknown[]): string[] => {
      const result = bookableNatively(readEventDetails(eventType({ locations })), CONTEXT);
      return result.native ? result.form.map(({ slug }) => slug) : [];
    };
    expect(slugs([{ type: 'link', link: 'https://x.example' }])).to.deep.equal([
      'name',
      'email',
      'notes',
      'guests',
    ]);
    const asked = ['name', 'email', 'location', 'notes', 'guests'];
    expect(slugs([{ type: 'attendeePhone' }])).to.deep.equal(asked);
    expect(slugs([{ type: 'link' }, { type: 'organizersDefaultApp' }])).to.deep.equal(asked);
  });

  it('never throws, whatever it is given', () => {
    for (const junk of [
      null,
      0,
      '',
      'x',
      [],
      {},
      { id: {} },
      eventType({ bookingFields: {} }),
      eventType({ users: 7 }),
    ])
      expect(() => bookableNatively(readEventDetails(junk), CONTEXT)).not.to.throw();
  });
});
