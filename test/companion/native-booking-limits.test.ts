import assert from 'node:assert/strict';
import { it } from 'node:test';
import { pino } from 'pino';
import type { Availability } from '../../src/protocol/availability.js';
import type { NativeBookingTables } from '../../src/server/native-booking/schema.js';
import { aBooking, bookingService, codeOf, newKey, NOW, send, SHOP } from './booking-service.js';
import { onEachEngine } from './places.js';
import { until } from './until.js';

const service = bookingService();
const HOUR = 3_600_000;

const at = (hour: number): string => new Date(Date.parse('2026-03-18T00:00:00Z') + hour * HOUR).toISOString();

onEachEngine('what limits bookings through the companion', (open) => {
  it('only pages of the listed origins, and those of the companion itself', async () => {
    const host = service.host();
    const page = service.page(host);
    const companion = await service.open(await open(), host);
    for (const origin of ['https://thief.example', 'null', null])
      assert.equal(await codeOf(await send(companion, page, { origin })), '403 origin-not-allowed');
    const preflight = (origin: string): Promise<Response> =>
      companion.fetch(
        new Request('http://companion.test/v1/bookings', {
          method: 'OPTIONS',
          headers: {
            origin,
            'access-control-request-method': 'POST',
            'access-control-request-headers': 'content-type,idempotency-key',
          },
        }),
      );
    const allowed = await preflight(SHOP);
    assert.equal(allowed.headers.get('access-control-allow-origin'), SHOP);
    assert.match(allowed.headers.get('access-control-allow-headers') ?? '', /idempotency-key/);
    assert.equal((await preflight('https://thief.example')).headers.get('access-control-allow-origin'), null);
    assert.equal(service.requests(host), 0);
    assert.equal((await send(companion, page, { origin: 'https://companion.test' })).status, 201);
    const list = await companion.fetch(
      new Request('http://companion.test/v1/bookings', { headers: { origin: SHOP } }),
    );
    assert.equal(list.status, 403, 'the list of bookings is still the owner’s');
  });

  it('what cannot be read, and answers that do not fit, before anything is sent', async () => {
    const host = service.host();
    const page = service.page(host, 'questions');
    const companion = await service.open(await open(), host);
    const good = aBooking(page);
    let clients = 0;
    const code = async (body: object | string, key = newKey()): Promise<string> =>
      codeOf(await send(companion, page, { body, key, address: `192.0.2.${++clients}` }));
    assert.equal(await code(good, 'short'), '400 bad-key');
    assert.equal(await code(good, 'x'.repeat(65)), '400 bad-key');
    assert.equal(await code('{"v":1'), '400 bad-request');
    assert.equal(await code({ ...good, guests: ['a@b.example'] }), '400 bad-request', 'an unknown key');
    assert.equal(await code({ ...good, start: '2026-03-17' }), '400 bad-request');
    assert.equal(await code({ ...good, start: '2026-02-30T10:00:00Z' }), '400 bad-instant');
    assert.equal(await code({ ...good, start: '2026-03-16T07:00:00Z' }), '409 slot-taken');
    assert.equal(await code({ ...good, timeZone: 'Mars/Olympus' }), '400 bad-time-zone');
    assert.equal(await code({ ...good, src: 'https://calendly.com/other/30min' }), '404 unknown-event-type');
    const { answers } = good;
    const needed = { ...answers, 'question-1': 'Acme', 'question-7': ['Yes'] };
    const place = { name: 'zoom_conference' };
    for (const wrong of [
      { answers, place },
      { answers: { ...needed, 'question-99': 'x' }, place },
      { answers: { ...needed, email: 'grace@' }, place },
      { answers: { ...needed, 'question-3': '12' }, place },
      { answers: needed },
      { answers: needed, place: { name: 'outbound_call', detail: 'nobody' } },
      { answers: needed, place: { name: 'moon' } },
    ])
      assert.equal(await code({ ...good, ...wrong }), '400 bad-answer');
    assert.equal(service.requests(host), 0);
    const query = new URLSearchParams({ src: page, start: NOW, end: '2026-03-19T00:00:00Z' });
    const slots = await companion.fetch(new Request(`http://companion.test/v1/availability?${query}`));
    const start = ((await slots.json()) as Availability).slots[0]?.start ?? '';
    assert.equal(await code({ ...good, start, answers: needed, place }), '201');
  });

  it('so many requests of one client', async () => {
    const host = service.host();
    const page = service.page(host);
    const companion = await service.open(await open(), host);
    const body = '{}';
    for (let i = 0; i < 10; i++)
      assert.equal(await codeOf(await send(companion, page, { body })), '400 bad-request');
    const refused = await send(companion, page, { body });
    assert.ok(Number(refused.headers.get('retry-after')) > 0);
    assert.equal(await codeOf(refused), '429 too-many-requests');
    assert.equal(
      await codeOf(await send(companion, page, { body, address: '192.0.2.2' })),
      '400 bad-request',
    );
  });

  it('so many bookings of one account in a day, all instances together, and rows go after that day', async () => {
    const place = await open();
    const host = service.host();
    const page = service.page(host);
    let now = Date.parse(NOW);
    const options = { now: () => now };
    const few = { nativeBooking: true, bookingsPerDay: 2 };
    const [one, other] = [
      await service.open(place, host, few, options),
      await service.open(place, host, few, options),
    ];
    const key = newKey();
    assert.equal((await send(one, page, { key, body: aBooking(page, { start: at(1) }) })).status, 201);
    assert.equal((await send(other, page, { body: aBooking(page, { start: at(2) }) })).status, 201);
    const refused = await send(other, page, { body: aBooking(page, { start: at(3) }) });
    assert.equal(refused.headers.get('retry-after'), String(24 * 3600));
    assert.equal(await codeOf(refused), '429 booking-quota');
    const again = await send(other, page, { key, body: aBooking(page, { start: at(1) }) });
    assert.equal(again.status, 201, 'a repetition counts once');
    assert.equal(service.requests(host), 2);
    now += 24 * HOUR;
    assert.equal((await send(one, page, { body: aBooking(page, { start: at(4) }) })).status, 201);
    now += HOUR;
    await service.open(place, host, few, options);
    const store = await place.store({ now: () => now });
    const starts = async (): Promise<number[]> =>
      (await store.tables<NativeBookingTables>().selectFrom('native_booking').selectAll().execute()).map(
        (row) => row.starts_at,
      );
    // The companion removes them beside its start.
    await until(async () => (await starts()).length === 1);
    assert.deepEqual(await starts(), [Date.parse(at(4))]);
  });

  it('so many bookings of one account in a minute and in an hour, however many days allow', async () => {
    const place = await open();
    const host = service.host();
    const page = service.page(host);
    let now = Date.parse(NOW);
    const options = { now: () => now };
    const few = { nativeBooking: true, bookingsPerMinute: 2, bookingsPerHour: 3 };
    const [one, other] = [
      await service.open(place, host, few, options),
      await service.open(place, host, few, options),
    ];
    let hour = 0;
    const book = (companion: typeof one): Promise<Response> =>
      send(companion, page, { body: aBooking(page, { start: at(++hour) }), address: `192.0.2.${hour}` });
    assert.equal((await book(one)).status, 201);
    now += 20_000;
    assert.equal((await book(other)).status, 201);
    const refused = await book(one);
    assert.equal(refused.headers.get('retry-after'), '40', 'the first one is a minute ago then');
    assert.equal(await codeOf(refused), '429 booking-quota');
    now += 40_000;
    assert.equal((await book(other)).status, 201);
    now += 60_000;
    const late = await book(one);
    assert.equal(
      late.headers.get('retry-after'),
      String(3600 - 120),
      'the minute has room, the hour has none',
    );
    assert.equal(await codeOf(late), '429 booking-quota');
    assert.equal(service.requests(host), 3);
    now += 3_480_000;
    assert.equal((await book(one)).status, 201);
  });

  it('so many bookings of one account as Calendly takes, where its owner says nothing', async () => {
    const host = service.host();
    const page = service.page(host);
    const companion = await service.open(await open(), host);
    const codes = [];
    for (let hour = 1; hour <= 11; hour++)
      codes.push(
        await codeOf(
          await send(companion, page, {
            body: aBooking(page, { start: at(hour) }),
            address: `192.0.2.${hour}`,
          }),
        ),
      );
    assert.deepEqual(codes, [...Array.from({ length: 10 }, () => '201'), '429 booking-quota']);
  });

  it('nothing of the visitor is in the log, at any level, nor in the store', async () => {
    const place = await open();
    const host = service.host();
    const page = `${service.page(host)}?email=grace@personal.example`;
    const lines: string[] = [];
    const log = pino({ level: 'trace', base: null }, { write: (line: string) => void lines.push(line) });
    const companion = await service.open(place, host, undefined, { log });
    const key = newKey();
    assert.equal((await send(companion, page, { key })).status, 201);
    assert.equal(await codeOf(await send(companion, page)), '409 slot-taken');
    await service.turn(host, { 'booking-lost': '1' });
    const lost = aBooking(page, { start: at(5), utm: { utm_source: 'personal-source' } });
    assert.equal(await codeOf(await send(companion, page, { body: lost })), '504 booking-unknown');
    const unfit = aBooking(page, { answers: { name: 'Grace Personal', email: 'personal' } });
    assert.equal(await codeOf(await send(companion, page, { body: unfit })), '400 bad-answer');
    assert.ok(lines.some((line) => line.includes('"route":"/v1/bookings"')));
    assert.doesNotMatch(lines.join('\n'), /personal|grace|192\.0\.2/i);
    assert.doesNotMatch(lines.join('\n'), new RegExp(key));
    const store = await place.store();
    for (const table of ['native_booking', 'booking', 'job', 'upstream_note', 'event'] as const) {
      const rows = await store.tables<Record<string, object>>().selectFrom(table).selectAll().execute();
      assert.doesNotMatch(JSON.stringify(rows), /personal|grace|192\.0\.2/i, table);
      assert.doesNotMatch(JSON.stringify(rows), new RegExp(key), table);
    }
  });
});
