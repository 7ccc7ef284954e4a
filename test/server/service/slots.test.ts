import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Catalogue } from '../../../demo/service/catalogue.js';
import type { EventType } from '../../../demo/service/event-type.js';
import { dayAt, isoInZone } from '../../../demo/service/page/zone-time.js';
import { freeSlots, nextFreeSlot, type Span } from '../../../demo/service/slots.js';

const catalogue = new Catalogue();
const at = (text: string): number => Date.parse(text);

const event = (key: string): EventType => {
  const found = catalogue.byKey(key);
  assert.ok(found, key);
  return found;
};

interface Asked {
  readonly from: string;
  readonly to: string;
  readonly now?: string;
  readonly taken?: readonly Span[];
  readonly duration?: number;
}

const slots = (
  key: string,
  { from, to, now = '2026-01-05T00:00:00Z', taken = [], duration }: Asked,
): number[] =>
  freeSlots({
    event: event(key),
    from: at(from),
    to: at(to),
    duration: duration ?? event(key).durations[0],
    now: at(now),
    taken,
  });

/** Hours on the host's wall at which slots begin, over a long stretch. */
const wallHours = (key: string, zone: string, from: string, to: string): Set<string> =>
  new Set(slots(key, { from, to }).map((start) => isoInZone(start, zone).slice(11, 16)));

describe('slots', () => {
  it('has an hour less on the day the clocks go forward and one more when they go back', () => {
    const day = (from: string, to: string): number[] => slots('acme/always', { from, to });
    assert.equal(day('2026-03-28T23:00:00Z', '2026-03-29T21:59:59Z').length, 23);
    assert.equal(day('2026-10-24T22:00:00Z', '2026-10-25T22:59:59Z').length, 25);
    assert.equal(day('2026-06-09T22:00:00Z', '2026-06-10T21:59:59Z').length, 24);
  });

  it('offers neither the skipped hour nor one of the doubled hours twice', () => {
    const spring = slots('acme/always', { from: '2026-03-28T23:00:00Z', to: '2026-03-29T21:59:59Z' });
    assert.ok(!spring.some((start) => isoInZone(start, 'Europe/Berlin').startsWith('2026-03-29T02:')));
    const autumn = slots('acme/always', { from: '2026-10-24T22:00:00Z', to: '2026-10-25T22:59:59Z' });
    const doubled = autumn
      .map((start) => isoInZone(start, 'Europe/Berlin'))
      .filter((text) => text.includes('T02:'));
    assert.deepEqual(doubled, ['2026-10-25T02:00:00.000+02:00', '2026-10-25T02:00:00.000+01:00']);
    assert.equal(new Set(autumn).size, autumn.length);
  });

  it('keeps office hours on the host’s wall before and after the clocks change', () => {
    for (const [key, zone] of [
      ['acme/30min', 'Europe/Berlin'],
      ['howe/30min', 'Australia/Lord_Howe'],
      ['mere/30min', 'Pacific/Chatham'],
    ] as const) {
      const year = wallHours(key, zone, '2026-01-10T00:00:00Z', '2026-12-20T00:00:00Z');
      assert.ok(
        [...year].every((time) => time >= '09:00' && time <= '16:30'),
        `${key}: ${[...year].join()}`,
      );
      assert.ok(year.has('09:00') && year.has('16:30') && !year.has('12:00') && !year.has('12:30'), key);
    }
  });

  it('offers nothing on Sundays, and not the same on every day', () => {
    const found = slots('acme/30min', { from: '2026-06-01T00:00:00Z', to: '2026-06-30T00:00:00Z' });
    const counts = found.reduce<Record<string, number>>((sum, start) => {
      const day = dayAt(start, 'Europe/Berlin');
      return { ...sum, [day]: (sum[day] ?? 0) + 1 };
    }, {});
    const weekdays = Object.keys(counts).map((day) => new Date(`${day}T00:00:00Z`).getUTCDay());
    assert.ok(!weekdays.includes(0));
    assert.ok(new Set(Object.values(counts)).size > 3, JSON.stringify(counts));
  });

  it('is the same whenever and however it is asked', () => {
    const month = slots('acme/30min', { from: '2026-06-01T00:00:00Z', to: '2026-06-30T23:59:59Z' });
    const parts = Array.from({ length: 30 }, (_, index) => {
      const day = `2026-06-${String(index + 1).padStart(2, '0')}`;
      return slots('acme/30min', {
        from: `${day}T00:00:00Z`,
        to: `${day}T23:59:59Z`,
        now: '2026-02-01T00:00:00Z',
      });
    }).flat();
    assert.deepEqual(parts, month);
    assert.deepEqual(
      month,
      [...month].sort((a, b) => a - b),
    );
  });

  it('offers nothing before the notice is over, and nothing in the past', () => {
    const now = '2026-06-10T08:15:00Z';
    const [first] = slots('acme/always', { from: '2026-06-01T00:00:00Z', to: '2026-06-12T00:00:00Z', now });
    assert.equal(first, at('2026-06-10T09:00:00Z'));
    const soon = slots('acme/15min', { from: '2026-06-01T00:00:00Z', to: '2026-06-12T00:00:00Z', now });
    assert.ok(soon.every((start) => start >= at('2026-06-10T09:15:00Z')));
    assert.equal(slots('acme/far', { from: now, to: '2026-10-01T00:00:00Z', now }).length, 0);
    assert.ok(slots('acme/far', { from: now, to: '2027-02-01T00:00:00Z', now }).length > 0);
  });

  it('leaves out whatever overlaps with what is taken, and nothing else', () => {
    const range = { from: '2026-06-10T00:00:00Z', to: '2026-06-10T23:59:59Z' };
    const all = slots('acme/always', range);
    const taken = [{ from: at('2026-06-10T09:30:00Z'), to: at('2026-06-10T11:00:00Z') }];
    const left = slots('acme/always', { ...range, taken });
    assert.deepEqual(
      all
        .filter((start) => !left.includes(start))
        .map((start) => new Date(start).toISOString().slice(11, 16)),
      ['09:00', '10:00'],
    );
  });

  it('lays slots of the length that is asked for', () => {
    const range = { from: '2026-06-10T00:00:00Z', to: '2026-06-11T00:00:00Z' };
    const quarter = slots('acme/multi', { ...range, duration: 15 });
    const hour = slots('acme/multi', { ...range, duration: 60 });
    assert.ok(quarter.length > hour.length);
    assert.ok(hour.every((start) => start % 3_600_000 === 0));
  });

  it('offers a group only the times at which everybody is free', () => {
    const owners = ['acme', 'bella'].flatMap((slug) => catalogue.host(slug) ?? []);
    const group = catalogue.group(owners, 30);
    assert.ok(group);
    const range = { from: at('2026-06-01T00:00:00Z'), to: at('2026-06-30T00:00:00Z') };
    const common = freeSlots({
      event: group,
      ...range,
      duration: 30,
      now: at('2026-01-05T00:00:00Z'),
      taken: [],
    });
    const acme = slots('acme/30min', { from: '2026-06-01T00:00:00Z', to: '2026-06-30T00:00:00Z' });
    const bella = slots('bella/30min', { from: '2026-06-01T00:00:00Z', to: '2026-06-30T00:00:00Z' });
    assert.ok(common.length > 0);
    assert.deepEqual(
      common,
      acme.filter((start) => bella.includes(start)),
    );
  });

  it('finds the next free time however far away, or says that there is none', () => {
    const now = at('2026-06-10T08:15:00Z');
    const next = (key: string): number | null =>
      nextFreeSlot({ event: event(key), from: now, duration: event(key).durations[0], now, taken: [] });
    assert.equal(next('acme/empty'), null);
    const far = next('acme/far');
    assert.ok(far !== null && far - now >= 150 * 86_400_000);
  });

  it('lets hosts that exist only for a test have a diary of their own like Acme’s', () => {
    const range = { from: '2026-06-01T00:00:00Z', to: '2026-06-08T00:00:00Z' };
    assert.deepEqual(slots('test-one/30min', range), slots('acme/30min', range));
    assert.notEqual(event('test-one/30min').id, event('test-two/30min').id);
    assert.equal(catalogue.byKey('nobody/30min'), null);
    assert.equal(catalogue.byKey('acme/nothing'), null);
  });
});
