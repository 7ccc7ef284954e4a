import { expect } from '@open-wc/testing';
import { bookableNatively } from '../../../src/widget/booking/booking-gate.js';
import { nativeBooking } from '../../../src/widget/booking/companion-booking.js';
import { readCompanionDetails } from '../../../src/widget/booking/companion-details.js';
import { finalAnswers } from '../../../src/widget/booking/final-answers.js';
import { PLACE_DETAIL } from '../../../src/widget/booking/form-fields.js';
import type { BookingOffer } from '../../../src/protocol/booking.js';

/*
 * Bookings through a companion, as the browser asks for them and reads what comes back.
 */

const BOOKINGS =
  nativeBooking.slotsUrl?.('https://companion.example/', 'https://book.example/acme/30min') ?? '';

const OFFER: BookingOffer = {
  offered: true,
  fields: [
    { name: 'name', kind: 'name', required: true },
    { name: 'email', kind: 'email', required: true },
    { name: 'question-1', kind: 'phone', label: 'Your <b>phone</b>', required: false },
    { name: 'question-2', kind: 'multiselect', label: 'Topics', required: true, options: ['A', 'B '] },
  ],
  places: [
    { name: 'zoom_conference', kind: 'video', service: 'zoom' },
    { name: 'outbound_call', kind: 'phone', needs: 'phone' },
  ],
};

const gate = (booking: unknown) => {
  const event = readCompanionDetails({ v: 1, title: 'Intro', minutes: 30, booking });
  if (!event) throw new Error('no details');
  return bookableNatively(nativeBooking.complete?.(event) ?? event, {
    ...nativeBooking.gateContext(BOOKINGS, new URL('https://book.example/acme/30min')),
    secure: true,
    length: 30,
  });
};

const problem = (status: number, code: string) => ({ status, body: { status, code, detail: 'text' } });

describe('a booking through a companion', () => {
  it('opens the form with the companion’s fields and places', () => {
    const result = gate(OFFER);
    if (!result.native) throw new Error(result.reason);
    expect(result.form.map(({ slug, kind, target, label }) => [slug, kind, target, label])).to.deep.equal([
      ['name', 'text', 'name', ''],
      ['email', 'email', 'email', ''],
      ['location', 'location', 'location', ''],
      ['question-1', 'phone', 'answer', 'Your phone'],
      ['question-2', 'multiselect', 'answer', 'Topics'],
    ]);
    expect(result.form.at(-1)?.options).to.deep.equal(['A', 'B '], 'options are sent back as they came');
  });

  it('stays closed for what the companion does not offer, and for all that is not known', () => {
    const closed: readonly unknown[] = [
      undefined,
      null,
      'yes',
      { offered: false, reason: 'a price' },
      { offered: true },
      { ...OFFER, fields: [...OFFER.fields, { name: 'when', kind: 'date', required: false }] },
      {
        ...OFFER,
        fields: [...OFFER.fields, { name: 'which', kind: 'select', required: false, options: [] }],
      },
      { ...OFFER, fields: OFFER.fields.filter(({ kind }) => kind !== 'email') },
      { ...OFFER, places: [{ name: 'moon', kind: 'orbit' }] },
      { ...OFFER, places: [{ name: 'call', kind: 'phone', needs: 'fax' }] },
      { ...OFFER, places: ['a', 'b'].map((name) => ({ name, kind: 'phone' })) },
    ];
    for (const offer of closed) expect(gate(offer).native, JSON.stringify(offer)).to.equal(false);
  });

  it('sends the answers by the names of the fields, with a key of its own each time', () => {
    const result = gate(OFFER);
    if (!result.native) throw new Error(result.reason);
    const answers = finalAnswers(result.form, {
      name: ' Ana Ruiz ',
      email: 'ana@example.org',
      location: '1',
      [PLACE_DETAIL]: '+33 6 12 34 56 78',
      'question-2': ['B '],
    });
    const input = {
      ...{ event: result.event, answers, start: '2026-12-01T09:00:00Z', length: 30 },
      ...{ timeZone: 'Europe/Paris', metadata: { utm_source: 'mail' } },
    };
    const request = nativeBooking.bookingRequest(BOOKINGS, input, 'fr');
    expect(request.url).to.equal('https://companion.example/v1/bookings');
    expect(request.headers['Idempotency-Key']).to.match(/^[\w-]{16,64}$/);
    expect(nativeBooking.bookingRequest(BOOKINGS, input, 'fr').headers).to.not.deep.equal(request.headers);
    expect(JSON.parse(request.body ?? '')).to.deep.equal({
      v: 1,
      src: 'https://book.example/acme/30min',
      start: '2026-12-01T09:00:00Z',
      timeZone: 'Europe/Paris',
      answers: { name: 'Ana Ruiz', email: 'ana@example.org', 'question-2': ['B '] },
      place: { name: 'outbound_call', detail: '+33612345678' },
      utm: { utm_source: 'mail' },
    });
  });

  it('reads a booking, whose links lead to pages and to no script', () => {
    const body = { v: 1, id: 'x', start: 's', end: 'e', rescheduleUrl: 'https://book.example/r/1' };
    const made = nativeBooking.outcome({ status: 201, body }, false);
    const links = { reschedule: 'https://book.example/r/1', cancel: '' };
    expect(made).to.deep.equal({ type: 'booked', id: 'x', start: 's', end: 'e', location: '', links });
    const cancelUrl = 'javascript:alert(1)';
    expect(nativeBooking.outcome({ status: 201, body: { cancelUrl } }, false)).to.deep.include({
      type: 'booked',
      links: { reschedule: '', cancel: '' },
    });
    expect(nativeBooking.outcome({ status: 201, body: undefined }, false).type).to.equal('booked');
  });

  it('believes only the companion’s own words that nothing was booked', () => {
    const typeOf = (status: number, code: string) => nativeBooking.outcome(problem(status, code), false).type;
    expect(nativeBooking.outcome(problem(409, 'slot-taken'), true)).to.deep.equal({
      type: 'taken',
      maybeOwn: true,
    });
    for (const [status, code] of [
      [409, 'booking-refused'],
      [404, 'booking-not-offered'],
      [429, 'booking-quota'],
      [403, 'origin-not-allowed'],
      [503, 'not-booked'],
      [503, 'store-unavailable'],
    ] as const)
      expect(typeOf(status, code), code).to.equal('refused');
    expect(typeOf(504, 'booking-unknown')).to.equal('unknown');
    expect(typeOf(500, 'internal')).to.equal('unknown');
    for (const reply of [
      null,
      { status: 200, body: {} },
      { status: 403, body: undefined },
      { status: 502, body: {} },
    ])
      expect(nativeBooking.outcome(reply, false).type).to.equal('unknown');
  });
});
