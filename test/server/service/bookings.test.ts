import assert from 'node:assert/strict';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { BookingRequest } from '../../../demo/service/booking.js';
import { BookingStore } from '../../../demo/service/bookings.js';
import { Catalogue } from '../../../demo/service/catalogue.js';
import { temporaryFolder } from './running-service.js';

const NOON = Date.parse('2026-06-10T12:00:00Z');
const HOUR = 3_600_000;

const request = (start = NOON, key = 'acme/60min'): BookingRequest => {
  const event = new Catalogue().byKey(key);
  assert.ok(event);
  const attendee = { name: 'Ada', email: 'ada@example.com', timeZone: 'Europe/Berlin' };
  return { event, start, duration: event.durations[0], attendee, notes: 'Hello' };
};

const made = async (store: BookingStore, wanted = request()) => {
  const booking = await store.create(wanted);
  assert.ok(booking);
  return booking;
};

describe('bookings', () => {
  it('give one of many who want the same time that time', async () => {
    const store = await BookingStore.open({ dir: await temporaryFolder() });
    const answers = await Promise.all(Array.from({ length: 20 }, () => store.create(request())));
    assert.equal(answers.filter(Boolean).length, 1);
    assert.equal(store.list().length, 1);
  });

  it('refuse whatever overlaps, in any event type of the same host, and nothing else', async () => {
    const store = await BookingStore.open({ dir: await temporaryFolder() });
    await made(store);
    assert.equal(await store.create(request(NOON + HOUR / 2, 'acme/15min')), null);
    assert.equal(await store.create(request(NOON - HOUR / 4, 'acme/30min')), null);
    assert.ok(await store.create(request(NOON + HOUR, 'acme/15min')));
    assert.ok(await store.create(request(NOON, 'nora/60min')));
  });

  it('are on disk when they are acknowledged, and there again after a restart', async () => {
    const dir = await temporaryFolder();
    const first = await BookingStore.open({ dir });
    const bookings = await Promise.all([
      made(first),
      made(first, request(NOON + HOUR)),
      made(first, request(NOON + 2 * HOUR)),
    ]);
    const second = await BookingStore.open({ dir });
    assert.deepEqual(second.list(), bookings);
    assert.equal(await second.create(request()), null);
    const next = await made(second, request(NOON + 3 * HOUR));
    assert.ok(next.id > Math.max(...bookings.map(({ id }) => id)));
    assert.deepEqual(await readdir(dir), ['bookings.json'], 'no half-written file is left');
  });

  it('free their time when they are cancelled', async () => {
    const dir = await temporaryFolder();
    const store = await BookingStore.open({ dir });
    const cancelled = await store.cancel(await made(store), 'ill');
    assert.equal(cancelled.status, 'CANCELLED');
    assert.equal(cancelled.cancellationReason, 'ill');
    assert.ok(await store.create(request()));
    assert.equal((await BookingStore.open({ dir })).get(cancelled.uid)?.status, 'CANCELLED');
  });

  it('are moved under a new uid, and may overlap with where they were', async () => {
    const store = await BookingStore.open({ dir: await temporaryFolder() });
    const old = await made(store);
    const moved = await store.move(old, request(NOON + HOUR / 2));
    assert.ok(moved);
    assert.notEqual(moved.uid, old.uid);
    assert.equal(moved.rescheduledFromUid, old.uid);
    assert.equal(store.get(old.uid)?.status, 'CANCELLED');
    assert.equal(store.get(old.uid)?.rescheduledToUid, moved.uid);
  });

  it('stay where they are when the other time is taken', async () => {
    const store = await BookingStore.open({ dir: await temporaryFolder() });
    const old = await made(store);
    await made(store, request(NOON + HOUR));
    assert.equal(await store.move(old, request(NOON + HOUR)), null);
    assert.equal(store.get(old.uid)?.status, 'ACCEPTED');
  });

  it('begin again beside a file that cannot be read, and keep it', async () => {
    for (const junk of ['{"v":1,"bookings":[', '[]', 'null', '{"v":2,"bookings":[]}']) {
      const dir = await temporaryFolder();
      await writeFile(join(dir, 'bookings.json'), junk);
      const said: string[] = [];
      const store = await BookingStore.open({ dir, log: (line) => said.push(line) });
      assert.equal(store.list().length, 0);
      assert.equal(said.length, 1);
      assert.equal(await readFile(join(dir, 'bookings.json.broken'), 'utf8'), junk);
    }
  });
});
