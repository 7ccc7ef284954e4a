import { expect } from '@open-wc/testing';
import { DAY_MS } from '../../../src/scheduling/durations.js';
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

  /** What `Intl` says that the clocks of a zone show at an instant. */
  const shown = (instant: number, timeZone: string): number =>
    Date.parse(
      `${new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(instant).replace(' ', 'T')}Z`,
    );

  /** Other instants for each day: what was found out once is remembered. */
  const compare = (day: number, zones: readonly string[]): void => {
    for (const zone of zones)
      for (const instant of INSTANTS) {
        const at = Date.parse(instant) + day * DAY_MS;
        expect(wallClock(at, zone), `${zone} ${instant}`).to.equal(shown(at, zone));
      }
  };
  const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone')];

  it('show the same clocks as Intl, in every zone', () => {
    compare(0, ZONES);
  });

  it('come from Intl where there is no Temporal', () => {
    setTemporal(undefined);
    compare(1, ZONES);
  });

  it('come from Intl where a page’s polyfill is broken', () => {
    const broken = {
      get Now() {
        throw new Error('broken');
      },
      get Instant() {
        throw new Error('broken');
      },
    };
    for (const [index, value] of [{}, broken].entries()) {
      setTemporal(value);
      compare(2 + index, ['Asia/Kathmandu', 'America/Havana']);
      expect(quickOwnZone()).to.equal(null);
    }
  });

  for (const [zone, change, before, after] of [
    ['Europe/Berlin', '2026-10-25T01:00:00Z', 120, 60],
    // At half past: what is remembered of an hour would be wrong for its second half.
    ['Australia/Lord_Howe', '2026-10-03T15:30:00Z', 630, 660],
  ] as const)
    it(`are right on both sides of a change of clocks in ${zone}, in whichever order they are asked for`, () => {
      for (const seconds of [1, -1, 0, 900, -900, -1801, 1]) {
        const at = Date.parse(change) + seconds * 1000;
        expect(wallClock(at, zone)).to.equal(at + (seconds < 0 ? before : after) * 60_000);
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
