import { expect } from '@open-wc/testing';
import { dayOf } from '../../../src/scheduling/local-days.js';
import { quickOwnZone } from '../../../src/scheduling/own-zone.js';
import { timeZone } from '../../../src/widget/time-zone.js';

/** A `Temporal` as polyfills have it: a zone by name, and its offset in minutes in each season. */
const temporal = (zone: unknown, offsets: (months: number) => number): object => {
  const moment = (months: number): object => ({
    epochMilliseconds: new Date(Date.now()).setMonth(new Date().getMonth() + months),
    offsetNanoseconds: offsets(months) * 6e10,
    add: (duration: { readonly months: number }) => moment(months + duration.months),
  });
  return { Now: { timeZoneId: () => zone, zonedDateTimeISO: () => moment(0) } };
};

/** Minutes that the page's dates are ahead of UTC. */
const ofDates = (months: number): number =>
  -new Date(new Date(Date.now()).setMonth(new Date().getMonth() + months)).getTimezoneOffset();

describe('own zone without Intl', () => {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'Temporal');
  const install = (value: unknown): unknown =>
    Object.defineProperty(globalThis, 'Temporal', { value, configurable: true });

  afterEach(() => {
    if (own) Object.defineProperty(globalThis, 'Temporal', own);
    else Reflect.deleteProperty(globalThis, 'Temporal');
  });

  it('is that of Temporal where the dates of the page show its clock', () => {
    install(temporal('Test/Own', ofDates));
    expect(quickOwnZone()).to.equal('Test/Own');
  });

  it('is none where the dates are of another zone, in any season', () => {
    install(temporal('Pacific/Auckland', () => 1234));
    expect(quickOwnZone()).to.equal(null);
    install(temporal('Test/Summer', (months) => ofDates(months) + (months === 6 ? 60 : 0)));
    expect(quickOwnZone()).to.equal(null);
  });

  it('leaves the days of a zone to Intl where Temporal names another zone than the dates have', () => {
    const noon = Date.parse('2026-06-15T12:00:00Z');
    for (const [zone, day] of [
      ['Pacific/Kiritimati', '2026-06-16'],
      ['Pacific/Pago_Pago', '2026-06-15'],
    ] as const) {
      install(temporal(zone, () => 1234));
      expect(dayOf(noon, zone)).to.equal(day);
    }
  });

  for (const [what, zone] of [
    ['an object', { id: 'Europe/Berlin' }],
    ['a zone that there is not', 'Mars/Olympus'],
    ['nothing', undefined],
  ] as const)
    it(`is none where Temporal says ${what}`, () => {
      install(temporal(zone, () => 1234));
      expect(quickOwnZone()).to.equal(null);
      expect(timeZone('')).to.be.a('string').that.is.not.empty;
    });

  for (const broken of [null, {}, { Now: {} }, { Now: { timeZoneId: () => 'Test/Half' } }])
    it(`is none of a Temporal like ${JSON.stringify(broken)}`, () => {
      install(broken);
      expect(quickOwnZone()).to.equal(null);
    });
});
