type Knobs = Readonly<Record<string, string | number | boolean>>;

/** One thing that goes wrong. */
export interface Fault {
  readonly name: string;
  /** At the scheduling service. */
  readonly knobs?: Knobs;
  /** Headers of the host page: they hold for its whole life. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A chunk of ours that does not come; chunks are fetched once, so only the first load can miss one. */
  readonly missing?: string;
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
  { name: 'connection refused', knobs: { refuse: true } },
  { name: 'DNS failure', knobs: { redirect: 'http://nowhere.invalid/' } },
  { name: 'hangs before headers', knobs: { hang: true } },
  { name: 'hangs in the body', knobs: { hang: 'body' } },
  { name: '404', knobs: { status: 404 } },
  { name: '500', knobs: { status: 500 } },
  { name: '204', knobs: { status: 204 } },
  { name: 'download', knobs: { download: true } },
  { name: 'X-Frame-Options', knobs: { xfo: 'DENY' } },
  { name: 'frame-ancestors', knobs: { 'frame-ancestors': "'none'" } },
  { name: 'frame-src of the host page', headers: { 'content-security-policy': "frame-src 'none'" } },
  { name: 'COEP of the host page', headers: { 'cross-origin-embedder-policy': 'require-corp' } },
  { name: 'mixed content', mixed: true },
  { name: 'offline', offline: true },
  { name: 'offline, then online', offline: true, recovers: true, endsReady: true },
  {
    name: 'slow (2 s for every response)',
    knobs: { delay: 2000, 'page-slots-delay': 1000 },
    endsReady: true,
  },
  { name: 'mute', knobs: { mute: 'page' } },
  { name: 'says that it failed', knobs: { 'late-status': 500 } },
  { name: 'speaks late', knobs: { late: LIMIT + 2000 }, endsReady: true },
  {
    name: 'navigates away when ready',
    knobs: { 'navigate-to': 'http://nowhere.invalid/', 'navigate-after': 200 },
    endsReady: true,
  },
  { name: 'redirects to a stranger', knobs: { redirect: 'stranger' } },
  { name: 'removed by a blocker', blocker: true },
  { name: 'element chunk missing', missing: 'element' },
  { name: 'provider chunk missing', missing: 'provider-cal' },
];

export const MODES = ['inline', 'popup', 'floating'] as const;
export const LOADINGS = ['lazy', 'interaction'] as const;
export const MOMENTS = ['first load', 'after ready'] as const;

export interface Cell {
  readonly fault: Fault;
  readonly mode: (typeof MODES)[number];
  readonly loading: (typeof LOADINGS)[number];
  readonly moment: (typeof MOMENTS)[number];
}

/** What belongs to a page from its first byte cannot begin to be wrong later. */
const isPossible = ({ fault, moment }: Cell): boolean =>
  moment === 'first load' || !(fault.headers ?? fault.mixed ?? fault.missing);

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
