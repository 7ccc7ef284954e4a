import { expect } from '@open-wc/testing';
import { sendOnce } from '../../../src/widget/booking/send-booking.js';
import { nativeBooking } from '../../../src/widget/providers/cal-com/booking.js';

const TAKEN = 'User either already has booking at this time or is not available';
const envelope = (message: unknown): object => ({
  status: 'error',
  error: {
    code: 'BadRequestException',
    message: typeof message === 'string' ? message : '',
    details: { message },
  },
});
const created = (data: unknown): object => ({ status: 'success', data });

describe('the outcome of a booking', () => {
  const table: readonly (readonly [status: number, body: unknown, type: string, reason?: string])[] = [
    [201, created({ uid: 'u', status: 'accepted' }), 'booked'],
    [201, created({ uid: 'u', status: 'pending' }), 'pending'],
    [201, created([{ uid: 'u', status: 'accepted' }]), 'booked'],
    [201, created({}), 'booked'],
    [201, undefined, 'booked'],
    [201, created({ uid: 'u', status: 'rejected' }), 'refused', 'rejected'],
    [200, undefined, 'unknown'],
    [400, envelope(TAKEN), 'taken'],
    [400, envelope([TAKEN]), 'taken'],
    [400, { statusCode: 400, message: TAKEN }, 'taken'],
    [400, envelope('One of the hosts either already has booking at this time or is not available'), 'taken'],
    [409, { statusCode: 409, message: 'booking_conflict_error' }, 'taken'],
    [409, envelope('No more seats left at this seated booking.'), 'taken'],
    [400, envelope(`The event type can't be booked at the "start" time provided. Too soon.`), 'taken'],
    [400, envelope('Attempting to book a meeting in the past.'), 'taken'],
    [400, envelope('Missing required booking field response: team-size'), 'refused', 'field'],
    [400, { statusCode: 400, message: 'responses - {email}email_validation_error, ' }, 'refused', 'field'],
    [400, envelope('Missing attendee phone number - it is required'), 'refused', 'phone-missing'],
    [400, envelope('email_verification_required'), 'refused', 'email-verification'],
    [400, envelope('The maximum number of active bookings has been reached'), 'refused', 'limit'],
    [400, envelope('Booking location is not one of the locations'), 'refused', 'stale-event'],
    [400, envelope('something new'), 'refused', 'other'],
    [401, envelope('no'), 'refused', 'login'],
    [403, envelope('Attendee email has been blocked'), 'refused', 'email'],
    [404, envelope('Event type with id 1 not found.'), 'refused', 'event-gone'],
    [422, envelope('no hosts'), 'refused', 'other'],
    [429, envelope('ThrottlerException'), 'rate-limited'],
    [429, undefined, 'rate-limited'],
    [403, undefined, 'unknown'],
    [408, envelope('x'), 'unknown'],
    [500, { statusCode: 500, message: 'Internal server error' }, 'unknown'],
    [502, undefined, 'unknown'],
    // The text alone decides nothing.
    [500, envelope(TAKEN), 'unknown'],
    [409, envelope(TAKEN), 'refused', 'other'],
  ];
  for (const [status, body, type, reason] of table)
    it(`of ${status} ${body === undefined ? 'without JSON' : JSON.stringify(body).slice(0, 90)} is ${type}${reason ? ` (${reason})` : ''}`, () => {
      const outcome = nativeBooking.outcome({ status, body }, false);
      expect(outcome.type).to.equal(type);
      expect('reason' in outcome ? outcome.reason : undefined).to.equal(reason);
    });

  it('is unknown where no response came', () => {
    expect(nativeBooking.outcome(null, false)).to.deep.equal({ type: 'unknown' });
  });

  it('names the field to mark and what is wrong with it', () => {
    const marked = (message: string): unknown =>
      nativeBooking.outcome({ status: 400, body: { statusCode: 400, message } }, false);
    expect(marked('responses - {website}url_validation_error, ')).to.deep.equal({
      type: 'refused',
      reason: 'field',
      field: 'website',
      error: 'url',
    });
    expect(marked('Missing required booking field response: team-size')).to.deep.equal({
      type: 'refused',
      reason: 'field',
      field: 'team-size',
      error: 'required',
    });
  });

  it('of a taken slot after an unknown outcome may be the visitor’s own booking', () => {
    const reply = { status: 400, body: envelope(TAKEN) };
    expect(nativeBooking.outcome(reply, false)).to.deep.equal({ type: 'taken', maybeOwn: false });
    expect(nativeBooking.outcome(reply, true)).to.deep.equal({ type: 'taken', maybeOwn: true });
  });
});

describe('sending a booking', () => {
  const request = {
    method: 'POST',
    url: 'https://api.cal.com/v2/bookings',
    headers: {},
    body: '{}',
  } as const;
  const { signal } = new AbortController();

  it('makes one request without credentials, whatever comes back', async () => {
    const replies: (() => Response)[] = [
      () => new Response('{"a":1}', { status: 201 }),
      () => new Response('<p>', { status: 502 }),
      () => {
        throw new TypeError('Failed to fetch');
      },
    ];
    for (const reply of replies) {
      const seen: (RequestInit | undefined)[] = [];
      const fetch = (_: unknown, init?: RequestInit): Promise<Response> => {
        seen.push(init);
        return Promise.resolve().then(reply);
      };
      await sendOnce(request, { fetch, signal });
      expect(seen.map((init) => init?.credentials)).to.deep.equal(['omit']);
    }
  });

  it('gives no reply where nothing could be read', async () => {
    const fetch = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'));
    expect(await sendOnce(request, { fetch, signal })).to.equal(null);
  });
});
