import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import {
  call,
  daysIn,
  errorIn,
  runService,
  startsIn,
  type Answer,
  type TestService,
} from './running-service.js';

const NOW = '2026-03-16T08:00:00.000Z';
const BOOKINGS = '2024-08-13';
let service: TestService;
let host = '';
let count = 0;

before(async () => {
  service = await runService(NOW);
});
after(() => service.close());
beforeEach(() => {
  host = `test-api-${++count}`;
  service.now = Date.parse(NOW);
});

const slots = (query: Readonly<Record<string, string>>, version?: string | null): Promise<Answer> =>
  call(
    `${service.cal}/v2/slots?${new URLSearchParams(query).toString()}`,
    version === undefined ? {} : { version },
  );

/** The event type's own times in a range. */
const times = (
  slug: string,
  start: string,
  end: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Answer> => slots({ username: host, eventTypeSlug: slug, start, end, ...more });

const idOf = async (slug: string): Promise<number> => {
  const url = `${service.cal}/v2/event-types?username=${host}&eventSlug=${slug}`;
  const { body } = await call(url, { version: '2024-06-14' });
  const [found] = (body as { data: { id: number }[] }).data;
  assert.ok(found);
  return found.id;
};

const book = async (start: string, more: object = {}): Promise<Answer> =>
  call(`${service.cal}/v2/bookings`, {
    version: BOOKINGS,
    method: 'POST',
    body: {
      start,
      eventTypeSlug: 'always',
      username: host,
      attendee: { name: 'Ada', email: 'ada@example.com', timeZone: 'Europe/Berlin' },
      ...more,
    },
  });

const dataIn = ({ body }: Answer): Record<string, unknown> =>
  (body as { data: Record<string, unknown> }).data;

describe('GET /v2/slots', () => {
  it('answers times by day, in UTC, with no key for a day without any', async () => {
    const answer = await times('30min', '2026-03-20', '2026-03-23');
    assert.equal(answer.status, 200);
    assert.equal((answer.body as { status: string }).status, 'success');
    const days = daysIn(answer);
    assert.ok(!('2026-03-21' in days) && !('2026-03-22' in days), 'a weekend has no keys');
    const [first] = days['2026-03-20'] ?? [];
    assert.ok(first);
    assert.deepEqual(Object.keys(first), ['start']);
    assert.match(first.start, /^2026-03-20T\d\d:\d\d:00\.000Z$/);
    assert.deepEqual(daysIn(await times('empty', '2026-03-20', '2026-06-23')), {});
  });

  it('writes days and offsets of the zone that is asked for', async () => {
    const days = daysIn(
      await times('always', '2026-03-28T23:00:00Z', '2026-03-29T21:59:59Z', { timeZone: 'Europe/Berlin' }),
    );
    assert.deepEqual(Object.keys(days), ['2026-03-29']);
    const starts = days['2026-03-29']?.map(({ start }) => start) ?? [];
    assert.equal(starts.length, 23);
    assert.equal(starts[0], '2026-03-29T00:00:00.000+01:00');
    assert.equal(starts[2], '2026-03-29T03:00:00.000+02:00');
    const kolkata = daysIn(
      await times('always', '2026-03-29T00:00:00Z', '2026-03-29T01:00:00Z', { timeZone: 'Asia/Kolkata' }),
    );
    assert.deepEqual(kolkata, {
      '2026-03-29': [{ start: '2026-03-29T05:30:00.000+05:30' }, { start: '2026-03-29T06:30:00.000+05:30' }],
    });
  });

  it('takes bounds as UTC whatever the zone, so that bare dates cut a local day in two', async () => {
    const days = daysIn(await times('always', '2026-04-10', '2026-04-10', { timeZone: 'America/New_York' }));
    assert.deepEqual(Object.keys(days), ['2026-04-09', '2026-04-10']);
    assert.equal(days['2026-04-09']?.length, 4);
    assert.equal(days['2026-04-10']?.length, 20);
  });

  it('takes an end at midnight as the end of that day', async () => {
    const bare = startsIn(await times('always', '2026-04-10', '2026-04-11'));
    const midnight = startsIn(await times('always', '2026-04-10T00:00:00Z', '2026-04-11T00:00:00.000Z'));
    const second = startsIn(await times('always', '2026-04-10T00:00:00Z', '2026-04-11T00:00:01Z'));
    assert.equal(bare.length, 48);
    assert.deepEqual(midnight, bare);
    assert.equal(second.length, 25);
  });

  it('begins no sooner than now and the notice', async () => {
    const starts = startsIn(await times('30min', '2020-01-01', '2026-03-18'));
    assert.ok(starts.every((start) => start >= '2026-03-16T09:00:00.000Z'));
    assert.ok(starts.length > 0);
  });

  it('adds ends when ranges are asked for', async () => {
    const range = daysIn(
      await times('60min', '2026-04-13', '2026-04-17', { format: 'range', timeZone: 'Europe/Berlin' }),
    );
    const [slot] = Object.values(range)[0] ?? [];
    assert.ok(slot?.end);
    assert.equal(Date.parse(slot.end) - Date.parse(slot.start), 3_600_000);
    assert.match(slot.end, /\+02:00$/);
  });

  it('knows an event type by its id, its user, its team and a group of users', async () => {
    const range = { start: '2026-04-13', end: '2026-04-14' };
    const byUser = await slots({ username: host, eventTypeSlug: '30min', ...range });
    const byId = await slots({ eventTypeId: String(await idOf('30min')), ...range });
    assert.deepEqual(daysIn(byId), daysIn(byUser));
    assert.ok(startsIn(await slots({ teamSlug: 'sales', eventTypeSlug: 'intro', ...range })).length > 0);
    const group = await slots({ usernames: 'acme,bella', organizationSlug: 'acme-inc', ...range });
    assert.equal(group.status, 200);
    assert.equal(
      (await slots({ username: 'acme', organizationSlug: 'acme-inc', eventTypeSlug: '30min', ...range }))
        .status,
      200,
    );
  });

  it('says what it does not know', async () => {
    const range = { start: '2026-04-13', end: '2026-04-14' };
    const missing = async (query: Readonly<Record<string, string>>): Promise<string> => {
      const answer = await slots({ ...query, ...range });
      assert.equal(answer.status, 404);
      assert.equal(errorIn(answer).code, 'NotFoundException');
      return errorIn(answer).message;
    };
    assert.equal(await missing({ eventTypeId: '1' }), 'Event Type not found');
    assert.equal(await missing({ username: host, eventTypeSlug: 'nothing' }), 'Event Type not found');
    assert.equal(
      await missing({ username: 'nobody', eventTypeSlug: '30min' }),
      'User with username nobody not found',
    );
    assert.equal(
      await missing({ teamSlug: 'nobody', eventTypeSlug: 'intro' }),
      'Team with slug nobody not found',
    );
    assert.match(await missing({ usernames: 'acme,asha', organizationSlug: 'acme-inc' }), /asha/);
  });

  it('refuses unknown, extra, missing and malformed parameters', async () => {
    const range = { start: '2026-04-13', end: '2026-04-14' };
    const complaint = async (query: Readonly<Record<string, string>>): Promise<string> => {
      const answer = await slots(query);
      assert.equal(answer.status, 400, JSON.stringify(query));
      assert.equal(errorIn(answer).code, 'BadRequestException');
      const { timestamp, path } = answer.body as { timestamp: string; path: string };
      assert.ok(!Number.isNaN(Date.parse(timestamp)) && path.startsWith('/v2/slots?'));
      return errorIn(answer).message;
    };
    const ours = { username: host, eventTypeSlug: '30min' };
    assert.match(await complaint({ ...ours, ...range, _: '1' }), /property _ should not exist/);
    assert.match(
      await complaint({ eventTypeId: '1', username: host, ...range }),
      /username should not exist/,
    );
    assert.match(await complaint({ username: host, ...range }), /eventTypeSlug/);
    assert.match(await complaint({ ...ours, start: '2026-04-13' }), /end must be/);
    assert.match(await complaint({ ...ours, ...range, start: 'tomorrow' }), /start must be/);
    assert.match(await complaint({ ...ours, ...range, timeZone: 'Mars' }), /timeZone/);
    assert.match(await complaint({ ...ours, ...range, format: 'list' }), /format/);
    assert.match(await complaint({ ...ours, ...range, duration: 'long' }), /duration/);
    assert.match(await complaint({ usernames: 'acme,bella', ...range }), /organizationSlug/);
    assert.match(
      await complaint({ usernames: 'acme', organizationSlug: 'acme-inc', ...range }),
      /at least 2/,
    );
    assert.match(await complaint(range), /eventTypeId/);
  });

  it('exists in one version only', async () => {
    const query = { username: host, eventTypeSlug: '30min', start: '2026-04-13', end: '2026-04-14' };
    for (const version of [null, '2024-04-15', '2024-08-13', 'latest']) {
      const answer = await slots(query, version);
      assert.equal(answer.status, 404, String(version));
      assert.equal(errorIn(answer).code, 'NotFoundException');
    }
  });

  it('can be asked by any page, after a preflight, and shows it no headers', async () => {
    const url = `${service.cal}/v2/slots?username=${host}&eventTypeSlug=30min&start=2026-04-13&end=2026-04-14`;
    const preflight = await fetch(url, {
      method: 'OPTIONS',
      headers: { Origin: 'https://example.com', 'Access-Control-Request-Headers': 'cal-api-version' },
    });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get('access-control-allow-origin'), '*');
    assert.equal(preflight.headers.get('access-control-max-age'), '86400');
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /cal-api-version/);
    for (const { headers } of [await call(url), await call(`${url}&x=1`)]) {
      assert.equal(headers.get('access-control-allow-origin'), '*');
      assert.equal(headers.get('access-control-expose-headers'), null);
      assert.equal(headers.get('access-control-allow-credentials'), null);
    }
  });
});

describe('the rate limit', () => {
  const ask = (): Promise<Answer> => times('30min', '2026-04-13', '2026-04-14');

  it('lets 120 calls a minute through, then shuts the caller out for a minute', async () => {
    const first = await ask();
    assert.equal(first.headers.get('x-ratelimit-limit-default'), '120');
    assert.equal(first.headers.get('x-ratelimit-remaining-default'), '119');
    assert.equal(first.headers.get('x-ratelimit-reset-default'), '60');
    for (let call = 2; call <= 120; call++) await ask();
    service.now += 30_000;
    const refused = await ask();
    assert.equal(refused.status, 429);
    assert.equal(errorIn(refused).code, 'ThrottlerException');
    assert.equal(refused.headers.get('retry-after'), null);
    assert.equal(refused.headers.get('x-ratelimit-reset-default'), '60');
    service.now += 59_000;
    assert.equal((await ask()).status, 429, 'blocked from the call that was too many');
    service.now += 1_000;
    assert.equal((await ask()).status, 200);
  });

  it('counts an office behind one address together, and another address apart', async () => {
    const from = (address: string): Promise<Answer> =>
      times('30min', '2026-04-13', '2026-04-14', { address, 'rate-limit': '3' });
    const office = [];
    for (let visitor = 0; visitor < 5; visitor++) office.push((await from('203.0.113.7')).status);
    assert.deepEqual(office, [200, 200, 200, 429, 429]);
    assert.equal((await from('203.0.113.8')).status, 200);
  });

  it('keeps the callers of one test host apart from those of another', async () => {
    for (let call = 0; call < 2; call++)
      await times('30min', '2026-04-13', '2026-04-14', { 'rate-limit': '1' });
    assert.equal((await times('30min', '2026-04-13', '2026-04-14', { 'rate-limit': '1' })).status, 429);
    host = `${host}-other`;
    assert.equal((await times('30min', '2026-04-13', '2026-04-14', { 'rate-limit': '1' })).status, 200);
  });
});

describe('GET /v2/event-types', () => {
  it('answers one event type, all of a host, or none', async () => {
    const ask = async (query: string): Promise<Record<string, unknown>[]> =>
      (await call(`${service.cal}/v2/event-types?${query}`, { version: '2024-06-14' })).body as never;
    const list = async (query: string): Promise<Record<string, unknown>[]> =>
      ((await ask(query)) as unknown as { data: Record<string, unknown>[] }).data;
    const [multi] = await list(`username=${host}&eventSlug=multi`);
    assert.equal(multi?.['lengthInMinutes'], 15);
    assert.deepEqual(multi['lengthInMinutesOptions'], [15, 30, 60]);
    assert.ok((await list(`username=${host}`)).length > 5);
    assert.deepEqual(await list('username=nobody&eventSlug=30min'), []);
    assert.deepEqual(await list(`username=${host}&eventSlug=nothing`), []);
  });

  it('gives a single one by id only to those with a key', async () => {
    const answer = await call(`${service.cal}/v2/event-types/${await idOf('30min')}`, {
      version: '2024-06-14',
    });
    assert.equal(answer.status, 401);
  });
});

describe('reservations', () => {
  const START = '2026-04-13T10:00:00.000Z';
  const reserve = async (slotStart: string, more: object = {}): Promise<Answer> =>
    call(`${service.cal}/v2/slots/reservations`, {
      method: 'POST',
      body: { eventTypeId: await idOf('always'), slotStart, ...more },
    });
  const listed = async (): Promise<boolean> =>
    startsIn(await times('always', '2026-04-13', '2026-04-13')).includes(START);

  it('hide a time for five minutes', async () => {
    const answer = await reserve(START);
    assert.equal(answer.status, 201);
    const { reservationUid: uid, ...rest } = dataIn(answer);
    assert.equal(typeof uid, 'string');
    assert.deepEqual(rest, {
      eventTypeId: await idOf('always'),
      slotStart: START,
      slotEnd: '2026-04-13T11:00:00.000Z',
      slotDuration: 60,
      reservationDuration: 5,
      reservationUntil: '2026-03-16T08:05:00.000Z',
    });
    assert.equal(await listed(), false);
    service.now += 300_000;
    assert.equal(await listed(), true);
  });

  it('can be read, moved and released by anybody who knows the uid', async () => {
    const uid = String(dataIn(await reserve(START))['reservationUid']);
    const url = `${service.cal}/v2/slots/reservations/${uid}`;
    assert.equal(dataIn(await call(url))['slotStart'], START);
    const body = { eventTypeId: await idOf('always'), slotStart: '2026-04-13T12:00:00.000Z' };
    assert.equal((await call(url, { method: 'PATCH', body })).status, 200);
    assert.equal(await listed(), true);
    assert.equal((await call(url, { method: 'DELETE' })).status, 200);
    assert.equal(dataIn(await call(url)), null);
    assert.equal((await call(url, { method: 'DELETE' })).status, 404);
  });

  it('are refused for a time that is booked or held, and with a length of their own', async () => {
    await reserve(START);
    const held = await reserve('2026-04-13T10:30:00.000Z');
    assert.equal(held.status, 422);
    assert.equal(errorIn(held).code, 'UnprocessableEntityException');
    await book('2026-04-13T14:00:00.000Z');
    assert.equal((await reserve('2026-04-13T14:00:00.000Z')).status, 422);
    assert.equal((await reserve('2026-04-13T16:00:00.000Z', { reservationDuration: 30 })).status, 401);
  });

  it('do not keep the visitor who has the time from booking it', async () => {
    await reserve(START);
    assert.equal((await book(START)).status, 201);
  });
});
