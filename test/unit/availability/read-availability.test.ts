import { expect } from '@open-wc/testing';
import { availabilitySchema } from '../../../src/protocol/availability-schema.js';
import { readAvailability, readKnownSlots } from '../../../src/widget/availability/read-availability.js';
import { answer, NOW } from './known-answer.js';
import { DAY, MINUTE } from './times.js';

describe('responses are read', () => {
  const good = {
    v: 1,
    from: '2026-11-21T00:00:00Z',
    to: '2026-12-22T00:00:00Z',
    fetchedAt: NOW,
    slots: [
      { start: '2026-11-21T10:00:00+01:00', end: '2026-11-21T10:30:00+01:00', url: 'https://a.example/' },
    ],
  };
  const start = '2026-11-21T10:00:00Z';
  const junk: readonly unknown[] = [
    good,
    { ...good, more: 1 },
    { ...good, slots: [] },
    { ...good, slots: [{ start, more: [] }] },
    { ...good, fetchedAt: 0 },
    null,
    undefined,
    0,
    '',
    'text',
    [],
    [good],
    {},
    { ...good, v: 2 },
    { ...good, v: '1' },
    { ...good, from: undefined },
    { ...good, from: 'soon' },
    { ...good, from: `2026-11-21T00:00:00Z${' '.repeat(40)}` },
    { ...good, to: NOW },
    { ...good, to: null },
    { ...good, fetchedAt: -1 },
    { ...good, fetchedAt: NaN },
    { ...good, fetchedAt: Infinity },
    { ...good, fetchedAt: `${NOW}` },
    { ...good, fetchedAt: null },
    { ...good, slots: null },
    { ...good, slots: {} },
    { ...good, slots: { length: 0 } },
    { ...good, slots: ['2026-11-21T10:00:00Z'] },
    { ...good, slots: [null] },
    { ...good, slots: [[]] },
    { ...good, slots: [{}] },
    { ...good, slots: [{ start: 'never' }] },
    { ...good, slots: [{ start, end: 'never' }] },
    { ...good, slots: [{ start, end: null }] },
    { ...good, slots: [{ start, url: 7 }] },
    { ...good, slots: [{ start, url: 'x'.repeat(2048) }] },
    { ...good, slots: [{ start, url: 'x'.repeat(2049) }] },
    { ...good, slots: [{ start }, { start: 3 }] },
  ];

  it('from a companion exactly as the schema reads them', () => {
    for (const body of junk) {
      const { success, data } = availabilitySchema.safeParse(body);
      expect(readAvailability(body), JSON.stringify(body)).to.deep.equal(success ? data : null);
    }
    expect(readAvailability(good)).to.deep.equal(good);
  });

  it('from the cache as they were written, and nothing else', () => {
    const known = [answer([0, 3], { hours: [1, 2] }), answer([4, 5])];
    expect(readKnownSlots(JSON.parse(JSON.stringify(known)))).to.deep.equal(known);
    for (const body of [
      ...junk,
      [{ ...known[0], from: 'x' }],
      [{ ...known[0], to: null }],
      [{ ...known[0], slots: 1 }],
    ])
      if (!Array.isArray(body) || body.length)
        expect(readKnownSlots(body), JSON.stringify(body)).to.equal(null);
  });

  it('from the cache with a limit on their freshness', () => {
    const [read] = readKnownSlots([{ ...answer([0, 3]), until: NOW + 400 * DAY }]) ?? [];
    expect(read?.until).to.equal(NOW + 10 * MINUTE);
  });
});
