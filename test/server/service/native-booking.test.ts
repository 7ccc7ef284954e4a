import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { bookableNatively, type GateResult } from '../../../src/widget/booking/booking-gate.js';
import type { BookingOutcome } from '../../../src/widget/booking/booking-outcome.js';
import { finalAnswers } from '../../../src/widget/booking/final-answers.js';
import { formProblems, type Answers } from '../../../src/widget/booking/form-fields.js';
import { sendOnce } from '../../../src/widget/booking/send-booking.js';
import { nativeBooking } from '../../../src/widget/providers/cal-com/booking.js';
import { call, runService, setKnobs, startsIn, type TestService } from './running-service.js';
import { eventDetails } from '../../../src/widget/providers/cal-com/details.js';

let service: TestService;
let host = '';
let count = 0;

before(async () => {
  service = await runService('2026-03-16T08:00:00Z');
});
after(() => service.close());
beforeEach(() => {
  host = `test-native-${++count}`;
});

const { signal } = new AbortController();
const ADA: Answers = { name: 'Ada', email: 'ada@example.com' };
const UTM = { utm_source: 'news' };

const slotsUrl = (slug: string): string =>
  `${service.cal}/v2/slots?username=${host}&eventTypeSlug=${slug}&start=2026-04-13&end=2026-04-17`;

async function gate(slug: string): Promise<GateResult> {
  const request = eventDetails.request(slotsUrl(slug));
  assert.ok(request);
  const reply = await sendOnce(request, { fetch, signal });
  return bookableNatively(reply && eventDetails.read(reply), {
    slug,
    page: 'person',
    secure: true,
    length: null,
  });
}

async function firstSlot(slug: string): Promise<string> {
  const [start] = startsIn(await call(slotsUrl(slug)));
  assert.ok(start);
  return start;
}

async function book(slug: string, answers: Answers, start?: string): Promise<BookingOutcome> {
  const result = await gate(slug);
  assert.ok(result.native, 'reason' in result ? result.reason : '');
  assert.deepEqual(formProblems(result.form, answers), []);
  const input = {
    event: result.event,
    answers: finalAnswers(result.form, answers),
    start: start ?? (await firstSlot(slug)),
    length: result.event.lengths[0] ?? 0,
    timeZone: 'Europe/Paris',
    metadata: UTM,
  };
  const request = nativeBooking.bookingRequest(slotsUrl(slug), input, 'fr-CA');
  return nativeBooking.outcome(await sendOnce(request, { fetch, signal }), false);
}

const stored = async (): Promise<Record<string, unknown>[]> =>
  (await call(`${service.control}/bookings?match=${host}`)).body as Record<string, unknown>[];

describe('native booking against the scheduling service', () => {
  it('books with zone, language and origin, and leaves one booking', async () => {
    const outcome = await book('30min', { ...ADA, notes: 'hello', guests: 'bob@example.com' });
    assert.equal(outcome.type, 'booked');
    const [booking, ...others] = await stored();
    assert.equal(others.length, 0);
    assert.equal('id' in outcome && outcome.id, booking?.['uid']);
    assert.deepEqual(booking?.['attendee'], {
      name: 'Ada',
      email: 'ada@example.com',
      timeZone: 'Europe/Paris',
      language: 'fr',
    });
    assert.deepEqual(
      [booking['notes'], booking['guests'], booking['metadata']],
      ['hello', ['bob@example.com'], UTM],
    );
  });

  it('books an event type with every kind of question and a place of the visitor', async () => {
    const outcome = await book('questions', {
      ...ADA,
      location: '2',
      'location:detail': '+49 30 123456',
      attendeePhoneNumber: '+49 30 654321',
      company: 'Acme',
      goal: 'Growth',
      'team-size': '51+',
      'found-us': 'Search',
      topics: ['Design', 'Hiring'],
      'contact-by': ['Phone'],
      terms: true,
      street: 'Main Street 1',
      website: 'example.com',
      'copy-to': 'bob@example.com',
    });
    assert.equal(outcome.type, 'booked');
    assert.equal((await stored())[0]?.['location'], '+4930123456');
  });

  it('tells a pending, a taken and a lost booking apart, and a price, a refusal and a limit', async () => {
    const start = await firstSlot('always');
    await setKnobs(service, host, { confirmation: true });
    assert.equal((await book('always', ADA, start)).type, 'pending');
    await setKnobs(service, host, { confirmation: null });
    assert.equal((await book('always', ADA, start)).type, 'taken');
    const outcomes: Readonly<Record<string, string>> = {
      race: 'taken',
      bounds: 'taken',
      full: 'taken',
      'blocked-email': 'refused',
      'core-field': 'refused',
      'rate-limited': 'rate-limited',
      'server-error': 'unknown',
      html: 'unknown',
      refuse: 'unknown',
      garbage: 'booked',
    };
    for (const [error, type] of Object.entries(outcomes)) {
      await setKnobs(service, host, { 'booking-error': error });
      assert.equal((await book('always', ADA)).type, type, error);
    }
    await setKnobs(service, host, { 'booking-error': null, 'booking-lost': true });
    assert.equal((await book('always', ADA, '2026-04-16T10:00:00.000Z')).type, 'unknown');
    assert.equal((await stored()).length, 2, 'the lost booking exists, and only once');
  });

  it('sends to the provider’s page whatever setting the host has that the widget cannot honour', async () => {
    const reasons: Readonly<Record<string, string>> = {
      price: 'paid',
      seats: 'seats',
      recurrence: 'recurring',
      instant: 'instant',
      login: 'login',
      'email-verification': 'email-verification',
      'unknown-field': 'unknown-field',
      'number-field': 'unknown-field',
      hidden: 'not-found',
      'event-type-status': 'not-found',
    };
    for (const [knob, reason] of Object.entries(reasons)) {
      await setKnobs(service, host, { [knob]: knob === 'event-type-status' ? 500 : true });
      const result = await gate('30min');
      assert.equal(result.native ? '' : result.reason, reason, knob);
      await setKnobs(service, host, { [knob]: null });
    }
    await setKnobs(service, host, { omit: 'seats' });
    const result = await gate('30min');
    assert.equal(!result.native && result.reason, 'missing-setting');
  });

  it('moves and cancels a booking by its id', async () => {
    const outcome = await book('always', ADA);
    assert.ok(outcome.type === 'booked');
    const url = slotsUrl('always');
    const move = nativeBooking.rescheduleRequest(url, outcome.id, '2026-04-16T10:00:00Z');
    const moved = nativeBooking.outcome(await sendOnce(move, { fetch, signal }), false);
    assert.ok(moved.type === 'booked' && moved.id !== outcome.id);
    const reply = await sendOnce(nativeBooking.cancelRequest(url, moved.id), { fetch, signal });
    assert.equal(reply?.status, 200);
    assert.deepEqual([...new Set((await stored()).map(({ status }) => status))], ['CANCELLED']);
  });
});
