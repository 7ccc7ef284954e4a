import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { BOOKING_ERRORS } from '../../../demo/service/cal-booking-errors.js';
import {
  call,
  errorIn,
  runService,
  setKnobs,
  startsIn,
  type Answer,
  type TestService,
} from './running-service.js';

const NOW = '2026-03-16T08:00:00.000Z';
const START = '2026-04-13T10:00:00.000Z';
const VERSION = '2026-02-25';
const ADA = { name: 'Ada', email: 'ada@example.com', timeZone: 'Europe/Berlin' };
let service: TestService;
let host = '';
let count = 0;

before(async () => {
  service = await runService(NOW);
});
after(() => service.close());
beforeEach(() => {
  host = `test-bookings-${++count}`;
});

const post = (path: string, body: object, version: string | null = VERSION): Promise<Answer> =>
  call(`${service.cal}/v2/bookings${path}`, { version, method: 'POST', body });

const book = (more: object = {}, version: string | null = VERSION): Promise<Answer> =>
  post(
    '',
    { start: START, eventTypeSlug: 'always', username: host, attendee: ADA, metadata: {}, ...more },
    version,
  );

const dataIn = ({ body }: Answer): Record<string, unknown> =>
  (body as { data: Record<string, unknown> }).data;

/** The message of a failed booking, whichever shape it has. */
const messageIn = ({ body }: Answer): string => {
  const { error, message } = body as { error?: { message: string }; message?: string };
  return error?.message ?? message ?? '';
};

const freeAt = async (start = START): Promise<boolean> => {
  const query = new URLSearchParams({ username: host, eventTypeSlug: 'always', start, end: start });
  return startsIn(await call(`${service.cal}/v2/slots?${query.toString()}`)).length > 0;
};

const eventType = async (slug: string): Promise<Record<string, unknown> | undefined> => {
  const url = `${service.cal}/v2/event-types?username=${host}&eventSlug=${slug}`;
  const { body } = await call(url, { version: '2024-06-14' });
  return (body as { data: Record<string, unknown>[] }).data[0];
};

describe('POST /v2/bookings', () => {
  it('a booking made by API takes the slot away and is in the same store as the pages’ bookings', async () => {
    const answer = await book();
    assert.equal(answer.status, 201);
    const { uid, start, end, duration, status } = dataIn(answer);
    assert.deepEqual(
      { start, end, duration, status },
      { start: START, end: '2026-04-13T11:00:00.000Z', duration: 60, status: 'accepted' },
    );
    assert.equal(await freeAt(), false);
    const { body } = await call(`${service.control}/bookings?match=${host}`);
    assert.deepEqual(
      (body as { uid: string }[]).map((booking) => booking.uid),
      [uid],
    );
    assert.match(await (await fetch(`${service.cal}/booking/${String(uid)}`)).text(), /Ada/);
  });

  it('of a hundred simultaneous bookings of one slot one succeeds and 99 get the error of a taken slot', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => book()));
    assert.equal(answers.filter(({ status }) => status === 201).length, 1);
    const refused = answers.filter(({ status }) => status === 400);
    assert.equal(refused.length, 99);
    assert.deepEqual([...new Set(refused.map(messageIn))], [BOOKING_ERRORS.taken.message]);
  });

  it('a missing version is a 400 of the oldest controller, a version of other routes a 404', async () => {
    for (const version of ['2024-08-13', '2026-02-25', '2026-05-01'])
      assert.notEqual(messageIn(await book({ start: 'x' }, version)), messageIn(await book({}, null)));
    for (const version of [null, '2024-04-15', 'latest']) {
      const answer = await book({}, version);
      assert.equal(answer.status, 400);
      assert.match(messageIn(answer), /start.*eventTypeId.*timeZone.*language.*metadata/s);
    }
    const slots = await book({}, '2024-09-04');
    assert.equal(slots.status, 404);
    assert.equal(messageIn(slots), 'Cannot POST /v2/bookings');
  });

  it('unknown properties, unknown languages and unknown zones are refused by name', async () => {
    for (const [more, expected] of [
      [{ end: START }, 'property end should not exist'],
      [{ attendee: { ...ADA, phone: '1' } }, 'property attendee.phone should not exist'],
      [{ attendee: { ...ADA, language: 'tlh' } }, 'attendee.language'],
      [{ attendee: { ...ADA, timeZone: 'Mars' } }, 'attendee.timeZone'],
      [{ attendee: { name: 'Ada', timeZone: 'UTC' } }, 'attendee'],
    ] as const) {
      const answer = await book(more);
      assert.equal(answer.status, 400);
      assert.ok(messageIn(answer).includes(expected), messageIn(answer));
    }
  });

  it('a slot that is not offered is in the past, out of bounds or taken, each with its own message', async () => {
    for (const [start, error] of [
      ['2026-03-01T10:00:00.000Z', BOOKING_ERRORS.past],
      ['2036-03-01T10:00:00.000Z', BOOKING_ERRORS.bounds],
      ['2026-04-13T10:07:00.000Z', BOOKING_ERRORS.taken],
    ] as const) {
      const answer = await book({ start });
      assert.equal(answer.status, error.status);
      assert.equal(errorIn(answer).message, error.message);
    }
  });

  it('event types that do not exist are named in a 404', async () => {
    assert.equal(messageIn(await book({ username: 'nobody' })), 'User with username nobody not found');
    assert.equal(messageIn(await book({ eventTypeSlug: 'x' })), 'Event type with slug x not found.');
    const byId = await post('', { start: START, eventTypeId: 7, attendee: ADA });
    assert.equal(messageIn(byId), 'Event type with id 7 not found.');
  });

  it('answers to the host’s questions are checked by type and kept with the booking', async () => {
    const start = startsIn(
      await call(
        `${service.cal}/v2/slots?username=${host}&eventTypeSlug=questions&start=2026-04-13&end=2026-04-17`,
      ),
    )[0];
    const answer = (responses: object, more: object = {}): Promise<Answer> =>
      book({ start, eventTypeSlug: 'questions', bookingFieldsResponses: responses, ...more });
    assert.equal(messageIn(await answer({})), 'Missing required booking field response: company');
    assert.match(messageIn(await answer({ company: 7 })), /Invalid type for booking field 'company'/);
    assert.match(messageIn(await answer({ company: 'A', terms: false })), /\{terms\}error_required_field/);
    const good = { company: 'A', terms: true, topics: ['Design'], 'team-size': '1-10' };
    assert.match(messageIn(await answer({ ...good, website: 'x' })), /\{website\}url_validation_error/);
    const place = { location: { type: 'link' } };
    assert.equal(messageIn(await answer(good, place)), BOOKING_ERRORS.location.message);
    const made = await answer(good, { location: { type: 'attendeePhone', phone: '+4930123456' } });
    assert.equal(made.status, 201);
    assert.equal(dataIn(made)['location'], '+4930123456');
    assert.deepEqual(dataIn(made)['bookingFieldsResponses'], {
      name: 'Ada',
      email: 'ada@example.com',
      ...good,
    });
  });

  it('a wrong key is refused where no key would do', async () => {
    const response = await fetch(`${service.cal}/v2/bookings`, {
      method: 'POST',
      headers: { 'cal-api-version': VERSION, Authorization: 'Bearer nonsense' },
    });
    assert.equal(response.status, 401);
  });
});

describe('settings of an event type', () => {
  it('a host that confirms makes bookings pending, and a repeated request answers the same booking', async () => {
    await setKnobs(service, host, { confirmation: true });
    const [first, second] = [await book(), await book()];
    assert.equal(dataIn(first)['status'], 'pending');
    assert.equal(dataIn(second)['uid'], dataIn(first)['uid']);
  });

  it('every setting shows in the answer about the event type', async () => {
    const plain = await eventType('always');
    assert.deepEqual([plain?.['price'], plain?.['recurrence'], plain?.['isInstantEvent']], [0, null, false]);
    await setKnobs(service, host, {
      price: 2500,
      seats: 3,
      recurrence: 4,
      instant: true,
      login: true,
      'email-verification': true,
      'unknown-field': true,
      'split-name': true,
      omit: 'currency',
    });
    const set = await eventType('always');
    assert.ok(set && !('currency' in set));
    assert.equal(set['price'], 2500);
    assert.equal((set['seats'] as { seatsPerTimeSlot: number }).seatsPerTimeSlot, 3);
    assert.equal((set['recurrence'] as { occurrences: number }).occurrences, 4);
    assert.deepEqual(
      [set['isInstantEvent'], set['bookingRequiresAuthentication'], set['requiresBookerEmailVerification']],
      [true, true, true],
    );
    const types = (set['bookingFields'] as { type: string }[]).map(({ type }) => type);
    assert.ok(types.includes('splitName') && types.includes('unknown'));
    await setKnobs(service, host, { hidden: true });
    assert.equal(await eventType('always'), undefined);
  });

  it('a slot with seats is bookable until the last seat, and each attendee has a seat uid', async () => {
    await setKnobs(service, host, { seats: 2 });
    const first = await book();
    assert.equal(typeof dataIn(first)['seatUid'], 'string');
    assert.equal(await freeAt(), true);
    assert.equal((await book()).status, 201);
    assert.equal(await freeAt(), false);
    const third = await book();
    assert.equal(third.status, 409);
    assert.match(messageIn(third), /^No more seats left/);
  });

  it('a recurring booking answers every occurrence', async () => {
    await setKnobs(service, host, { recurrence: 3 });
    const { body, status } = await book();
    const { data } = body as { data: { start: string; recurringBookingUid: string }[] };
    assert.equal(status, 201);
    assert.deepEqual(
      data.map(({ start }) => start.slice(0, 10)),
      ['2026-04-13', '2026-04-20', '2026-04-27'],
    );
    assert.equal(new Set(data.map((each) => each.recurringBookingUid)).size, 1);
  });

  it('a price makes the booking pending, a login is a 401, a code by e-mail is asked for', async () => {
    await setKnobs(service, host, { price: 100 });
    assert.equal(dataIn(await book())['status'], 'pending');
    await setKnobs(service, host, { price: null, login: true });
    assert.equal((await book()).status, 401);
    await setKnobs(service, host, { login: null, 'email-verification': true });
    const start = '2026-04-13T12:00:00.000Z';
    assert.equal(messageIn(await book({ start })), 'email_verification_required');
    assert.equal(messageIn(await book({ start, emailVerificationCode: '1' })), 'invalid_verification_code');
    assert.equal((await post('/verification/email/send-code', { email: ADA.email })).status, 200);
    assert.equal((await book({ start, emailVerificationCode: '424242' })).status, 201);
  });
});

describe('booking faults', () => {
  it('every named error is answered with its real status and text, readable from a page', async () => {
    for (const [name, { status, message, shape }] of Object.entries(BOOKING_ERRORS)) {
      await setKnobs(service, host, { 'booking-error': name, 'retry-after': 7 });
      const answer = await book();
      assert.equal(answer.status, status, name);
      assert.equal(messageIn(answer), message);
      assert.equal('statusCode' in (answer.body as object), shape === 'bare');
      assert.equal(answer.headers.get('access-control-allow-origin'), '*');
      assert.equal(answer.headers.get('retry-after'), '7');
    }
  });

  it('the refusal of the edge is a page that no script may read', async () => {
    await setKnobs(service, host, { 'booking-error': 'edge' });
    const response = await fetch(`${service.cal}/v2/bookings`, {
      method: 'POST',
      headers: { 'cal-api-version': VERSION, 'Content-Type': 'application/json' },
      body: JSON.stringify({ username: host }),
    });
    assert.equal(response.status, 403);
    assert.match(response.headers.get('content-type') ?? '', /html/);
    assert.equal(response.headers.get('access-control-allow-origin'), null);
  });

  it('a lost answer leaves a booking behind', async () => {
    await setKnobs(service, host, { 'booking-lost': true, first: 1 });
    await assert.rejects(book(), TypeError);
    assert.equal(await freeAt(), false);
    assert.equal(messageIn(await book()), BOOKING_ERRORS.taken.message);
    await setKnobs(service, host, { 'booking-lost': '500', first: null });
    assert.equal((await book({ start: '2026-04-13T12:00:00.000Z' })).status, 500);
    assert.equal(await freeAt('2026-04-13T12:00:00.000Z'), false);
  });
});

describe('a booking’s uid', () => {
  it('reads, moves and cancels the booking', async () => {
    const uid = String(dataIn(await book())['uid']);
    const read = await call(`${service.cal}/v2/bookings/${uid}`, { version: VERSION });
    assert.equal(dataIn(read)['uid'], uid);
    const to = '2026-04-13T12:00:00.000Z';
    const moved = await post(`/${uid}/reschedule`, { start: to, reschedulingReason: 'ill' });
    assert.equal(moved.status, 201);
    assert.equal(dataIn(moved)['rescheduledFromUid'], uid);
    assert.equal((await post(`/${uid}/reschedule`, { start: to })).status, 400, 'it was moved away');
    const newUid = String(dataIn(moved)['uid']);
    assert.equal(dataIn(await post(`/${newUid}/cancel`, {}))['status'], 'cancelled');
    assert.equal((await post(`/${newUid}/cancel`, {})).status, 400);
    assert.ok((await freeAt()) && (await freeAt(to)));
    assert.equal((await post('/nothing/cancel', {})).status, 404);
  });
});
