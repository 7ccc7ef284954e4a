import { secureHostOf } from '../accepts-origin.js';
import { CAL_COM_HOST } from '../common-hosts.js';
import { fieldsOf } from '../foreign-values.js';
import { dayParams, openingDay } from '../local-day.js';
import { answerParams, withQuery, writtenIn, type Param } from '../page-query.js';
import type { FrameContext, Provider } from '../provider.js';
import { layoutOf, lookOf } from './look.js';
import { readMessage } from './messages.js';
import { addressOf, canonical, hostOf, pathOf } from './page-address.js';
import { slots } from './slots.js';

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

const LENGTH = /[?&]duration=(\d+)(?:&|$)/;

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

/** What a prerendered page has to know to be shown: all that its address would say by now. */
function connectArg(context: FrameContext): object {
  const { searchParams } = calCom.frameUrl({ ...context, stage: '' });
  const config: Record<string, string[]> = {};
  for (const name of searchParams.keys()) config[name] = searchParams.getAll(name);
  return { config };
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

  canonical,

  frameUrl(context) {
    const { page, namespace, modal, slot, stage, theme, layout, colorScheme } = context;
    const path = pathOf(page);
    const isHidden = stage === 'hidden' ? 'true' : '';
    return withQuery(
      addressOf(hostOf(page)[0], [...path, 'embed']),
      [
        ['embed', namespace],
        ['embedType', modal ? 'modal' : 'inline'],
        // Prerendered without a view being counted, and without its slots, which would be stale when it is shown.
        ['prerender', isHidden],
        ['cal.skipSlotsFetch', isHidden],
        ['theme', theme],
        ['layout', layoutOf(layout)],
        ['ui.color-scheme', colorScheme],
        // Holds `linkReady` back until the calendar has its slots, so that an empty calendar never replaces the slots
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

  read: readMessage,

  respond(event, context) {
    const say = (method: string, arg?: object): object => ({ originator: 'CAL', method, arg });
    const connect = context.stage === 'revealed' ? [say('connect', connectArg(context))] : [];
    if (event === 'show') return connect;
    // Only after this response does the page show itself; a second `connect` would count as another view.
    return event === 'hello' ? [say('parentKnowsIframeReady'), say('ui', lookOf(context)), ...connect] : [];
  },

  openingDay,

  lengthIn: (page) => Number(LENGTH.exec(page.search)?.[1]) || null,

  withLength: (page, minutes) =>
    withQuery(
      page.origin + page.pathname,
      [['duration', minutes ? `${minutes}` : '']],
      writtenIn(page, /^duration=/),
    ),

  confirms(message, { namespace }) {
    const envelope = fieldsOf<'originator' | 'namespace'>(message);
    return envelope.originator === 'CAL' && envelope.namespace === namespace;
  },

  // A page whose own request for slots fails stays hidden without a further message.
  whyNotReady: (received) =>
    received.includes('hello')
      ? {
          type: 'failed',
          code: 'provider-error',
          detail: `Cal.com's page has loaded (messages: ${received.join(', ')}) but does not show its slots`,
        }
      : null,

  // The page finds its namespace here again after it has navigated inside the frame.
  frameName: ({ namespace }) => `cal-embed=${namespace}`,
  ownsOrigin: (origin) => CAL_COM_HOST.test(secureHostOf(origin)),

  slots,
  hold: () => import('./hold.js'),
  eventDetails: () => import('./details.js'),
  nativeBooking: () => import('./booking.js'),
};
