import { isMonth } from './month.js';
import type { ProviderName } from './page-data.js';
import { isDay, isZone } from './zone-time.js';

export type Theme = 'light' | 'dark' | 'auto';
export type Layout = 'month_view' | 'week_view' | 'column_view';

/** What the visitor would otherwise type. */
export interface Answers {
  readonly name: string;
  readonly email: string;
  readonly notes: string;
  readonly guests: readonly string[];
}

/** The settings of the page that its address contains. */
export interface Settings {
  readonly theme: Theme | null;
  readonly layout: Layout | null;
  readonly hideDetails: boolean;
  /** Value for the document's `color-scheme`. */
  readonly colorScheme: string;
  /** CSS colours. */
  readonly colors: { readonly background?: string; readonly text?: string; readonly accent?: string };
  readonly zone: string;
  readonly day: string | null;
  readonly month: string | null;
  /** Milliseconds since 1970. */
  readonly slot: number | null;
  readonly duration: number | null;
  readonly answers: Answers;
  /** Stored with the booking. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly skipSlots: boolean;
}

const THEMES: readonly string[] = ['light', 'dark', 'auto'];
const LAYOUTS: readonly string[] = ['month_view', 'week_view', 'column_view'];
export const isTheme = (text: unknown): text is Theme => typeof text === 'string' && THEMES.includes(text);
export const isLayout = (text: unknown): text is Layout => typeof text === 'string' && LAYOUTS.includes(text);

const UTM = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content', 'salesforce_uuid'];

const hex = (text: string | null): string | null =>
  text !== null && /^[0-9a-f]{6}$/i.test(text) ? `#${text}` : null;

const visitorsZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

const metadataIn = (query: URLSearchParams): Record<string, string> => {
  const metadata: Record<string, string> = {};
  for (const [name, value] of query) {
    const key = /^metadata\[(.+)\]$/.exec(name)?.[1] ?? (UTM.includes(name) ? name : '');
    if (key) metadata[key] = value;
  }
  return metadata;
};

/** Reads the query of a page's address. Invalid values are ignored. */
export function readSettings(provider: ProviderName, query: URLSearchParams): Settings {
  const calendly = provider === 'calendly';
  const get = (name: string): string => query.get(name) ?? '';
  const fullName = calendly ? [get('first_name'), get('last_name')] : [get('firstName'), get('lastName')];
  const slot = Date.parse(get('slot'));
  const minutes = Number(get('duration'));
  const zone = get('cal.tz');
  const background = hex(query.get('background_color'));
  const text = hex(query.get('text_color'));
  const accent = hex(query.get('primary_color'));
  const theme = get('theme');
  const layout = get('layout');
  return {
    theme: isTheme(theme) ? theme : null,
    layout: isLayout(layout) ? layout : null,
    hideDetails: calendly && get('hide_event_type_details') === '1',
    colorScheme: get('ui.color-scheme'),
    colors: { ...(background && { background }), ...(text && { text }), ...(accent && { accent }) },
    zone: isZone(zone) && zone !== '' ? zone : visitorsZone(),
    day: isDay(get('date')) ? get('date') : null,
    month: isMonth(get('month')) ? get('month') : null,
    slot: Number.isNaN(slot) ? null : slot,
    duration: minutes > 0 ? minutes : null,
    answers: {
      name: get('name') || fullName.filter(Boolean).join(' '),
      email: get('email'),
      notes: calendly ? get('a1') : get('notes'),
      guests: calendly ? get('guests').split(',').filter(Boolean) : query.getAll('guests'),
    },
    metadata: metadataIn(query),
    skipSlots: get('cal.skipSlotsFetch') === 'true',
  };
}
