/** What strangers may write at most. Reports come from anybody, without a token. */
export const LIMITS = {
  /** Widgets of one report that are kept; the most telling come first. */
  widgets: 20,
  /** Characters of a page's address. */
  pageLength: 300,
  /** Reports of one client in a minute, and rows in an hour. */
  reportsPerMinute: 120,
  rowsPerClientHour: 3600,
  /** Names that one client may bring in an hour; more are "other". */
  pagesPerClient: 10,
  providersPerClient: 3,
  calendarsPerClient: 20,
  /** Names of all clients in an hour. */
  pagesPerHour: 200,
  providersPerHour: 20,
  calendarsPerHour: 200,
  /** Rows of one hour; then reports are refused until it is over. */
  rowsPerHour: 50_000,
  /** Rows in all; the oldest hours go first, and only their sums stay. */
  rows: 200_000,
} as const;

/** What takes the place of a name that is one too many. */
export const OTHER = 'other';
