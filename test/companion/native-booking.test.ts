import assert from 'node:assert/strict';
import { it } from 'node:test';
import { BOOKING_LOST_AFTER_MS } from '../../src/server/durations.js';
import type { Availability } from '../../src/protocol/availability.js';
import { bookingAnswerSchema } from '../../src/protocol/booking-schema.js';
import type { NativeBookingTables } from '../../src/server/native-booking/schema.js';
import { aBooking, bookingService, codeOf, newKey, NOW, send, START } from './booking-service.js';
import { onEachEngine } from './places.js';

const service = bookingService();

onEachEngine('a booking through the companion', (open) => {
  it('is refused unless the owner has turned it on, for this event type', async () => {
    const place = await open();
    const host = service.host();
    const page = service.page(host);
    const off = await service.open(place, host, {});
    assert.equal(await codeOf(await send(off, page)), '404 booking-not-offered');
    const others = await service.open(place, host, { nativeBooking: [service.page(host, '30min')] });
    assert.equal(await codeOf(await send(others, page)), '404 booking-not-offered');
    assert.equal(service.requests(host), 0);
  });

  it('is made once, answered in the protocol’s shape, and its slot leaves the pages', async () => {
    const host = service.host();
    const page = service.page(host);
    const companion = await service.open(await open(), host);
    const query = new URLSearchParams({ src: page, start: NOW, end: '2026-03-19T00:00:00Z' });
    const starts = async (): Promise<string[]> => {
      const response = await companion.fetch(new Request(`http://companion.test/v1/availability?${query}`));
      return ((await response.json()) as Availability).slots.map(({ start }) =>
        new Date(start).toISOString(),
      );
    };
    assert.equal((await starts()).includes(START), true);
    const response = await send(companion, page);
    assert.equal(response.status, 201);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(response.headers.get('access-control-allow-origin'), 'https://shop.example');
    const { id, end, ...answer } = bookingAnswerSchema.parse(await response.json());
    assert.match(id, /^https:\/\/api\.calendly\.com\/scheduled_events\/\w+$/);
    assert.equal(answer.start, START);
    assert.equal(end, '2026-03-17T11:00:00.000Z');
    assert.match(answer.cancelUrl ?? '', /\/cancellations\/\w+$/);
    assert.match(answer.rescheduleUrl ?? '', /\/reschedulings\/\w+$/);
    assert.deepEqual(service.booked(host), [START]);
    assert.equal((await starts()).includes(START), false);
  });

  it('is made once however often its key comes, one after another, at once and at another instance', async () => {
    const place = await open();
    const host = service.host();
    const page = service.page(host);
    const [one, other] = [await service.open(place, host), await service.open(place, host)];
    const key = newKey();
    const first = await Promise.all([one, other, one, other].map((each) => send(each, page, { key })));
    const later = await send(other, page, { key });
    const answers = await Promise.all([...first, later].map((each) => each.json()));
    assert.deepEqual(
      [...first, later].map(({ status }) => status),
      [201, 201, 201, 201, 201],
    );
    assert.equal(new Set(answers.map((each) => JSON.stringify(each))).size, 1);
    assert.equal(service.requests(host), 1);
    assert.deepEqual(service.booked(host), [START]);
    const reused = { key, body: aBooking(page, { start: '2026-03-18T10:00:00Z' }) };
    assert.equal(await codeOf(await send(one, page, reused)), '422 key-reused');
  });

  it('whose answer is lost is unknown, also when its key comes again, and is never sent again', async () => {
    const place = await open();
    const host = service.host();
    const page = service.page(host);
    const companion = await service.open(place, host);
    for (const how of ['1', '500']) {
      await service.turn(host, { 'booking-lost': how });
      const key = newKey();
      const start = how === '1' ? START : '2026-03-17T12:00:00.000Z';
      const body = aBooking(page, { start });
      const before = service.requests(host);
      assert.equal(await codeOf(await send(companion, page, { key, body })), '504 booking-unknown');
      assert.equal(service.booked(host).includes(start), true);
      await service.turn(host, { 'booking-lost': null });
      assert.equal(await codeOf(await send(companion, page, { key, body })), '504 booking-unknown');
      const another = await service.open(place, host);
      assert.equal(await codeOf(await send(another, page, { key, body })), '504 booking-unknown');
      assert.equal(service.requests(host), before + 1);
    }
  });

  it('that a process left half sent is unknown, and is not sent by another', async () => {
    const place = await open();
    const host = service.host();
    const page = service.page(host);
    const key = newKey();
    const before = await service.open(place, host);
    assert.equal((await send(before, page, { key })).status, 201);
    const store = await place.store();
    // What the row is while the service is being asked.
    await store
      .tables<NativeBookingTables>()
      .updateTable('native_booking')
      .set({ state: 'sent', id: '' })
      .execute();
    const now = () => Date.parse(NOW) + BOOKING_LOST_AFTER_MS + 1;
    const other = await service.open(place, host, undefined, { now });
    assert.equal(await codeOf(await send(other, page, { key })), '504 booking-unknown');
    assert.equal(service.requests(host), 1);
  });

  it('of a slot that is gone, or that the service refuses, is no booking, and stays none', async () => {
    const host = service.host();
    const page = service.page(host);
    const companion = await service.open(await open(), host);
    assert.equal((await send(companion, page)).status, 201);
    const key = newKey();
    assert.equal(await codeOf(await send(companion, page, { key })), '409 slot-taken');
    assert.equal(await codeOf(await send(companion, page, { key })), '409 slot-taken');
    assert.equal(service.requests(host), 2);
    const body = aBooking(page, { start: '2026-03-17T13:00:00Z' });
    for (const [name, code] of [
      ['plan', '409 booking-refused'],
      ['field', '409 booking-refused'],
      ['rate-limited', '503 not-booked'],
      ['edge', '504 booking-unknown'],
      ['html', '504 booking-unknown'],
    ] as const) {
      await service.turn(host, { 'booking-error': name });
      assert.equal(await codeOf(await send(companion, page, { body })), code, name);
    }
    await service.turn(host, { 'booking-error': null });
    const query = new URLSearchParams({ src: page, start: NOW, end: '2026-03-19T00:00:00Z' });
    const slots = await companion.fetch(new Request(`http://companion.test/v1/availability?${query}`));
    assert.equal(slots.status, 200, 'refused bookings stop no slots');
    assert.equal((await send(companion, page, { body, address: '192.0.2.9' })).status, 201);
  });
});
