import { expect } from '@open-wc/testing';
import { wallClock } from '../../../src/scheduling/local-days.js';
import { quickOwnZone } from '../../../src/scheduling/temporal.js';
import { timeZone } from '../../../src/widget/time-zone.js';

const real = Object.getOwnPropertyDescriptor(globalThis, 'Temporal');
const INSTANTS = [
  '2026-01-15T11:30:15.250Z',
  '2026-07-15T23:59:59Z',
  '2026-10-25T00:30:00Z',
  '1999-12-31T12:00:00Z',
];

const setTemporal = (value: unknown): void => {
  Object.defineProperty(globalThis, 'Temporal', { configurable: true, value });
};

describe('time zones by Temporal', () => {
  afterEach(() => {
    if (real) Object.defineProperty(globalThis, 'Temporal', real);
    else Reflect.deleteProperty(globalThis, 'Temporal');
  });

  const clocks = (zones: readonly string[]): number[] =>
    zones.flatMap((zone) => INSTANTS.map((instant) => wallClock(Date.parse(instant), zone)));

  it('show the same clocks as Intl, in every zone', () => {
    const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];
    const shown = clocks(zones);
    setTemporal(undefined);
    expect(shown).to.deep.equal(clocks(zones));
  });

  it('are left to Intl where a page’s polyfill is broken', () => {
    const expected = clocks(['Asia/Kathmandu']);
    for (const broken of [
      {},
      {
        get Now() {
          throw new Error('broken');
        },
        get Instant() {
          throw new Error('broken');
        },
      },
    ]) {
      setTemporal(broken);
      expect(clocks(['Asia/Kathmandu'])).to.deep.equal(expected);
      expect(quickOwnZone()).to.equal(null);
    }
  });

  for (const [what, zone] of [
    ['another zone than the page’s dates', 'Pacific/Kiritimati'],
    ['a zone that there is not', 'Mars/Olympus'],
    ['an object', { id: 'Europe/Berlin' }],
    ['nothing', undefined],
  ] as const)
    it(`are not those of the visitor where Temporal names ${what}`, () => {
      const { Instant } = (real?.value ?? {}) as { readonly Instant?: object };
      setTemporal({ Instant, Now: { timeZoneId: () => zone } });
      expect(quickOwnZone()).to.equal(null);
      expect(timeZone('')).to.equal(new Intl.DateTimeFormat().resolvedOptions().timeZone);
    });

  it('are refused where neither knows them', () => {
    expect(() => wallClock(0, 'Europe/Atlantis')).to.throw(RangeError);
  });
});
