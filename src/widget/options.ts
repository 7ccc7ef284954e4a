/**
 * The option vocabulary. An option `x` is the attribute `x` on the element, `data-booking-x` on any other element, `?x=`
 * in the script's own URL (page-wide default) and a property of the element. Junk means the default.
 */

/** How a written value is read. `choice`: the first value is the default. `length`: a CSS length or one of `words`. */
export type OptionKind =
  | { readonly type: 'text'; readonly default: string }
  | { readonly type: 'choice'; readonly values: readonly string[] }
  | { readonly type: 'flag' }
  | {
      readonly type: 'number' | 'integer' | 'seconds';
      readonly default: number;
      readonly min: number;
      readonly max: number;
    }
  | {
      readonly type: 'length';
      readonly words: readonly string[];
      readonly min: number;
      readonly max: number;
    };

const text = (byDefault = '') => ({ type: 'text', default: byDefault }) as const;
const choice = <const Values extends readonly string[]>(...values: Values) =>
  ({ type: 'choice', values }) as const;
const flag = { type: 'flag' } as const;

export const OPTION_KINDS = {
  src: text(),
  provider: text(),
  api: text(),
  mode: choice('inline', 'popup', 'floating'),
  loading: choice('lazy', 'eager', 'interaction'),
  availability: choice('auto', 'off'),
  companion: text(),
  'metrics-endpoint': text(),
  'sample-rate': { type: 'number', default: 1, min: 0, max: 1 },
  consent: choice('granted', 'required'),
  prepare: choice('intent', 'idle', 'none'),
  theme: choice('', 'light', 'dark', 'auto'),
  accent: text(),
  layout: text(),
  'hide-details': flag,
  'prefill-name': text(),
  'prefill-first-name': text(),
  'prefill-last-name': text(),
  'prefill-email': text(),
  'prefill-phone': text(),
  'prefill-notes': text(),
  'prefill-guests': text(),
  'forward-params': text('utm_source utm_medium utm_campaign utm_term utm_content'),
  'time-zone': text(),
  height: { type: 'length', words: ['auto', 'grow'], min: 120, max: 10_000 },
  label: text(),
  slots: { type: 'integer', default: 6, min: 1, max: 60 },
  preferred: text(),
  reserve: flag,
  timeout: { type: 'seconds', default: 20, min: 0.1, max: 300 },
  retries: { type: 'integer', default: 3, min: 0, max: 10 },
  'data-layer': flag,
  debug: flag,
} as const satisfies Record<string, OptionKind>;

export type OptionName = keyof typeof OPTION_KINDS;

type ValueOf<Kind extends OptionKind> = Kind extends { readonly values: readonly (infer Value)[] }
  ? Value
  : Kind extends { readonly type: 'flag' }
    ? boolean
    : Kind extends { readonly type: 'text' | 'length' }
      ? string
      : number;

export type OptionValue<Name extends OptionName> = ValueOf<(typeof OPTION_KINDS)[Name]>;

/** Every option with the value in force. */
export type Options = { readonly [Name in OptionName]: OptionValue<Name> };

export const OPTION_NAMES = Object.keys(OPTION_KINDS) as readonly OptionName[];

/** `hide-details` → `hideDetails`: the option's name as a property. */
export const propertyName = (name: string): string =>
  name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** A decimal number that is all of the text; NaN for anything else, exponents and hexadecimal included. */
const decimal = (written: string): number =>
  /^[+-]?(\d+\.?\d*|\.\d+)$/.test(written) ? Number(written) : NaN;

/** Seconds, with `s` and `ms` understood. A bare number of 300 or more can only be meant in milliseconds. */
function seconds(written: string): number {
  const [, digits = '', unit] = /^(.*?)\s*(ms|s)?$/i.exec(written) ?? [];
  const value = decimal(digits);
  return unit?.toLowerCase() === 'ms' || (!unit && value >= 300) ? value / 1000 : value;
}

/** A CSS length that a height can have: a bare number is pixels. Percentages depend on the page and mean nothing here. */
function length(written: string, min: number, max: number): string | undefined {
  const [, digits = '', unit = 'px'] =
    /^(.*?)\s*(px|r?em|[sld]?v(?:h|w|b|i|min|max)|ch|ex|cm|mm|q|in|pt|pc)?$/i.exec(written) ?? [];
  const value = decimal(digits);
  if (!(value > 0)) return undefined;
  if (unit.toLowerCase() === 'px') return value >= min && value <= max ? `${value}px` : undefined;
  return `clamp(${min}px, ${value}${unit.toLowerCase()}, ${max}px)`;
}

/** The value of an option that is not written. */
export function defaultOf(kind: OptionKind): string | number | boolean {
  if (kind.type === 'flag') return false;
  if (kind.type === 'choice') return kind.values[0] ?? '';
  if (kind.type === 'length') return kind.words[0] ?? '';
  return kind.default;
}

function read(kind: OptionKind, written: string): string | number | undefined {
  const word = written.toLowerCase();
  switch (kind.type) {
    case 'text':
      return written;
    case 'choice':
      return kind.values.find((value) => value === word);
    case 'length':
      return kind.words.find((value) => value === word) ?? length(written, kind.min, kind.max);
    case 'flag':
      return undefined;
    default: {
      const value = kind.type === 'seconds' ? seconds(written) : decimal(written);
      const isWhole = kind.type !== 'integer' || Number.isInteger(value);
      return value >= kind.min && value <= kind.max && isWhole ? value : undefined;
    }
  }
}

/** Reads one written value. `null` (not written), blanks and junk give the default. */
export function readOption<Name extends OptionName>(name: Name, written: string | null): OptionValue<Name>;
export function readOption(name: OptionName, written: string | null): string | number | boolean {
  const kind: OptionKind = OPTION_KINDS[name];
  const trimmed = written?.trim() ?? '';
  if (kind.type === 'flag') return written !== null && !/^(false|off|no|0)$/i.test(trimmed);
  return (trimmed ? read(kind, trimmed) : undefined) ?? defaultOf(kind);
}
