/** What the owner looks at: a period, and a page or a provider. */
export interface View {
  readonly window: Period;
  /** Empty for all. */
  readonly provider: string;
  /** Empty for all. */
  readonly page: string;
}

const HOUR = 3_600_000;

/** Periods by the name that the summary takes. `interval`: milliseconds between two reads; long periods change slowly. */
export const PERIODS = {
  '1h': { label: 'Hour', last: 'last hour', before: 'the hour before', length: HOUR, interval: 10_000 },
  '24h': {
    label: '24 hours',
    last: 'last 24 hours',
    before: 'the 24 hours before',
    length: 24 * HOUR,
    interval: 30_000,
  },
  '7d': {
    label: '7 days',
    last: 'last 7 days',
    before: 'the 7 days before',
    length: 168 * HOUR,
    interval: 60_000,
  },
  '30d': {
    label: '30 days',
    last: 'last 30 days',
    before: 'the 30 days before',
    length: 720 * HOUR,
    interval: 60_000,
  },
} as const;
export type Period = keyof typeof PERIODS;

const isPeriod = (text: string): text is Period => Object.hasOwn(PERIODS, text);

/** The view that an address names, so that a view can be a bookmark. */
export function viewOf(search: string): View {
  const query = new URLSearchParams(search);
  const window = query.get('window') ?? '';
  return {
    window: isPeriod(window) ? window : '7d',
    provider: query.get('provider') ?? '',
    page: query.get('page') ?? '',
  };
}

/** The query of a view, without what it leaves open. */
export const queryOf = (view: View): URLSearchParams =>
  new URLSearchParams(Object.entries(view).filter(([, value]) => value !== ''));
