/**
 * The option vocabulary. An option `x` is the attribute `x` on the element, `data-booking-x` on any other element, `?x=`
 * in the script's own URL (page-wide default) and a property of the element. Junk means the default.
 */

/**
 * How a written value is read. `choice`: one of `values`; what is none of them means `junk`, where there is one. `length`: a CSS
 * length, or one of `values`.
 */
export type OptionKind =
  | { readonly type: 'text'; readonly default: string }
  | { readonly type: 'flag'; readonly default: false }
  | {
      readonly type: 'choice';
      readonly default: string;
      readonly values: readonly string[];
      readonly junk?: string;
    }
  | {
      readonly type: 'number' | 'integer' | 'seconds';
      readonly default: number;
      readonly min: number;
      readonly max: number;
    }
  | {
      readonly type: 'length';
      readonly default: string;
      readonly values: readonly string[];
      readonly min: number;
      readonly max: number;
    };

type Measure = Extract<OptionKind, { readonly min: number }>;

const text = (byDefault = '') => ({ type: 'text', default: byDefault }) as const;
/** The first value is the default. */
const choice = <const Values extends readonly [string, ...string[]]>(...values: Values) =>
  ({ type: 'choice', default: values[0], values }) as const;
const flag = { type: 'flag', default: false } as const;

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
  // An owner who writes something here wants visitors to be asked: a slip must not contact anybody before.
  consent: { ...choice('granted', 'required'), junk: 'required' },
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
  height: { type: 'length', default: 'auto', values: ['auto', 'grow'], min: 120, max: 10_000 },
  label: text(),
  slots: { type: 'integer', default: 6, min: 1, max: 60 },
  preferred: text(),
  reserve: flag,
  booking: choice('auto', 'frame'),
  'privacy-url': text(),
  timeout: { type: 'seconds', default: 20, min: 0.1, max: 300 },
  retries: { type: 'integer', default: 3, min: 0, max: 10 },
  'data-layer': flag,
  debug: flag,
} as const satisfies Record<string, OptionKind>;

export type OptionName = keyof typeof OPTION_KINDS;

type ValueOf<Kind extends OptionKind> = Kind extends {
  readonly type: 'choice';
  readonly values: readonly (infer Value)[];
}
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

/** Units of the kinds that have any, in lower case. Percentages depend on the page and mean nothing here. */
const UNITS: { readonly [Type in Measure['type']]?: RegExp } = {
  seconds: /^m?s$/,
  length: /^(px|r?em|[sld]?v(h|w|b|i|min|max)|ch|ex|cm|mm|q|in|pt|pc)$/,
};

/**
 * A decimal number (no exponents, no hexadecimal) with or without a unit, within the bounds of its kind; undefined for
 * anything else. A bare number is pixels or seconds; one of 300 or more can only be meant in milliseconds.
 */
function measure({ type, min, max }: Measure, written: string): string | number | undefined {
  const [, digits, unit = ''] = /^([+-]?(?:\d+\.?\d*|\.\d+))\s*([a-z]*)$/.exec(written) ?? [];
  const number = Number(digits);
  if (unit && !UNITS[type]?.test(unit)) return undefined;
  if (type === 'length' && unit && unit !== 'px')
    return number > 0 ? `clamp(${min}px, ${number}${unit}, ${max}px)` : undefined;
  const isMilliseconds = type === 'seconds' && (unit === 'ms' || (!unit && number >= 300));
  const value = isMilliseconds ? number / 1000 : number;
  if (!(value >= min && value <= max) || (type === 'integer' && value % 1)) return undefined;
  return type === 'length' ? `${value}px` : value;
}

/**
 * What surrounds a value that was copied from an article or a mail: spaces, also invisible ones, and a pair of quotation marks.
 * An attribute with marks that HTML does not know ends at the first space, so a value with spaces keeps its own.
 */
const AROUND = /^[\s\u200b-\u200f\u2060]+|[\s\u200b-\u200f\u2060]+$/g;
const QUOTED = /^["'`\u2018-\u201f\u2033«»]\s*(\S*)\s*["'`\u2018-\u201f\u2033«»]$/;

const withoutQuotes = (written: string): string =>
  written.replace(AROUND, '').replace(QUOTED, '$1').replace(AROUND, '');

const FALSE = /^(false|off|no|0)$/;

/** Reads one written value. `null` (not written), blanks and junk give the default. */
export function readOption<Name extends OptionName>(name: Name, written: string | null): OptionValue<Name>;
export function readOption(name: OptionName, written: string | null): string | number | boolean {
  const kind: OptionKind = OPTION_KINDS[name];
  const trimmed = withoutQuotes(written ?? '');
  const word = trimmed.toLowerCase();
  if (kind.type === 'flag') return written !== null && !FALSE.test(word);
  const read =
    kind.type === 'text'
      ? trimmed
      : ('values' in kind && kind.values.find((value) => value === word)) ||
        ('min' in kind && measure(kind, word));
  if (read || read === 0) return read;
  const isJunk = word && !FALSE.test(word);
  return isJunk && 'junk' in kind && kind.junk ? kind.junk : kind.default;
}
