import * as z from 'zod';
import { DAY_MS, MINUTE_MS } from '../../scheduling/durations.js';
import type { Slot } from '../../protocol/availability.js';
import type { Span } from '../../scheduling/local-days.js';
import { calendlyBookings } from './calendly-bookings.js';
import { knownList, type Memory } from './known-list.js';
import { pathParts } from '../../scheduling/page-address.js';
import { isWithin, type PagePrefix } from './pages.js';
import { readableEntries, understood } from './understood.js';
import {
  ANY_HOST,
  type BookingLimit,
  onBehalfOf,
  UpstreamFailure,
  type FetchedSpan,
  type Ask,
  type Caller,
  type EventType,
  type Upstream,
} from './upstream.js';

interface CalendlyOptions {
  readonly account: string;
  readonly ask: Ask;
  readonly memory: Memory;
  readonly pages: readonly PagePrefix[];
  /** URI of the organisation or user whose event types these are; asked for if it is not given. */
  readonly owner?: string | undefined;
  /** Takes bookings by API where given. */
  readonly booking?:
    { readonly pages: readonly PagePrefix[] | 'all'; readonly limits: readonly BookingLimit[] } | undefined;
  readonly now: () => number;
}

/** One call takes so many days; some accounts still only the fewer. */
const WINDOW = 31 * DAY_MS;
const SMALL_WINDOW = 7 * DAY_MS;

/** The API refuses a start that has passed, and clocks differ. */
const AHEAD = MINUTE_MS;

const MOST_PAGES = 20;

const text = z.string().max(2048);
const ownerSchema = z.object({ resource: z.object({ uri: text, current_organization: text.optional() }) });
const listSchema = z.object({
  collection: readableEntries(
    z.object({
      uri: text,
      slug: text.nullish(),
      name: text.nullish(),
      duration: z.number(),
      scheduling_url: text,
      kind: text.nullish(),
      pooling_type: text.nullish(),
      profile: z.object({ type: text.nullish(), name: text.nullish(), owner: text.nullish() }).nullish(),
      locations: z
        .array(z.object({ kind: text }))
        .nullish()
        .catch(null),
    }),
    1000,
  ),
  pagination: z.object({ next_page_token: text.nullish() }).optional(),
});
const hostSchema = z.object({
  resource: z.object({ name: text, avatar_url: text.nullish(), timezone: text.nullish() }),
});
const timesSchema = z.object({
  collection: readableEntries(
    z.object({
      status: z.string(),
      start_time: z
        .string()
        .max(40)
        .refine((value) => !Number.isNaN(Date.parse(value))),
      scheduling_url: text.optional(),
    }),
    5000,
  ),
});
const typeSchema = z.object({
  uri: z.string(),
  slug: z.string(),
  minutes: z.number(),
  path: z.string(),
  /** URI of the user whose event type it is; empty for a team's. */
  owner: z.string(),
  isTeam: z.boolean(),
  /** Several invitees at one time, or one of several hosts. */
  isShared: z.boolean(),
  title: z.string(),
  host: z.string(),
  locations: z.array(z.string()),
});
type EventTypeOfAccount = z.infer<typeof typeSchema>;

/** `/acme/30min`, however the link was written. */
const pathOf = (page: URL): string => `/${pathParts(page).join('/')}`;

/** Calendly's API v2: event types by their public link, times in windows side by side. */
export function calendly({ account, ask, memory, pages, owner, booking, now }: CalendlyOptions): Upstream {
  async function list(): Promise<EventTypeOfAccount[]> {
    let of = owner;
    if (of === undefined) {
      const me = understood(
        ownerSchema,
        await ask({ operation: 'profile', path: '/users/me', who: account }),
        'user',
      ).resource;
      of = me.current_organization ?? me.uri;
    }
    const types: EventTypeOfAccount[] = [];
    let page: string | null | undefined;
    for (let i = 0; i < MOST_PAGES; i++) {
      const words = new URLSearchParams({
        [of.includes('/organizations/') ? 'organization' : 'user']: of,
        active: 'true',
        count: '100',
        ...(page && { page_token: page }),
      });
      const answer = understood(
        listSchema,
        await ask({ operation: 'event-types', path: `/event_types?${words}`, who: account }),
        'event types',
      );
      for (const { uri, slug, name, duration, scheduling_url: url, profile, ...one } of answer.collection)
        if (URL.canParse(url)) {
          const path = pathOf(new URL(url));
          const isTeam = profile?.type === 'Team';
          types.push({
            uri,
            slug: slug ?? path.split('/').at(-1) ?? '',
            minutes: duration,
            path,
            owner: isTeam ? '' : (profile?.owner ?? ''),
            isTeam,
            isShared: one.kind === 'group' || one.pooling_type === 'round_robin',
            title: name ?? '',
            host: profile?.name ?? '',
            locations: (one.locations ?? []).map(({ kind }) => kind),
          });
        }
      page = answer.pagination?.next_page_token;
      if (!page) break;
    }
    return types;
  }

  const known = knownList({ memory, now, item: typeSchema, list });

  async function find(fits: (type: EventTypeOfAccount) => boolean): Promise<EventType | null> {
    const [type] = await known(fits);
    return type
      ? {
          key: `${account} ${type.path}`,
          id: type.uri,
          slug: type.slug,
          query: { uri: type.uri, minutes: String(type.minutes) },
          hosting: {
            // Who is in a team would cost a call for each.
            hosts: [type.isTeam ? ANY_HOST : type.owner].filter(Boolean),
            organization: '',
            team: type.isTeam ? 'yes' : 'no',
            isShared: type.isShared,
          },
        }
      : null;
  }

  async function window({ query }: EventType, { from, to }: Span, caller: Caller): Promise<FetchedSpan> {
    const begin = Math.max(from, now() + AHEAD);
    // The last minute of a window is as good as over, and a range that ends before it begins is refused.
    if (begin >= to) return { from, to, slots: [], at: now() };
    const words = new URLSearchParams({
      event_type: query['uri'] ?? '',
      start_time: new Date(begin).toISOString(),
      end_time: new Date(to).toISOString(),
    });
    const body = await ask({ operation: 'slots', path: `/event_type_available_times?${words}`, ...caller });
    const length = Number(query['minutes']) * MINUTE_MS;
    const slots = new Map<number, Slot>();
    for (const { status, start_time: start, scheduling_url: url } of understood(timesSchema, body, 'times')
      .collection) {
      const begins = Date.parse(start);
      // Neighbouring windows both have the time at their border.
      if (status !== 'available' || begins < from || begins >= to) continue;
      slots.set(begins, {
        start,
        end: new Date(begins + length).toISOString(),
        ...(url !== undefined && { url }),
      });
    }
    return { from, to, slots: [...slots].sort(([a], [b]) => a - b).map(([, slot]) => slot), at: now() };
  }

  async function windows(
    event: EventType,
    { from, to }: Span,
    caller: Caller,
    longest: number,
  ): Promise<FetchedSpan[]> {
    const spans: Span[] = [];
    for (let start = from; start < to; start += longest)
      spans.push({ from: start, to: Math.min(to, start + longest) });
    const answers = spans.map(async (span, i): Promise<FetchedSpan[]> => {
      const own = onBehalfOf(caller, i === 0);
      try {
        return [await window(event, span, own)];
      } catch (cause) {
        if (!(cause instanceof UpstreamFailure)) throw cause;
        if (cause.code === 'refused' && cause.status === 400 && span.to - span.from > SMALL_WINDOW)
          return windows(event, span, own, SMALL_WINDOW);
        return [{ ...span, failure: cause }];
      }
    });
    return (await Promise.all(answers)).flat();
  }

  const times: Upstream['times'] = async (event, span, caller) => {
    const answers = await windows(event, span, caller, WINDOW);
    const failures = answers.flatMap((answer) => ('failure' in answer ? [answer.failure] : []));
    const [first] = failures;
    if (first && failures.length === answers.length) throw first;
    return answers;
  };

  const bookings = booking && calendlyBookings({ ask, times, ...booking });

  return {
    provider: 'calendly',
    account,
    ask,
    serves: (page) => isWithin(page, pages),
    eventAt: (page) => {
      const path = pathOf(page);
      return find((type) => type.path === path);
    },
    async details(event, caller) {
      const { id } = event;
      const [type] = await known(({ uri }) => uri === id);
      if (!type) return null;
      const { title, minutes, locations, host } = type;
      return {
        ...(title && { title }),
        minutes,
        ...(locations.length > 0 && { locations }),
        ...(host && type.isTeam && { host: { name: host } }),
        ...(bookings && { booking: await bookings.offer(event, caller) }),
      };
    },
    async host({ id }, caller) {
      const [type] = await known(({ uri }) => uri === id);
      const user = /\/users\/([\w-]{1,100})$/.exec(type?.owner ?? '')?.[1];
      if (!type || user === undefined) return null;
      const { resource } = understood(
        hostSchema,
        await ask({ operation: 'profile', path: `/users/${user}`, ...caller }),
        'user',
      );
      const { name, avatar_url: image, timezone: timeZone } = resource;
      return { name: name || type.host, ...(image && { image }), ...(timeZone && { timeZone }) };
    },
    eventById: (id) => find(({ uri }) => uri === id || uri.endsWith(`/event_types/${id}`)),
    times,
    ...(bookings && { bookings }),
  };
}
