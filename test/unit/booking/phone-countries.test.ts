import { expect } from '@open-wc/testing';
import {
  countries,
  countryOf,
  dialled,
  inCountry,
  likelyCountry,
  withCode,
  type PhoneCountry,
} from '../../../src/widget/booking/phone-countries.js';
import { phoneNumber } from '../../../src/widget/booking/form-fields.js';

const of = (region: string): PhoneCountry => {
  const found = countries.find((each) => each.region === region);
  if (!found) throw new Error(`no ${region}`);
  return found;
};

describe('countries of phone numbers', () => {
  it('every country has a region that people can read and a calling code', () => {
    const names = new Intl.DisplayNames('en', { type: 'region' });
    expect(countries.length).to.be.greaterThan(230);
    for (const { region, code, prefix } of countries) {
      expect(region).to.match(/^[A-Z]{2}$/);
      expect(code, region).to.match(/^[1-9]\d{0,2}$/);
      expect(prefix, region).to.match(/^\d*$/);
      expect(names.of(region), region).not.to.equal(undefined);
    }
  });

  it('the likely country is that of the languages where no zone tells', () => {
    expect(likelyCountry('Etc/Unknown', ['en', 'pt-BR', 'de-DE'])?.region).to.equal('BR');
    expect(likelyCountry('Etc/Unknown', ['en', 'no tag', 'de'])).to.equal(undefined);
  });

  it('the likely country is that of the time zone, where the engine knows the zones of regions', function () {
    const locale = new Intl.Locale('und-DE') as Intl.Locale & {
      getTimeZones?(): string[];
      timeZones?: string[];
    };
    const zones = locale.getTimeZones?.() ?? locale.timeZones;
    expect(likelyCountry('Europe/Berlin', ['en-US'])?.region).to.equal(zones ? 'DE' : 'US');
  });

  for (const [region, typed, sent] of [
    ['US', '(415) 555-0100', '+14155550100'],
    ['US', '1 415 555 0100', '+14155550100'],
    ['DE', '0151 23456789', '+4915123456789'],
    ['DE', '(0)30 / 1234 567', '+49301234567'],
    ['DE', '0049 30 1234567', '+49301234567'],
    ['DE', '+43 1 234567', '+431234567'],
    ['IT', '06 6982', '+39066982'],
    ['ES', '612 34 56 78', '+34612345678'],
    ['GB', '020 7946 0958', '+442079460958'],
    ['HU', '06 1 234 5678', '+3612345678'],
    ['JP', '090-1234-5678', '+819012345678'],
  ] as const)
    it(`the number ${typed}, typed in ${region}, is ${sent}`, () => {
      expect(phoneNumber(withCode(typed, of(region)))).to.equal(sent);
    });

  for (const [typed, ascii] of [
    ['٠١٠ ١٢٣٤', '010 1234'],
    ['+۹۸ ۹۱۲', '+98 912'],
    ['＋８１（３）１２３４ー５６', '+81(3)1234-56'],
    ['+49 (0) 30 123', '+49 30 123'],
    ['0049 (0)30 123', '0049 30 123'],
    ['(0)30 123', '(0)30 123'],
    ['+1 (0 12) 3', '+1 (0 12) 3'],
  ] as const)
    it(`the number ${typed} is dialled as ${ascii}`, () => {
      expect(dialled(typed)).to.equal(ascii);
    });

  it('what is no number stays as it was typed', () => {
    for (const typed of ['', '  ', 'none', '+49 30 123']) expect(withCode(typed, of('DE'))).to.equal(typed);
  });

  it('an international number names its country, and of several with the same code the chosen one', () => {
    expect(countryOf('+49 30', of('US'))?.region).to.equal('DE');
    expect(countryOf('0043 1', of('US'))?.region).to.equal('AT');
    expect(countryOf('+1 415', undefined)?.region).to.equal('US');
    expect(countryOf('+1 604', of('CA'))?.region).to.equal('CA');
    expect(countryOf('030 123', of('DE'))).to.equal(undefined);
  });

  it('another country replaces the calling code and leaves the rest', () => {
    expect(inCountry('+49 30 123', of('AT'))).to.equal('+43 30 123');
    expect(inCountry('(00) 49 30 123', of('AT'))).to.equal('+43 30 123');
    expect(inCountry('030 123', of('AT'))).to.equal('030 123');
  });
});
