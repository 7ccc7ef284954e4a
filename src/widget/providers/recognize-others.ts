import type { Provider } from './provider.js';

/*
 * Every scheduler but Cal.com and Calendly: a part of its own, because a page of those two never needs it. It imports
 * nothing but the providers, and those lazily, so that recognising a link costs no more than this table.
 */

/** What services keep on their own host besides scheduling pages, and after it a customer's name. */
const OWNER =
  '/+(?!(?:about|apps?|auth|blog|compare|contact|docs|enterprise|features|help|integrations|legal|login|pricing|privacy|security|sign-?in|sign-?up|support|templates|terms)(?:/|$))[^/]';

/** A customer's name before the service's host, and none that the service keeps for itself. */
const CUSTOMER =
  '(?!(?:about|account|accounts|admin|api|app|apps|assets|auth|blog|cdn|community|dashboard|developer|developers|docs|email|embed|go|help|info|js|login|mail|news|secure|signup|static|status|support|widget|www)\\.)[\\w-]+\\.';

interface Row {
  readonly id: string;
  /** Further words for the option `provider`, in small letters without anything else, and without a final `com`. */
  readonly words?: string;
  /** Host without a final dot, then path. None where any host could be one. */
  readonly pages?: string;
  readonly load: () => Promise<Provider>;
  /** Never framed, not even for want of something better. */
  readonly isCard?: true;
}

type Family<Name extends 'resizer' | 'presets' | 'cards'> = Readonly<Record<Name, object>>;

/** One of several providers in one file. */
const oneOf = async <Name extends 'resizer' | 'presets' | 'cards'>(
  file: Promise<Family<Name>>,
  family: Name,
  id: string,
): Promise<Provider> => ((await file)[family] as Record<string, Provider>)[id] as Provider;

const resizing = (id: string, pages: string, words?: string): Row => ({
  id,
  pages,
  ...(words && { words }),
  load: () => oneOf(import('./resizer.js'), 'resizer', id),
});

const preset = (id: string, pages?: string, words?: string): Row => ({
  id,
  ...(pages && { pages }),
  ...(words && { words }),
  load: () => oneOf(import('./presets.js'), 'presets', id),
});

const card = (id: string, pages: string, words?: string): Row => ({
  id,
  pages,
  ...(words && { words }),
  isCard: true,
  load: () => oneOf(import('./cards.js'), 'cards', id),
});

/** One row per service. */
const ROWS: readonly Row[] = [
  {
    id: 'hubspot',
    words: 'hubspotmeetings?|meetings?hubspot',
    pages: `meetings(-[a-z]+\\d*)?\\.hubspot\\.com/+[^/]|app(-\\w+)?\\.hubspot\\.com/meetings/+[^/]`,
    load: async () => (await import('./hubspot.js')).hubspot,
  },
  {
    id: 'acuity',
    words: 'acuityscheduling|squarespace|squarespacescheduling|asme',
    pages: `(app\\.|www\\.)?(acuity|squarespace)scheduling\\.com/(schedule|catalog)(\\.php|/|$)|${CUSTOMER}((acuity|squarespace)scheduling\\.com|as\\.me)/`,
    load: async () => (await import('./acuity.js')).acuity,
  },
  {
    id: 'oncehub',
    words: 'scheduleonce',
    pages: `(go\\.|www\\.)?oncehub\\.com${OWNER}|(secure\\.|go\\.|${CUSTOMER})scheduleonce\\.com${OWNER}`,
    load: async () => (await import('./oncehub.js')).oncehub,
  },
  {
    id: 'google',
    words: 'googlecalendar|googleappointments?|googleappointmentschedules?',
    pages:
      'calendar\\.google\\.com/calendar/(u/\\d+/)?appointments/(schedules/[\\w-]|(?!schedules/)[\\w-]{8,})',
    load: async () => (await import('./google.js')).google,
  },
  {
    id: 'microsoft',
    words: 'microsoftbookings?|msbookings?|bookings|bookwithme|outlook',
    pages:
      'outlook\\.office(365)?\\.com/(owa/calendar/[^/]+/bookings(/|$)|(book|bookwithme)/+[^/])|book\\.ms/[^/]',
    load: async () => (await import('./microsoft.js')).microsoft,
  },
  resizing('tidycal', `(www\\.)?tidycal\\.com${OWNER}`),
  resizing('zcal', `(www\\.)?zcal\\.co${OWNER}`, 'zcalco'),
  resizing('youcanbookme', `${CUSTOMER}(youcanbook|ycb)\\.me/`, 'ycbm|ycbme'),
  resizing(
    'leadconnector',
    '(api|link)\\.(leadconnectorhq|msgsndr)\\.com/widget/(bookings?|groups?)/+[^/]',
    'leadconnectorhq|gohighlevel|highlevel|ghl',
  ),
  preset('savvycal', `(www\\.)?savvycal\\.com${OWNER}`),
  preset('koalendar', '(www\\.)?koalendar\\.com/(e|u|events)/+[^/]'),
  preset('zoho', `${CUSTOMER}zohobookings\\.(com(\\.(au|cn))?|eu|in|jp|ca|sa)/`, 'zohobookings?'),
  preset(
    'setmore',
    `booking\\.setmore\\.com/scheduleappointment/+[^/]|my\\.setmore\\.com/bookingpage/+[^/]|(?!(booking|my)\\.)${CUSTOMER}setmore\\.com/`,
  ),
  preset('simplybook', `${CUSTOMER}simplybook\\.(me|it|asia|pro|plus|vip)/`, 'simplybookme'),
  preset('zoom', 'scheduler\\.zoom\\.us/+[^/]', 'zoomscheduler'),
  preset('appointlet', `(www\\.)?appt\\.link/+[^/]|${CUSTOMER}appointlet\\.com/`, 'apptlink'),
  preset('chilipiper', '[\\w-]+(\\.(na|eu))?\\.chilipiper\\.(com|io)/(book|round-robin)/+[^/]'),
  preset('doodle', '(www\\.)?doodle\\.com/([a-z]{2}/)?(bp|meeting)/+[^/]'),
  preset('easyappointmentsframed'),
  card('rallly', `(app\\.|www\\.)?rallly\\.co${OWNER}`, 'ralllyco'),
  card('googleshort', 'calendar\\.app\\.google/+[^/]', 'calendarappgoogle'),
  card('notion', 'calendar\\.notion\\.so/meet/+[^/]', 'notioncalendar'),
  card('motion', '(app\\.|www\\.)?usemotion\\.com/meet/+[^/]', 'usemotion'),
  { ...preset('easyappointments'), isCard: true },
];

const rowOf = ({ protocol, hostname, pathname }: URL): Row | undefined => {
  if (!/^https?:$/.test(protocol)) return undefined;
  const address = hostname.replace(/\.$/, '') + pathname;
  return ROWS.find(({ pages }) => pages && RegExp(`^(?:${pages})`).test(address));
};

/** The word in the option `provider`, reduced to its letters. */
const namedRow = (word: string): Row | undefined =>
  ROWS.find(({ id, words }) => RegExp(`^(?:${id}${words ? `|${words}` : ''})$`).test(word));

/** Whose page this is, if it is one of these services'. */
export const recognizeOther = (page: URL): string | null => rowOf(page)?.id ?? null;

/** Whether a link to this page opens in a frame: a page that may not be framed is left a link. */
export function isFramed(page: URL): boolean {
  const row = rowOf(page);
  return !!row && !row.isCard;
}

/**
 * The provider that `word` names, else the one of the address; null for neither, or where its file does not
 * load and the page can as well be framed as it is.
 */
export async function findOther(page: URL, word: string): Promise<Provider | null> {
  const row = namedRow(word) ?? rowOf(page);
  if (!row) return null;
  // What all of them are made of comes at the same time.
  import('./page-preset.js').catch(() => undefined);
  return row.isCard ? row.load() : row.load().catch(() => null);
}
