/**
 * The one vocabulary. An option `x` is the attribute `x` on the element, `data-booking-x` on any other element, `?x=`
 * in the script's own address (default for the whole page) and a property of the element. Junk means the default.
 */

/** How a written value is read: free text (with its default), one of a list (first is the default), a switch, or a
 * bounded number. */
export type OptionKind =
  | string
  | readonly string[]
  | false
  | { readonly byDefault: number; readonly min: number; readonly max: number };

export const OPTION_KINDS = {
  src: '',
  provider: '',
  api: '',
  mode: ['inline', 'popup', 'floating'],
  loading: ['lazy', 'eager', 'interaction'],
  availability: ['auto', 'off'],
  companion: '',
  'metrics-endpoint': '',
  'sample-rate': { byDefault: 1, min: 0, max: 1 },
  consent: ['granted', 'required'],
  prepare: ['intent', 'idle', 'none'],
  theme: ['', 'light', 'dark', 'auto'],
  accent: '',
  layout: '',
  'hide-details': false,
  'prefill-name': '',
  'prefill-first-name': '',
  'prefill-last-name': '',
  'prefill-email': '',
  'prefill-phone': '',
  'prefill-notes': '',
  'prefill-guests': '',
  'forward-params': 'utm_source utm_medium utm_campaign utm_term utm_content',
  'time-zone': '',
  height: 'auto',
  label: '',
  slots: { byDefault: 6, min: 1, max: 60 },
  preferred: '',
  reserve: false,
  timeout: '',
  retries: { byDefault: 3, min: 0, max: 10 },
  'data-layer': false,
  debug: false,
} as const satisfies Record<string, OptionKind>;

export type OptionName = keyof typeof OPTION_KINDS;

export type OptionValue<N extends OptionName> = (typeof OPTION_KINDS)[N] extends readonly (infer V)[]
  ? V
  : (typeof OPTION_KINDS)[N] extends false
    ? boolean
    : (typeof OPTION_KINDS)[N] extends string
      ? string
      : number;

/** Every option with the value that holds. */
export type Options = { readonly [N in OptionName]: OptionValue<N> };

export const OPTION_NAMES = Object.keys(OPTION_KINDS) as readonly OptionName[];

/** `hide-details` → `hideDetails`: the option's name as a property. */
export const propertyName = (name: string): string =>
  name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** Reads one written value. `null` (not written), blanks and junk give the default. */
export function readOption<N extends OptionName>(name: N, written: string | null): OptionValue<N>;
export function readOption(name: OptionName, written: string | null): string | number | boolean {
  const kind: OptionKind = OPTION_KINDS[name];
  const text = written?.trim() ?? '';
  if (kind === false) return written !== null && !/^(false|off|no|0)$/i.test(text);
  if (typeof kind === 'string') return text || kind;
  if ('byDefault' in kind) {
    const value = Number(text || NaN);
    // Only a share of something has decimals.
    return value >= kind.min && value <= kind.max && (kind.max === 1 || value % 1 === 0)
      ? value
      : kind.byDefault;
  }
  return kind.find((word) => word === text.toLowerCase()) ?? kind[0] ?? '';
}

/**
 * Reads a length of time in seconds, `1500ms` and `20s` included. A bare number of 300 or more can only be meant in
 * milliseconds. Out of 0.1 … 300 s, and junk: the default.
 */
export function readSeconds(written: string, byDefault: number): number {
  const [, digits, unit] = /^(\d*\.?\d+)\s*(ms|s)?$/i.exec(written) ?? [];
  const value = Number(digits);
  const seconds = unit?.toLowerCase() === 'ms' || (!unit && value >= 300) ? value / 1000 : value;
  return seconds >= 0.1 && seconds <= 300 ? seconds : byDefault;
}
