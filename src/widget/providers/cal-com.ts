import type { Slot } from '../../protocol/availability.js';
import type { BookingChange } from '../../protocol/booking-notice.js';
import { fieldsOf, instantOf, pixelsOf, textOf, type Foreign } from './foreign-values.js';
import { dayParams } from './local-day.js';
import { answerParams, withQuery, writtenIn, type Param } from './page-query.js';
import type { FrameContext, FrameSignal, Provider } from './provider.js';

interface Booking {
  readonly uid: string | undefined;
  readonly startTime: string | undefined;
  readonly endTime: string | undefined;
}

/** All that is read of the page's messages, by type. A type test holds it against Cal.com's own declarations. */
export interface CalMessages {
  readonly __iframeReady: object;
  readonly __dimensionChanged: { readonly iframeHeight: number };
  readonly __closeIframe: object;
  readonly linkReady: object;
  readonly linkFailed: { readonly code: string };
  readonly bookingSuccessfulV2: Booking;
  readonly rescheduleBookingSuccessfulV2: Booking;
  readonly bookingCancelled: { readonly booking: unknown };
}

/** What the page is told about its look. */
export interface CalLook {
  readonly theme?: 'light' | 'dark' | 'auto';
  readonly layout?: 'month_view' | 'week_view' | 'column_view';
  readonly colorScheme?: string;
  readonly hideEventTypeDetails?: true;
  readonly cssVarsPerTheme?: Readonly<Record<'light' | 'dark', Record<string, string>>>;
}

/** Where a page's frame lives, and which organisation its host names, if it is one of Cal.com's own hosts. */
function hostOf({ hostname, origin }: URL): readonly [origin: string, organization: string] {
  const [hosted, organization = '', land = ''] =
    /^(?:(?:app|www)\.|([\w-]+)\.)?cal\.(com|eu)\.?$/.exec(hostname) ?? [];
  // The marketing host may not be framed; its scheduling pages live on the app's.
  return [hosted ? `https://${organization || 'app'}.cal.${land}` : origin, organization];
}

/** The path without the `/embed` that some owners paste along. */
const pathOf = ({ pathname }: URL): string[] =>
  pathname
    .replace(/(\/+embed)*\/*$/, '')
    .split('/')
    .filter(Boolean);

const addressOf = (origin: string, path: readonly string[]): string => [origin, ...path].join('/');

/** The chosen time in the words of the booking page, which writes instants in UTC and days in the visitor's zone. */
function timeParams({ slot, timeZone }: FrameContext): Param[] {
  const start = Date.parse(slot?.start ?? '');
  if (!start) return [];
  const minutes = Math.round((Date.parse(slot?.end ?? '') - start) / 60_000);
  return [
    ...dayParams(start, timeZone),
    ['slot', new Date(start).toISOString()],
    ['duration', minutes > 0 ? `${minutes}` : ''],
  ];
}

/** What the booking page never takes from the address of the page around it: which booking, and when. */
const RESERVED = /^(date|month|slot|duration|overlayCalendar|rescheduleUid|bookingUid)$/;

/** Time, answers and origin of the visitor: the parameters that a frame and a tab have in common. */
function visitorParams(context: FrameContext, written: readonly string[]): (readonly (Param | string)[])[] {
  const { timeZone, prefill, params } = context;
  const { phone, ...answers } = prefill;
  return [
    [
      ...timeParams(context),
      ['cal.tz', timeZone],
      // Older booking pages read `guest`.
      ...answerParams({ ...answers, attendeePhoneNumber: phone, guest: answers.guests }),
    ],
    written,
    params.filter(([name]) => !RESERVED.test(name)),
  ];
}

const layoutOf = (layout: string): string => /^(month|week|column)_view$/.exec(layout)?.[0] ?? '';

/** What a page that was made ready out of sight has to know to be shown: all that its address would say by now. */
function connectArg(context: FrameContext): object {
  const { searchParams } = calCom.frameUrl({ ...context, stage: '' });
  const config: Record<string, string[]> = {};
  for (const name of searchParams.keys()) config[name] = searchParams.getAll(name);
  return { config };
}

/** The look in the page's own words; what the site owner did not decide is left to it. */
function lookOf({ theme, layout, colorScheme, hideDetails, accent }: FrameContext): CalLook {
  const colors = {
    'cal-brand': accent,
    // The page's own text on buttons is meant for its own colours: white on what is dark, black on what is light.
    'cal-brand-text': `oklch(from ${accent} calc((.65 - l) * 999) 0 0)`,
  };
  const look = {
    theme,
    layout: layoutOf(layout),
    colorScheme,
    hideEventTypeDetails: hideDetails,
    cssVarsPerTheme: accent && { light: colors, dark: colors },
  };
  return Object.fromEntries(Object.entries(look).filter(([, value]) => value));
}

/** Pages whose path looks like a person's or a team's event type and is something else. */
const NO_EVENT = /^(org|d|forms|routing-forms|booking|reschedule|video)$/;

/**
 * Which event type a page books, as the slots API wants it addressed; null where the path does not tell. What comes out
 * of a path is percent-encoded already.
 */
function eventOf(page: URL): string[] | null {
  const [, organization] = hostOf(page);
  const path = pathOf(page);
  const team = path[0] === 'team' ? path.shift() : '';
  const [owner = '', event, more] = path;
  const people = owner.split(/\+|%2b/i);
  const isGroup = people.length > 1;
  // The API takes several people only within an organisation.
  if (!event || more || (!team && NO_EVENT.test(owner)) || (isGroup && !organization)) return null;
  return [
    `${team ? 'teamSlug' : isGroup ? 'usernames' : 'username'}=${people.join()}`,
    isGroup ? '' : `eventTypeSlug=${event}`,
    organization && `organizationSlug=${organization}`,
    ...writtenIn(page, /^(?!duration=\d+$)/),
  ].filter(Boolean);
}

function booked(
  change: BookingChange,
  { uid, startTime, endTime }: Foreign<keyof Booking>,
): FrameSignal | null {
  const id = textOf(uid);
  const start = instantOf(startTime);
  const end = instantOf(endTime);
  return id
    ? { type: 'booked', booking: { id, change, ...(start && { start }), ...(end && { end }) } }
    : null;
}

/** Cal.com: US and EU cloud, organisations' hosts, and self-hosted ones by `provider="cal"`. */
export const calCom: Provider = {
  id: 'cal',
  name: 'Cal.com',
  capabilities: {
    ready: 'message',
    height: 'message',
    booked: 'documented',
    deepLink: 'slot',
    prefill: 'url',
    framing: 'yes',
    availability: 'browser',
  },
  height: { min: 200, max: 5000 },
  allow: 'payment',

  canonical: (page) =>
    withQuery(addressOf(hostOf(page)[0], pathOf(page)), writtenIn(page, /^(?!(duration|form)=)/)).href,

  frameUrl(context) {
    const { page, namespace, modal, slot, stage, theme, layout, colorScheme } = context;
    const path = pathOf(page);
    const isHidden = stage === 'hidden' ? 'true' : '';
    return withQuery(
      addressOf(hostOf(page)[0], [...path, 'embed']),
      [
        ['embed', namespace],
        ['embedType', modal ? 'modal' : 'inline'],
        // Made ready without a view being counted, and without its times, which would be old when it is shown.
        ['prerender', isHidden],
        ['cal.skipSlotsFetch', isHidden],
        ['theme', theme],
        ['layout', layoutOf(layout)],
        ['ui.color-scheme', colorScheme],
        // Holds `linkReady` back until the calendar has its times, so that an empty calendar never replaces the times
        // we show. A chosen time opens the form, which is usable without them.
        ['cal.embed.pageType', slot ? '' : `${path[0] === 'team' ? 'team' : 'user'}.event.booking.slots`],
      ],
      ...visitorParams(context, writtenIn(page)),
    );
  },

  pageUrl(context) {
    const { page } = context;
    return withQuery(
      addressOf(page.origin, pathOf(page)),
      ...visitorParams(context, writtenIn(page, /^(embed|ui\.|cal\.embed)/)),
    );
  },

  read(message, { namespace, modal }) {
    const envelope = fieldsOf<'originator' | 'namespace' | 'type' | 'data'>(message);
    if (envelope.originator !== 'CAL' || envelope.namespace !== namespace) return null;
    const { data } = envelope;
    // The published types do not know yet what a page says that was made ready out of sight.
    switch (envelope.type as keyof CalMessages | 'linkPrerendered') {
      case '__iframeReady':
        return { type: 'hello' };
      case 'linkReady':
        return { type: 'ready' };
      case 'linkPrerendered':
        return { type: 'prepared' };
      case 'linkFailed': {
        const code = textOf(fieldsOf<keyof CalMessages['linkFailed']>(data).code).replace(/\D/g, '');
        return {
          type: 'failed',
          code: code === '404' ? 'not-found' : code === '429' ? 'rate-limited' : 'provider-error',
          detail: `Cal.com error ${code}`,
        };
      }
      case '__dimensionChanged': {
        const height = pixelsOf(fieldsOf<keyof CalMessages['__dimensionChanged']>(data).iframeHeight);
        return height ? { type: 'resize', height } : null;
      }
      case 'bookingSuccessfulV2':
        return booked('created', fieldsOf(data));
      case 'rescheduleBookingSuccessfulV2':
        return booked('moved', fieldsOf(data));
      case 'bookingCancelled':
        return booked('cancelled', fieldsOf(fieldsOf<keyof CalMessages['bookingCancelled']>(data).booking));
      case '__closeIframe':
        // A click beside the calendar; in the flow of a page there is nothing to close.
        return modal ? { type: 'closed' } : null;
    }
    return null;
  },

  respond(event, context) {
    const say = (method: string, arg?: object): object => ({ originator: 'CAL', method, arg });
    const connect = context.stage === 'revealed' ? [say('connect', connectArg(context))] : [];
    if (event === 'show') return connect;
    // Only after this answer does the page show itself; a second one would count as another view.
    return event === 'hello' ? [say('parentKnowsIframeReady'), say('ui', lookOf(context)), ...connect] : [];
  },

  slotsRequest({ page, api, start, end, timeZone }) {
    const event = eventOf(page);
    // Nothing is known of an API host of the EU cloud, nor of a self-hosted one, unless the owner names it.
    const base = api || (hostOf(page)[0].endsWith('.cal.com') ? 'https://api.cal.com' : '');
    if (!event || !base) return null;
    // The API includes the end, and takes midnight UTC for the end of the day that begins then.
    const last = new Date(Date.parse(end) - 1).toISOString();
    const range = new URLSearchParams({ start, end: last, timeZone, format: 'range' });
    return {
      url: `${base.replace(/(\/v2)?\/*$/, '')}/v2/slots?${[...event, range].join('&')}`,
      headers: { 'cal-api-version': '2024-09-04' },
    };
  },

  readSlots(body) {
    const { data } = fieldsOf<'data'>(body);
    if (typeof data !== 'object' || !data || Array.isArray(data)) return null;
    const days: unknown[] = Object.values(data);
    if (!days.every(Array.isArray)) return null;
    const entries: unknown[] = days.flat();
    const slots = new Map<number, Slot>();
    for (const entry of entries) {
      const { start: from = entry, end: to } = fieldsOf<keyof Slot>(entry);
      const start = instantOf(from);
      const end = instantOf(to);
      if (start) slots.set(Date.parse(start), { start, ...(end && { end }) });
    }
    // Times we cannot read are not the same as no times.
    if (entries.length && !slots.size) return null;
    return [...slots].sort(([a], [b]) => a - b).map(([, slot]) => slot);
  },
};
