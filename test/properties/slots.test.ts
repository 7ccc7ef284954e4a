import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { freshness, LONGEST_AGE, maxAge } from '../../src/scheduling/freshness.js';
import {
  cut,
  iso,
  learn,
  missing,
  recall,
  type KnownSlots,
  type Span,
} from '../../src/widget/availability/known-slots.js';
import { readAvailability, readKnownSlots } from '../../src/widget/availability/read-availability.js';
import { budgetFreeAt, BUDGET } from '../../src/widget/availability/request-budget.js';
import { jsonText } from '../../src/widget/platform/json-text.js';
import { runs } from './runs.js';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-23T08:00:00Z');

/** Small whole hours around now, so that spans meet, overlap and enclose one another often. */
const hours = (min: number, max: number) => fc.integer({ min, max }).map((hour) => NOW + hour * HOUR);

const spans: fc.Arbitrary<Span> = fc
  .tuple(hours(-10, 60), fc.integer({ min: 1, max: 40 }))
  .map(([from, length]) => ({ from, to: from + length * HOUR }));

const ranges: fc.Arbitrary<KnownSlots> = fc
  .record({
    span: spans,
    age: fc.integer({ min: -HOUR, max: 30 * HOUR }),
    every: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ span, age, every }) => {
    const slots: { start: string }[] = [];
    for (let at = span.from; at < span.to; at += every * HOUR) slots.push({ start: iso(at) });
    const at = NOW - age;
    return { ...span, at, until: at + maxAge(slots.length, span.from, at), slots };
  });

const known = fc.array(ranges, { maxLength: 6 }).map((list) => learn([], list, NOW));

const covers = (list: readonly Span[], at: number): boolean =>
  list.some(({ from, to }) => from <= at && at < to);

/** One instant in each hour that any span can touch. */
const instants = Array.from({ length: 120 }, (_, hour) => NOW + (hour - 15) * HOUR + 1);

describe('what is known of an event type', () => {
  it('never overlaps, stays in order, and holds no slot outside its range', () => {
    fc.assert(
      fc.property(known, fc.array(ranges, { maxLength: 6 }), (before, more) => {
        const after = learn(before, more, NOW);
        after.forEach((range, index) => {
          const next = after[index + 1];
          assert.ok(range.from < range.to && (!next || range.to <= next.from));
          for (const { start } of range.slots)
            assert.ok(Date.parse(start) >= range.from && Date.parse(start) < range.to);
        });
        assert.deepEqual(learn(after, [], NOW), after);
      }),
      runs(),
    );
  });

  it('is forgotten in a span, and only there', () => {
    fc.assert(
      fc.property(known, spans, (before, span) => {
        const after = cut(before, span);
        for (const at of instants) assert.equal(covers(after, at), covers(before, at) && !covers([span], at));
        assert.deepEqual(cut(after, span), after);
      }),
      runs(),
    );
  });

  it('leaves nothing stale once what is missing has been fetched', () => {
    fc.assert(
      fc.property(known, spans, (before, wanted) => {
        const gap = missing(before, wanted, NOW);
        if (!gap) {
          for (const at of instants)
            if (at >= NOW && covers([wanted], at))
              assert.ok(
                covers(
                  before.filter((range) => freshness(range, NOW) === 'fresh'),
                  at,
                ),
              );
          return;
        }
        assert.ok(gap.from >= wanted.from && gap.to <= wanted.to && gap.from < gap.to);
        const fetched = { ...gap, at: NOW, until: NOW + HOUR, slots: [] };
        assert.equal(missing(learn(before, [fetched], NOW), wanted, NOW), null);
      }),
      runs(),
    );
  });

  it('is shown without slots that have begun, expired ranges and slots beyond a gap', () => {
    fc.assert(
      fc.property(known, spans, (list, wanted) => {
        const shown = recall(list, wanted, NOW);
        if (!shown) return;
        const usable = list.filter((range) => freshness(range, NOW) !== 'expired');
        assert.ok(shown.fetchedAt <= NOW && Date.parse(shown.to) <= wanted.to);
        for (const { start } of shown.slots) {
          const at = Date.parse(start);
          assert.ok(at > NOW && at >= wanted.from && at < Date.parse(shown.to) && covers(usable, at));
        }
        for (const at of instants)
          if (at >= Math.max(NOW, wanted.from) && at < Date.parse(shown.to)) assert.ok(covers(usable, at));
      }),
      runs(),
    );
  });
});

describe('freshness', () => {
  it('goes from fresh to stale to expired and never back, and never lasts longer than its limit', () => {
    fc.assert(
      fc.property(
        fc.nat(600),
        fc.integer({ min: -30, max: 400 }),
        fc.array(fc.nat(48 * HOUR)),
        (count, ahead, later) => {
          const age = maxAge(count, NOW + ahead * HOUR, NOW);
          assert.ok(age > 0 && age <= LONGEST_AGE);
          const stretch = { from: NOW, to: NOW + HOUR, at: NOW, until: NOW + age };
          const states = [0, ...later].sort((a, b) => a - b).map((ms) => freshness(stretch, NOW + ms));
          const order = ['fresh', 'stale', 'expired'];
          assert.deepEqual(
            states,
            [...states].sort((a, b) => order.indexOf(a) - order.indexOf(b)),
          );
          assert.equal(states[0], 'fresh');
        },
      ),
      runs(),
    );
  });
});

describe('what another tab, the cache or a companion says', () => {
  it('is read without throwing, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        readAvailability(value);
        readKnownSlots(value);
      }),
      runs(),
    );
  });

  it('comes back from storage as it was written', () => {
    fc.assert(
      fc.property(known, (list) => {
        assert.deepEqual(readKnownSlots(JSON.parse(jsonText(list))), list);
      }),
      runs(500),
    );
  });

  it('is written as JSON.stringify writes it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.equal(jsonText(value), JSON.stringify(value));
      }),
      runs(),
    );
  });
});

describe('the request budget', () => {
  it('never lets more requests go in any minute than it allows', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5000), { minLength: 30, maxLength: 80 }), (pauses) => {
        const sent: number[] = [];
        let now = NOW;
        for (const pause of pauses) {
          now = Math.max(now + pause, budgetFreeAt(sent));
          sent.push(now);
        }
        for (const at of sent)
          assert.ok(sent.filter((one) => one > at - 60_000 && one <= at).length <= BUDGET);
      }),
      runs(),
    );
  });
});
