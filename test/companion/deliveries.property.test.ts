import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Booking, Observation } from '../../src/server/bookings/booking.js';
import { findBooking, findUnsettled, record } from '../../src/server/bookings/bookings.js';
import { isUnsettled, merge, statusOf } from '../../src/server/bookings/merge.js';
import { bookingMigrations } from '../../src/server/bookings/schema.js';
import { migrate } from '../../src/server/store/migrate.js';
import { BEGIN, happen, type Step, type World, type WorldBooking } from './booking-world.js';
import { onEachEngine } from './places.js';

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ is: fc.constant('book' as const), seated: fc.boolean(), pending: fc.boolean() }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      is: fc.constantFrom('confirm', 'cancel', 'move', 'join', 'leave', 'shift'),
      which: fc.nat(5),
    }),
  },
);
const steps = fc.array(step, { minLength: 1, maxLength: 14 });
const provider = fc.constantFrom('cal' as const, 'calendly' as const);

/** An order in which deliveries arrive, some of them several times: numbers that are taken modulo what is left. */
const order = fc.array(fc.record({ pick: fc.nat(1000), again: fc.boolean() }), {
  minLength: 40,
  maxLength: 40,
});

function arrivals<One>(
  sent: readonly One[],
  how: readonly { readonly pick: number; readonly again: boolean }[],
): One[] {
  const left = [...sent];
  const all: One[] = [];
  for (let i = 0; left.length > 0; i++) {
    const { pick, again } = how[i % how.length] ?? { pick: 0, again: false };
    const index = pick % left.length;
    const one = left[index];
    if (one === undefined) break;
    all.push(one);
    if (!again || i > 200) left.splice(index, 1);
  }
  return all;
}

const rowsOf = (bookings: Iterable<Booking>): Map<string, readonly unknown[]> =>
  new Map(
    [...bookings].map((one) => {
      const { state, start } = statusOf(one);
      return [one.id, [state, start, one.movedTo]];
    }),
  );

const expected = (world: World, withMoves = true): Map<string, readonly unknown[]> =>
  new Map(
    world.bookings.map(({ id, state, start, movedTo }: WorldBooking) => [
      id,
      [state, start, withMoves ? movedTo : ''],
    ]),
  );

/** What rows come of observations, without a store. */
function fold(
  observations: readonly Observation[],
  known = new Map<string, Booking>(),
): Map<string, Booking> {
  for (const one of observations) known.set(one.id, merge(known.get(one.id) ?? null, one));
  return known;
}

/** What the API is asked for afterwards. */
const settle = (rows: Map<string, Booking>, world: World): Map<string, Booking> =>
  fold(
    [...rows.values()].filter(isUnsettled).map(({ id }) => world.listed(id)),
    rows,
  );

const sorted = (rows: Map<string, readonly unknown[]>): unknown =>
  [...rows].sort(([a], [b]) => (a < b ? -1 : 1));

describe('over generated deliveries', () => {
  it('webhooks end in the rows of the model, in whatever order they come and however often', () => {
    fc.assert(
      fc.property(provider, steps, order, (of, happened, how) => {
        const world = happen(of, happened);
        const rows = settle(fold(arrivals(world.delivered, how).flat()), world);
        assert.deepEqual(sorted(rowsOf(rows.values())), sorted(expected(world)));
      }),
      { numRuns: 500 },
    );
  });

  it('a synchronisation ends in the same rows, before, between or after the deliveries', () => {
    fc.assert(
      fc.property(provider, steps, order, fc.nat(40), fc.boolean(), (of, happened, how, when, isAlone) => {
        const world = happen(of, happened);
        const list = world.bookings.map(({ id }) => world.listed(id));
        const webhooks = isAlone ? [] : arrivals(world.delivered, how);
        const [first, second] = [webhooks.slice(0, when), webhooks.slice(when)];
        const rows = settle(fold([...first.flat(), ...list, ...second.flat()]), world);
        const isMovedKnown = !isAlone || of === 'cal';
        assert.deepEqual(sorted(rowsOf(rows.values())), sorted(expected(world, isMovedKnown)));
      }),
      { numRuns: 500 },
    );
  });

  it('what is in doubt is never claimed: a seat that leaves cancels no booking before the API says so', () => {
    fc.assert(
      fc.property(provider, steps, order, (of, happened, how) => {
        const world = happen(of, happened);
        const rows = fold(arrivals(world.delivered, how).flat());
        for (const { id, state, seated } of world.bookings) {
          const row = rows.get(id);
          if (seated && state !== 'cancelled' && row) assert.notEqual(statusOf(row).state, 'cancelled');
        }
      }),
      { numRuns: 300 },
    );
  });
});

onEachEngine('over generated deliveries, in a store', (open) => {
  it('webhooks and synchronisation end in the same rows as the model', async () => {
    const store = await (await open()).store({ now: () => BEGIN });
    await migrate(store, bookingMigrations);
    let run = 0;
    await fc.assert(
      fc.asyncProperty(provider, steps, order, fc.nat(40), async (of, happened, how, when) => {
        const world = happen(of, happened, `run-${run++}-`);
        const webhooks = arrivals(world.delivered, how);
        const list = world.bookings.map(({ id }) => world.listed(id));
        for (const batch of [webhooks.slice(0, when).flat(), list, webhooks.slice(when).flat()])
          await record(store, batch);
        const unsettled = await findUnsettled(store, 1000);
        await record(
          store,
          unsettled.map(({ id }) => world.listed(id)),
        );
        const rows = await Promise.all(world.bookings.map(({ id }) => findBooking(store, of, id)));
        assert.deepEqual(sorted(rowsOf(rows.flatMap((row) => row ?? []))), sorted(expected(world)));
      }),
      { numRuns: 40 },
    );
  });
});
