import { expect } from '@open-wc/testing';
import { jsonText } from '../../../src/widget/platform/json-text.js';
import { safeStorage } from '../../../src/widget/platform/safe-storage.js';
import { withTimeout } from '../../../src/widget/platform/timer.js';

/** Gives arrays and objects what old versions of Prototype.js give them. */
function withPrototypeJs(work: () => void): void {
  const prototypes = [Array.prototype, Object.prototype] as object[];
  for (const prototype of prototypes)
    Object.defineProperty(prototype, 'toJSON', {
      value: () => 'broken',
      configurable: true,
      enumerable: false,
    });
  try {
    work();
  } finally {
    for (const prototype of prototypes) Reflect.deleteProperty(prototype, 'toJSON');
  }
}

describe('plain data as JSON text', () => {
  const data = { a: [1, 'two "quoted"\u2028', null, true, [], {}], b: { c: [{ d: 0.5 }] }, none: undefined };

  it('is what JSON.stringify writes', () => {
    expect(jsonText(data)).to.equal(JSON.stringify(data));
  });

  it('is the same on a page that gives every array and object a method toJSON', () => {
    const expected = JSON.stringify(data);
    withPrototypeJs(() => {
      if (JSON.stringify([]) !== '"broken"') throw new Error('the page is not broken enough');
      const text = jsonText(data);
      if (text !== expected) throw new Error(text);
    });
  });
});

describe('guarded storage', () => {
  it('reads back what it has stored', () => {
    const kept = new Map<string, string>();
    const storage = safeStorage(() => ({
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, text) => void kept.set(key, text),
      removeItem: (key) => void kept.delete(key),
    }));
    expect(storage.set('a', 'text')).to.equal(true);
    expect(storage.get('a')).to.equal('text');
    storage.remove('a');
    expect(storage.get('a')).to.equal(null);
  });

  it('is empty storage where the browser blocks the whole area', () => {
    const storage = safeStorage(() => {
      throw new DOMException('blocked', 'SecurityError');
    });
    expect(storage.get('a')).to.equal(null);
    expect(storage.set('a', 'text')).to.equal(false);
    storage.remove('a');
  });

  it('says that nothing was stored when the disk is full', () => {
    const storage = safeStorage(() => ({
      getItem: () => 'old',
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
      removeItem: () => undefined,
    }));
    expect(storage.set('a', 'text')).to.equal(false);
    expect(storage.get('a')).to.equal('old');
  });
});

describe('a time limit', () => {
  it('rejects work that takes too long, and leaves no timer behind for work that does not', async () => {
    const timers = new Set<() => void>();
    const start = (_: number, callback: () => void) => {
      timers.add(callback);
      return () => void timers.delete(callback);
    };
    expect(await withTimeout(Promise.resolve('done'), 5, start)).to.equal('done');
    expect(timers.size).to.equal(0);
    const late = withTimeout(new Promise(() => undefined), 5, start);
    for (const call of timers) call();
    expect(await late.catch(String)).to.equal('Error: timed out after 5 ms');
  });
});
