import assert from 'node:assert/strict';
import { it } from 'node:test';
import { DAY_MS } from '../../src/scheduling/durations.js';
import { removeOldAvailability } from '../../src/server/availability/remove-old.js';
import { dayNumber, type AvailabilityTables } from '../../src/server/availability/schema.js';
import { onEachEngine } from './places.js';

const NOW = Date.parse('2026-03-02T08:00:00Z');

onEachEngine('what is known of slots', (open) => {
  it('is removed, however much it is, when its day is over or its event type was not requested for long', async () => {
    const place = await open();
    await place.companion();
    const store = await place.store({ now: () => NOW });
    const db = store.tables<AvailabilityTables>();
    const ages = [
      { name: 'new', age: 0, proven: 0, isKept: true },
      { name: 'made-up', age: 2, proven: 0, isKept: false },
      { name: 'used', age: 20, proven: 1, isKept: true },
      { name: 'unused', age: 31, proven: 1, isKept: false },
    ];
    // More than are read or removed at once.
    const events = Array.from({ length: 600 }, (_, i) => {
      const kind = ages[i % ages.length] as (typeof ages)[number];
      return { ...kind, event: `${kind.name}-${i}` };
    });
    for (const { event, age, proven } of events) {
      await db
        .insertInto('availability_event')
        .values({
          event,
          account: 'a',
          provider: 'cal',
          type_id: '',
          slug: '30min',
          proven,
          missing_until: 0,
          failures: 0,
          failure: '',
          retry_at: 0,
          asked_at: NOW - age * DAY_MS,
          query: '',
          hosting: '',
          team: '',
        })
        .execute();
      await db.insertInto('availability_host').values({ provider: 'cal', host: 'h', event }).execute();
      const day = { event, slots: '[]', fetched_at: 0, fresh_until: 0, forgotten_at: 0, taken: '' };
      for (const ago of [0, 2, 3])
        await db
          .insertInto('availability_day')
          .values({ ...day, day: dayNumber(NOW) - ago })
          .execute();
    }
    await removeOldAvailability(store);
    const kept = events.filter(({ isKept }) => isKept).map(({ event }) => event);
    const names = async (table: 'availability_event' | 'availability_host'): Promise<string[]> =>
      (await db.selectFrom(table).select('event').execute()).map(({ event }) => event).sort();
    assert.deepEqual(await names('availability_event'), kept.toSorted());
    assert.deepEqual(await names('availability_host'), kept.toSorted());
    const days = await db.selectFrom('availability_day').select('day').execute();
    assert.equal(days.length, 2 * events.length);
    assert.ok(days.every(({ day }) => day >= dayNumber(NOW) - 2));
  });
});
