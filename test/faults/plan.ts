type Knobs = Readonly<Record<string, string | number | boolean>>;

export const MODES = ['inline', 'popup', 'floating'] as const;
type Mode = (typeof MODES)[number];

/** One thing that goes wrong. */
export interface Fault {
  readonly name: string;
  /** How it ends (`Outcome.outcome`), as a regular expression. */
  readonly ends: string;
  /** At the scheduling service. */
  readonly knobs?: Knobs;
  /** Headers of the host page: they hold for its whole life. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Parts of names of our files that do not come; files are fetched once, so only the first load can miss one. */
  readonly missing?: readonly string[];
  /** Modes in which it is a failure that the widget can end in; all without it. */
  readonly modes?: readonly Mode[];
  /** The host page is https, the scheduling page is not. */
  readonly mixed?: true;
  readonly offline?: true;
  /** The network comes back by itself, and so does the calendar. */
  readonly recovers?: true;
  /** A script of the page removes the frame. */
  readonly blocker?: true;
  /** The page is ready in the end without anybody doing anything, perhaps after a failure. */
  readonly endsReady?: true;
}

/** Milliseconds; the matrix runs with `timeout="4"`. */
export const LIMIT = 4000;

export const FAULTS: readonly Fault[] = [
  { name: 'connection refused', ends: 'provider-error', knobs: { refuse: true } },
  { name: 'DNS failure', ends: 'provider-error', knobs: { redirect: 'http://nowhere.invalid/' } },
  { name: 'hangs before headers', ends: 'timeout', knobs: { hang: true } },
  { name: 'hangs in the body', ends: 'timeout', knobs: { hang: 'body' } },
  { name: '404', ends: 'not-found', knobs: { status: 404 } },
  { name: '500', ends: 'provider-error', knobs: { status: 500 } },
  { name: '204', ends: 'timeout', knobs: { status: 204 } },
  { name: 'download', ends: 'timeout', knobs: { download: true } },
  { name: 'X-Frame-Options', ends: 'timeout', knobs: { xfo: 'DENY' } },
  { name: 'frame-ancestors', ends: 'refused|timeout', knobs: { 'frame-ancestors': "'none'" } },
  {
    name: 'frame-src of the host page',
    ends: 'blocked-csp',
    headers: { 'content-security-policy': "frame-src 'none'" },
  },
  {
    name: 'COEP of the host page',
    ends: 'blocked-coep',
    headers: { 'cross-origin-embedder-policy': 'require-corp' },
  },
  {
    name: 'COEP and COOP of the host page (isolated)',
    ends: 'ready|blocked-coep',
    headers: {
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
    },
  },
  { name: 'mixed content', ends: 'blocked-mixed-content', mixed: true },
  { name: 'offline', ends: 'offline', offline: true },
  {
    name: 'offline, then online',
    ends: 'offline, then ready',
    offline: true,
    recovers: true,
    endsReady: true,
  },
  {
    name: 'slow (2 s for every response)',
    ends: '(.*, then )?ready',
    knobs: { delay: 2000, 'page-slots-delay': 1000 },
    endsReady: true,
  },
  { name: 'mute', ends: 'timeout', knobs: { mute: 'page' } },
  { name: 'says that it failed', ends: 'provider-error', knobs: { 'late-status': 500 } },
  { name: 'speaks late', ends: 'timeout, then ready', knobs: { late: LIMIT + 2000 }, endsReady: true },
  {
    name: 'navigates away when ready',
    ends: '(.*, then )?ready',
    knobs: { 'navigate-to': 'http://nowhere.invalid/', 'navigate-after': 200 },
    endsReady: true,
  },
  { name: 'redirects to a stranger', ends: 'timeout', knobs: { redirect: 'stranger' } },
  { name: 'removed by a blocker', ends: 'provider-error', blocker: true },
  { name: 'element chunk missing', ends: 'ready', missing: ['/element.js'] },
  { name: 'provider chunk missing', ends: 'provider-error', missing: ['/provider-cal.js'] },
  // A popup's link stays a link then, and needs no note.
  {
    name: 'all files but the loader missing',
    ends: 'loader',
    missing: ['/', '.all.js'],
    modes: ['inline'],
  },
];

export const LOADINGS = ['lazy', 'interaction'] as const;
export const MOMENTS = ['first load', 'after ready'] as const;

export interface Cell {
  readonly fault: Fault;
  readonly mode: Mode;
  readonly loading: (typeof LOADINGS)[number];
  readonly moment: (typeof MOMENTS)[number];
}

/** What belongs to a page from its first byte cannot begin to be wrong later. */
const isPossible = ({ fault, mode, moment }: Cell): boolean =>
  (fault.modes?.includes(mode) ?? true) &&
  (moment === 'first load' || !(fault.headers ?? fault.mixed ?? fault.missing));

/** The whole product. */
export const CELLS: readonly Cell[] = FAULTS.flatMap((fault) =>
  MODES.flatMap((mode) =>
    LOADINGS.flatMap((loading) => MOMENTS.map((moment) => ({ fault, mode, loading, moment }))),
  ),
).filter(isPossible);

/** A spread that holds every fault once, and every mode, loading and moment many times. */
export const SPREAD: readonly Cell[] = FAULTS.map((fault, index) => {
  const cells = CELLS.filter((cell) => cell.fault === fault);
  const cell = cells[(index * 7) % cells.length];
  if (!cell) throw new Error(`no cell for ${fault.name}`);
  return cell;
});
