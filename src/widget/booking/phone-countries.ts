import codes from './calling-codes.js';

/** A country or territory, as phone numbers know it. */
export interface PhoneCountry {
  /** ISO 3166-1 alpha-2. */
  readonly region: string;
  /** Digits after `+`. */
  readonly code: string;
  /** What numbers begin with within the country and not from abroad, such as `0`; empty for nothing. */
  readonly prefix: string;
}

export const countries: readonly PhoneCountry[] = codes.split(' ').map((entry) => {
  const [, region = '', code = '', prefix = ''] = /^(\D\D)(\d+)(?:\/(.*))?$/.exec(entry) ?? [];
  return { region, code, prefix };
});

/**
 * A number as it is dialled: digits and signs of other scripts' keyboards in ASCII, and without the (0) behind a calling code,
 * which is for callers within the country.
 */
export const dialled = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[٠-٩۰-۹]/g, (digit) => `${digit.charCodeAt(0) & 15}`)
    .replace(/ー/g, '-')
    .replace(/^(\s*(?:\+|00)[\d\s]+)\(0\)\s*/, '$1');

const find = (region: string | undefined): PhoneCountry | undefined =>
  countries.find((each) => each.region === region);

/** The digits of a number, after `+` where it is an international one. */
const digitsOf = (text: string): string => text.replace(/[^\d+]/g, '').replace(/^00/, '+');

/** `Intl.Locale` has the zones of a region as a method, or as a property in older engines, or not at all. */
interface ZonesOfRegion {
  getTimeZones?(): readonly string[];
  readonly timeZones?: readonly string[];
}

function zonesOf(region: string): readonly string[] {
  const locale = new Intl.Locale(`und-${region}`) as Intl.Locale & ZonesOfRegion;
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
}

/**
 * The country whose numbers a visitor is likely to type: the region of the time zone, else of a language. Undefined
 * where neither says.
 *
 * @param languages BCP 47 tags, most telling first
 */
export function likelyCountry(timeZone: string, languages: readonly string[]): PhoneCountry | undefined {
  try {
    const inZone = countries.find(({ region }) => zonesOf(region).includes(timeZone));
    if (inZone) return inZone;
    for (const tag of languages) {
      const found = find(new Intl.Locale(tag).region);
      if (found) return found;
    }
  } catch {
    // A tag or an engine that `Intl.Locale` does not know: the visitor chooses.
  }
  return undefined;
}

/**
 * The country that an international number names; where several share a calling code, the given one of them if it does.
 * Undefined for a national number.
 */
export function countryOf(text: string, current: PhoneCountry | undefined): PhoneCountry | undefined {
  const [, digits = ''] = /^\+(\d+)/.exec(digitsOf(text)) ?? [];
  const fitting = countries.filter(({ code }) => digits.startsWith(code));
  const longest = Math.max(...fitting.map(({ code }) => code.length));
  const named = fitting.filter(({ code }) => code.length === longest);
  return named.find(({ region }) => region === current?.region) ?? named[0];
}

/** A number with its country's calling code, for people to read; an international one and an empty one stay as typed. */
export function withCode(text: string, { code, prefix }: PhoneCountry): string {
  const typed = text.trim();
  if (!typed || !/^\d/.test(digitsOf(typed))) return text;
  // The prefix may be in brackets: (0) 30 …
  const [, rest = typed] =
    new RegExp(`^[^\\d]*${prefix.split('').join('\\D*')}[^\\d(]*(.+)$`).exec(prefix ? typed : '') ?? [];
  return `+${code} ${rest}`;
}

/** The same number in another country: its calling code is replaced, a national number stays as typed. */
export function inCountry(text: string, { code }: PhoneCountry): string {
  const before = countryOf(text, undefined);
  return before
    ? text.replace(new RegExp(`^\\D*(?:00)?\\D*${before.code.split('').join('\\D*')}`), `+${code}`)
    : text;
}
