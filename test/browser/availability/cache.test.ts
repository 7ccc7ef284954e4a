import { expect } from '@open-wc/testing';
import { clear, entries, set } from 'idb-keyval';
import { availabilityCache } from '../../../src/widget/availability/availability-cache.js';
import type { KnownSlots } from '../../../src/widget/availability/known-slots.js';
import { browserTimer as real, HOUR, slotStore as store } from '../../helpers/availability.js';

describe('availability cache', () => {
  const known = (count: number, at = Date.now()): KnownSlots => ({
    from: at,
    to: at + 31 * 24 * HOUR,
    at,
    until: at + 60_000,
    slots: Array.from({ length: count }, (_, n) => ({ start: new Date(at + n * HOUR).toISOString() })),
  });
  const keep = (cache = availabilityCache(real), key: string, answer: KnownSlots) =>
    cache.change(key, () => [answer]);

  beforeEach(() => clear(store()));

  it('the availability cache returns what was stored', async () => {
    const cache = availabilityCache(real);
    const answer = known(500);
    await cache.change('a', (kept) => [...kept, answer]);
    expect(await cache.read('a')).to.deep.equal([answer]);
    expect(await availabilityCache(real).read('a')).to.deep.equal([answer]);
    expect(await cache.read('b')).to.deep.equal([]);
  });

  it('the availability cache keeps 20 event types and drops the oldest first', async () => {
    const cache = availabilityCache(real);
    for (let count = 0; count < 20; count++) await keep(cache, `event ${count}`, known(1));
    await keep(cache, 'event 0', known(2));
    await keep(cache, 'event 20', known(1));
    expect(await cache.read('event 0')).to.have.lengthOf(1);
    expect(await cache.read('event 1')).to.have.lengthOf(0);
    expect(await cache.read('event 2')).to.have.lengthOf(1);
    expect(await entries(store())).to.have.lengthOf(21); // and the index
  });

  it('the availability cache keeps at most 100 kB of an event type and the nearest slots first', async () => {
    const cache = availabilityCache(real);
    const near = known(500);
    const far = { ...known(3000, near.to), at: near.at };
    await cache.change('a', () => [near, far]);
    expect(await cache.read('a')).to.deep.equal([near]);
    await cache.change('b', () => [{ ...known(5000) }]);
    expect(await cache.read('b')).to.deep.equal([]);
    for (const [, value] of await entries(store())) expect(String(value).length).to.be.below(100_001);
  });

  for (const [what, value] of [
    ['no JSON', '[{'],
    ['another shape', '{"slots":[]}'],
    ['half an answer', '[{"from":1,"to":2,"at":3,"until":4}]'],
    ['no text', { v: 0, slots: [] }],
    ['nothing', undefined],
  ] as const)
    it(`the availability cache treats ${what} as empty and overwrites it`, async () => {
      await set('1 a', value, store());
      await set('1 index', ['a'], store());
      const cache = availabilityCache(real);
      expect(await cache.read('a')).to.deep.equal([]);
      await keep(cache, 'a', known(3));
      expect(await cache.read('a')).to.have.lengthOf(1);
    });

  it('the availability cache removes entries of older versions and entries without an index', async () => {
    await set('0 a', 'old', store());
    await set('a', 'older', store());
    await set('1 lost', '[]', store());
    await set('1 index', { not: 'a list' }, store());
    await keep(undefined, 'b', known(1));
    expect((await entries(store())).map(([key]) => key)).to.have.members(['1 b', '1 index']);
  });

  it('the availability cache makes room for a new entry when the disk is full', async () => {
    const cache = availabilityCache(real);
    await keep(cache, 'a', known(1));
    await keep(cache, 'b', known(1));
    const { put } = IDBObjectStore.prototype;
    let full = true;
    IDBObjectStore.prototype.put = function (...all) {
      if (full) {
        full = false;
        throw new DOMException('Full', 'QuotaExceededError');
      }
      return put.apply(this, all);
    };
    await keep(cache, 'c', known(1));
    IDBObjectStore.prototype.put = put;
    expect((await entries(store())).map(([key]) => key)).to.have.members(['1 c', '1 index']);
  });

  it('the availability cache loses no change when two tabs change an entry at the same time', async () => {
    const [here, there] = [availabilityCache(real), availabilityCache(real)];
    await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        (n % 2 ? here : there).change('a', (kept) => [...kept, { ...known(1), from: n, to: n + 1 }]),
      ),
    );
    expect(await here.read('a')).to.have.lengthOf(10);
  });
});
