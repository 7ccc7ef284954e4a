/** Names that people read for what the companion counts by internal ids. */

const PROVIDERS: Readonly<Record<string, string>> = {
  cal: 'Cal.com',
  calendly: 'Calendly',
  hubspot: 'HubSpot Meetings',
  acuity: 'Acuity / Squarespace Scheduling',
  oncehub: 'OnceHub',
  tidycal: 'TidyCal',
  zcal: 'Zcal',
  youcanbookme: 'YouCanBookMe',
  leadconnector: 'LeadConnector',
  google: 'Google appointment schedules',
  microsoft: 'Microsoft Bookings',
  savvycal: 'SavvyCal',
  koalendar: 'Koalendar',
  zoho: 'Zoho Bookings',
  setmore: 'Setmore',
  simplybook: 'SimplyBook.me',
  zoom: 'Zoom Scheduler',
  motion: 'Motion',
  notion: 'Notion Calendar',
  rallly: 'Rallly',
  appointlet: 'Appointlet',
  chilipiper: 'Chili Piper',
  doodle: 'Doodle',
  easyappointments: 'Easy!Appointments',
  easyappointmentsframed: 'Easy!Appointments (framed)',
  plain: 'Other pages',
  other: 'Other services',
};

const FAILURES: Readonly<Record<string, string>> = {
  'bad-config': 'Wrong or missing option',
  offline: 'Visitor was offline',
  'not-found': 'Scheduling page not found',
  'provider-error': 'Scheduling service failed',
  timeout: 'Scheduling page did not respond in time',
  'blocked-csp': 'Blocked by the security policy of the page',
  refused: 'Scheduling page does not allow framing',
  'blocked-coep': 'Blocked by cross-origin isolation of the page',
  'blocked-mixed-content': 'Scheduling page is http, the page is https',
  'rate-limited': 'Too many requests',
  'internal-error': 'Error in the widget',
};

const OUTCOMES: Readonly<Record<string, string>> = {
  ready: 'Calendar ready',
  shown: 'Calendar loaded (this provider reports no more)',
  linked: 'Link instead of a calendar',
  failed: 'Failed',
  pending: 'Visitor left before it was ready',
  unseen: 'Never scrolled into view',
};

/** Failures of requests to the API of a scheduling service. */
const API_FAILURES: Readonly<Record<string, string>> = {
  'not-found': 'page or event type not found',
  refused: 'key or access refused',
  'rate-limited': 'too many requests',
  budget: 'budget used up',
  open: 'paused after repeated failures',
  busy: 'another instance was still waiting',
  timeout: 'no response in time',
  unreachable: 'not reachable',
  status: 'error response',
  'not-understood': 'unexpected response',
};

const named =
  (names: Readonly<Record<string, string>>) =>
  (id: string): string =>
    Object.hasOwn(names, id) ? (names[id] ?? id) : id;

export const providerName = named(PROVIDERS);
export const failureName = named(FAILURES);
export const outcomeName = named(OUTCOMES);
export const apiFailureName = named(API_FAILURES);

/** Names of accounts in their order: the provider's, numbered where it has several. */
export function accountNames(
  accounts: readonly { readonly account: string; readonly provider: string }[],
): ReadonlyMap<string, string> {
  return new Map(
    accounts.map(({ account, provider }, i) => {
      const alike = accounts.filter((one) => one.provider === provider);
      const name = providerName(provider);
      const number = accounts.slice(0, i).filter((one) => one.provider === provider).length + 1;
      return [account, alike.length > 1 ? `${name} ${number}` : name];
    }),
  );
}

/** What the companion counts together once it has seen too many names. */
const OTHER = 'other';

/**
 * Part of an address as people read it: percent-encoding undone, but for what separates (`%2F`), for spaces, and for
 * characters that are invisible or turn the rest around, because anybody can report a page. Joiners are part of words in
 * Persian, and of emoji.
 */
export function readable(part: string): string {
  try {
    return decodeURI(part).replace(/(?![\u200c\u200d])[\p{C}\p{Z}]/gu, encodeURIComponent);
  } catch {
    return part;
  }
}

/** The path of a page, with its host where the pages are of several hosts. */
export function pageName(page: string, pages: readonly string[]): string {
  if (page === OTHER) return 'Other pages';
  if (!URL.canParse(page)) return page;
  const hosts = new Set(pages.filter((one) => URL.canParse(one)).map((one) => new URL(one).host));
  const { host, pathname } = new URL(page);
  const path = readable(pathname);
  return hosts.size > 1 ? `${host}${path}` : path;
}

/** The host of the demo's made-up pages. No real page can have it: `.example` is reserved (RFC 2606). */
export const SAMPLE_HOST = 'sample-data.example';

export const isSample = (page: string): boolean => URL.canParse(page) && new URL(page).host === SAMPLE_HOST;

const CLIENT_NAMES: Readonly<Record<string, string>> = {
  chrome: 'Chrome',
  edge: 'Edge',
  firefox: 'Firefox',
  safari: 'Safari',
  samsung: 'Samsung Internet',
  opera: 'Opera',
  phone: 'Phone',
  tablet: 'Tablet',
  desktop: 'Desktop',
  other: 'Other',
};

/** A family of browsers or a class of devices. */
export const clientName = (id: string): string => CLIENT_NAMES[id] ?? id;
