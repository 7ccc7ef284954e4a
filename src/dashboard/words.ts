/** Figures as people read them. */

export const count = (value: number): string => Math.round(value).toLocaleString('en');

export const percent = (share: number | null): string =>
  share === null ? '–' : `${(share * 100).toLocaleString('en', { maximumFractionDigits: 1 })} %`;

export const seconds = (ms: number | undefined): string =>
  ms === undefined
    ? '–'
    : ms < 1000
      ? `${Math.round(ms)} ms`
      : `${(ms / 1000).toLocaleString('en', { maximumFractionDigits: ms < 10_000 ? 2 : 1 })} s`;

/** A moment of a series: the time of day within a day, else the day. */
export function moment(iso: string, step: number): string {
  const at = new Date(iso);
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const day = { day: 'numeric', month: 'short' } as const;
  if (step >= 86_400_000) return at.toLocaleDateString('en-GB', day);
  if (step >= 7_200_000) return at.toLocaleString('en-GB', { ...day, ...time });
  return at.toLocaleTimeString('en-GB', time);
}

/** How long ago, for what lies in the last days. */
export function ago(at: number, now: number): string {
  const minutes = Math.round((now - at) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} h ago` : `${Math.round(minutes / 1440)} days ago`;
}

/** The path of a page, with its host where pages of several hosts report. */
export function pageName(page: string, pages: readonly string[]): string {
  const hosts = new Set(pages.map((one) => (URL.canParse(one) ? new URL(one).host : one)));
  if (!URL.canParse(page)) return page;
  const { host, pathname } = new URL(page);
  return hosts.size > 1 ? `${host}${pathname}` : pathname;
}

const FAILURES: Readonly<Record<string, string>> = {
  'bad-config': 'Not set up rightly (bad-config)',
  offline: 'Visitor offline (offline)',
  'not-found': 'No such page (not-found)',
  'provider-error': 'Scheduling service failed (provider-error)',
  timeout: 'Never answered (timeout)',
  'blocked-csp': 'Blocked by the page’s policy (blocked-csp)',
  refused: 'May not be framed (refused)',
  'blocked-coep': 'Blocked by isolation (blocked-coep)',
  'rate-limited': 'Too many requests (rate-limited)',
};

export const failureName = (code: string): string => FAILURES[code] ?? code;

const OUTCOMES: Readonly<Record<string, string>> = {
  ready: 'Ready',
  shown: 'Shown (says no more)',
  linked: 'Linked',
  failed: 'Failed',
  pending: 'Left before it was ready',
  unseen: 'Never scrolled to',
};

export const outcomeName = (outcome: string): string => OUTCOMES[outcome] ?? outcome;
