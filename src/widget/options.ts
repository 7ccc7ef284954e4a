/**
 * The one vocabulary. An option `x` is the attribute `x` on the element, `data-booking-x` on any other element, `?x=`
 * in the script's own address (default for the whole page) and a property of the element. Junk means the default.
 */

/** How a written value is read: one of a list (first is the default), free text, a switch, or a bounded number. */
export type OptionKind =
  | { readonly values: readonly string[] }
  | { readonly text: string }
  | { readonly flag: true }
  | { readonly number: number; readonly min: number; readonly max: number; readonly whole?: true };

export const OPTION_KINDS = {
  src: { text: '' },
  provider: { text: '' },
  api: { text: '' },
  mode: { values: ['inline', 'popup', 'floating'] },
  loading: { values: ['lazy', 'eager', 'interaction'] },
  availability: { values: ['auto', 'off'] },
  companion: { text: '' },
  'metrics-endpoint': { text: '' },
  'sample-rate': { number: 1, min: 0, max: 1 },
  consent: { values: ['granted', 'required'] },
  prepare: { values: ['intent', 'idle', 'none'] },
  theme: { values: ['', 'light', 'dark', 'auto'] },
  accent: { text: '' },
  layout: { text: '' },
  'hide-details': { flag: true },
  'prefill-name': { text: '' },
  'prefill-first-name': { text: '' },
  'prefill-last-name': { text: '' },
  'prefill-email': { text: '' },
  'prefill-phone': { text: '' },
  'prefill-notes': { text: '' },
  'prefill-guests': { text: '' },
  'forward-params': { text: 'utm_source utm_medium utm_campaign utm_term utm_content' },
  'time-zone': { text: '' },
  height: { text: 'auto' },
  label: { text: '' },
  slots: { number: 6, min: 1, max: 60, whole: true },
  preferred: { text: '' },
  timeout: { text: '' },
  retries: { number: 3, min: 0, max: 10, whole: true },
  'data-layer': { flag: true },
  debug: { flag: true },
} as const satisfies Record<string, OptionKind>;

export type OptionName = keyof typeof OPTION_KINDS;

export type OptionValue<N extends OptionName> = (typeof OPTION_KINDS)[N] extends { values: readonly (infer V)[] }
  ? V
  : (typeof OPTION_KINDS)[N] extends { flag: true }
    ? boolean
    : (typeof OPTION_KINDS)[N] extends { number: number }
      ? number
      : string;

/** Every option with the value that holds. */
export type Options = { readonly [N in OptionName]: OptionValue<N> };

export const OPTION_NAMES = Object.keys(OPTION_KINDS) as readonly OptionName[];

/** `hide-details` → `hideDetails`: the option's name as a property. */
export const propertyName = (name: string): string =>
  name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

const OFF = /^(false|off|no|0)$/i;

/** Reads one written value. `null` (not written), blanks and junk give the default. */
export function readOption<N extends OptionName>(name: N, written: string | null): OptionValue<N>;
export function readOption(name: OptionName, written: string | null): string | number | boolean {
  const kind: OptionKind = OPTION_KINDS[name];
  const text = written?.trim() ?? '';
  if ('flag' in kind) return written !== null && !OFF.test(text);
  if ('text' in kind) return text || kind.text;
  if ('values' in kind) {
    const word = text.toLowerCase();
    return kind.values.includes(word) ? word : (kind.values[0] ?? '');
  }
  const value = Number(text);
  return text && value >= kind.min && value <= kind.max && (!kind.whole || Number.isInteger(value)) ? value : kind.number;
}
