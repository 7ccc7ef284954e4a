import en from '../locales/languages/en.js';
import { OPTION_KINDS, OPTION_NAMES, type Options } from '../options.js';
import type { WidgetState } from './state.js';

/** Every option at its default. */
export const defaultOptions = Object.fromEntries(
  OPTION_NAMES.map((name) => [name, OPTION_KINDS[name].default]),
) as unknown as Options;

/** What belongs to one scheduling page: forgotten when another is loaded. */
export const initialPage = {
  source: { status: 'none' },
  provider: null,
  ahead: false,
  near: false,
  visible: false,
  prefetch: false,
  preparation: 'none',
  frame: { status: 'idle', run: 0, attempt: 0 },
  slots: { known: null, origin: null, request: 'off', due: false, missing: false, run: 0 },
  details: { event: null, status: 'pending' },
  form: 'unknown',
  view: 'slots',
  chosen: null,
  held: false,
  gone: null,
  week: null,
  listsZones: false,
  height: null,
  dialog: 'closed',
  booking: null,
  broken: [],
} as const satisfies Partial<WidgetState>;

/** The rest belongs to the element or the visitor. */
export const initialState: WidgetState = {
  ...initialPage,
  options: defaultOptions,
  granted: [],
  dialogLoaded: false,
  announced: [],
  language: { tag: 'en', strings: en },
  timeZone: 'UTC',
  fallback: { text: '', hasLink: false, hasLauncher: false, hasContent: false },
};
