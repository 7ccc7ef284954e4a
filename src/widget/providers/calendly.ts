import { secureHostOf } from './accepts-origin.js';
import { answerTexts } from './answer-texts.js';
import { CALENDLY_HOST } from './common-hosts.js';
import { fieldsOf, pixelsOf, textOf } from './foreign-values.js';
import { dayParams, openingDay } from './local-day.js';
import { answerParams, withQuery, writtenIn, type Param } from './page-query.js';
import type { FrameContext, Provider } from './provider.js';

/** Below this a page reports that it is still being drawn; such heights come with every load. */
const MIN_HEIGHT = 300;

const originOf = ({ hostname, origin }: URL): string =>
  CALENDLY_HOST.test(hostname.replace(/\.$/, '')) ? 'https://calendly.com' : origin;

/** See `Provider.canonical`. */
export const addressOf = (page: URL): string => originOf(page) + page.pathname.replace(/(?!^)\/+$/, '');

/** The slot's own address opens the form for that very time, if it leads to the same service. */
function slotAddress({ page, slot }: FrameContext): URL | null {
  try {
    const url = new URL(slot?.url ?? '');
    return originOf(url) === originOf(page) ? url : null;
  } catch {
    return null;
  }
}

/** `#abc` or `#aabbcc` without its `#`, which would cut the address. The page reads no other notation. */
const hexOf = (color: string): string =>
  /^#[\da-f]{6}$/i.exec(color.replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3'))?.[0].slice(1) ?? '';

/** Answers in its words. It has none for notes, and it dropped the telephone number. */
function answersOf({ prefill }: FrameContext): Readonly<Record<string, string | string[]>> {
  const { firstName, lastName, phone, notes, ...answers } = prefill;
  const named = Object.entries({ ...answers, first_name: firstName, last_name: lastName });
  return Object.fromEntries(
    named.flatMap(([name, answer]) => {
      const texts = answerTexts(answer);
      const [text] = texts;
      return text === undefined ? [] : [[name, Array.isArray(answer) ? texts : text]];
    }),
  );
}

/** The page at the chosen time; `look` is what only a frame needs, `written` the site owner's own query. */
function urlOf(context: FrameContext, look: readonly Param[], written: readonly string[]): URL {
  const { page, slot, timeZone, params } = context;
  const start = Date.parse(slot?.start ?? '');
  const answers = answersOf(context);
  const address = slotAddress(context) ?? page;
  return withQuery(
    addressOf(address),
    address === page ? [] : writtenIn(address),
    look,
    start ? dayParams(start, timeZone) : [],
    answerParams({ ...answers, guests: [answers['guests'] ?? []].flat().join() }),
    written,
    params,
  );
}

/** Calendly. It says neither that it is ready nor that it failed: what it says of its view and height has to do. */
export const calendly: Provider = {
  id: 'calendly',
  name: 'Calendly',
  capabilities: {
    ready: 'message',
    height: 'message',
    booked: 'documented',
    deepLink: 'slot',
    prefill: 'both',
    framing: 'yes',
    availability: 'companion',
  },
  height: { min: MIN_HEIGHT, max: 2400 },
  allow: '',

  canonical: addressOf,

  frameUrl(context) {
    return urlOf(
      context,
      [
        // Without it the page sends no messages at all; in documents without a host any value does.
        // https://github.com/tcampb/react-calendly/issues/108
        ['embed_domain', context.host || '1'],
        ['embed_type', context.modal ? 'PopupWidget' : 'Inline'],
        ['hide_event_type_details', context.hideDetails ? '1' : ''],
        ['primary_color', hexOf(context.accent)],
      ],
      writtenIn(context.page),
    );
  },

  pageUrl: (context) => urlOf(context, [], writtenIn(context.page, /^(embed_|hide_gdpr_banner=)/)),

  read(message, { page }) {
    const { event, payload } = fieldsOf<'event' | 'payload'>(message);
    switch (event) {
      case 'calendly.event_type_viewed':
      case 'calendly.profile_page_viewed':
        return { type: 'ready' };
      case 'calendly.date_and_time_selected':
        // Paid events require accepted cookies, which is impossible where the site owner has hidden the banner.
        return {
          type: 'slot-selected',
          ...(page.searchParams.get('hide_gdpr_banner') === '1' && { doubtful: true }),
        };
      case 'calendly.page_height': {
        const height = pixelsOf(fieldsOf<'height'>(payload).height);
        return height >= MIN_HEIGHT ? { type: 'resize', height, ready: true } : null;
      }
      case 'calendly.event_scheduled': {
        const scheduled = fieldsOf<'event'>(payload).event;
        const id = textOf(fieldsOf<'uri'>(scheduled).uri);
        const change = page.pathname.startsWith('/reschedulings/') ? 'moved' : 'created';
        return id ? { type: 'booked', booking: { id, change } } : null;
      }
    }
    return null;
  },

  respond(event, context) {
    // The page loses messages that come before it listens, and does not announce that it does: sent at each step.
    if (!/^(load|ready|slot-selected)$/.test(event)) return [];
    const payload = answersOf(context);
    return Object.keys(payload).length ? [{ event: 'calendly.prefill', payload }] : [];
  },

  openingDay,
  ownsOrigin: (origin) => CALENDLY_HOST.test(secureHostOf(origin)),

  // Requests for slots need a token, which only a companion can keep.
  slots: null,

  // As for slots; the gate is closed without one.
  nativeBooking: () => import('../booking/companion-booking.js'),
};
