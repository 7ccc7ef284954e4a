import * as z from 'zod';
import type { Slot } from '../../protocol/availability.js';
import type { Span } from '../../scheduling/local-days.js';
import { knownList, type Memory } from './known-list.js';
import { canonicalHost, canonicalName, pathParts } from '../../scheduling/page-address.js';
import { isWithin, type PagePrefix } from './pages.js';
import { readableEntries, understood } from './understood.js';
import {
  onBehalfOf,
  UpstreamFailure,
  type FetchedSpan,
  type Ask,
  type Caller,
  type EventType,
  type Upstream,
} from './upstream.js';

interface HubSpotOptions {
  readonly account: string;
  readonly ask: Ask;
  readonly memory: Memory;
  readonly pages: readonly PagePrefix[];
  readonly now: () => number;
}

const LINKS = '/scheduler/v3/meetings/meeting-links';

const MOST_PAGES = 20;

const text = z.string().max(2048);
const linksSchema = z.object({
  results: z.array(z.object({ id: text, slug: text, name: text.nullish() })),
  paging: z.object({ next: z.object({ after: text }).nullish() }).nullish(),
});
const timesSchema = z.object({
  linkAvailability: z.object({
    linkAvailabilityByDuration: z.record(
      z.string(),
      z.object({
        availabilities: readableEntries(
          z.object({ startMillisUtc: instant(), endMillisUtc: instant() }),
          5000,
        ),
      }),
    ),
  }),
});
const linkSchema = z.object({ id: z.string(), slug: z.string(), name: z.string() });
type MeetingLink = z.infer<typeof linkSchema>;

/** Milliseconds since 1970 that a date can hold. */
function instant(): z.ZodNumber {
  return z.int().min(0).max(8.64e15);
}

/** `ada/intro` at `https://meetings.hubspot.com/ada/intro`; elsewhere such pages lie in a folder `meetings`. */
function slugOf(page: URL): string {
  const parts = pathParts(page);
  const isOwnHost = /^meetings(-\w+)?\.hubspot\.com$/.test(canonicalHost(page));
  return (!isOwnHost && parts[0] === 'meetings' ? parts.slice(1) : parts).join('/');
}

/** Months since the year 0, in UTC. */
const monthOf = (at: number): number => {
  const date = new Date(at);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};

/** The first instant of a month so counted. */
const startOfMonth = (month: number): number => Date.UTC(Math.floor(month / 12), month % 12);

/** HubSpot's meetings API: scheduling pages by their path, times a month at a time. */
export function hubspot({ account, ask, memory, pages, now }: HubSpotOptions): Upstream {
  async function list(): Promise<MeetingLink[]> {
    const links: MeetingLink[] = [];
    let after: string | undefined;
    for (let i = 0; i < MOST_PAGES; i++) {
      const words = new URLSearchParams({ limit: '100', ...(after !== undefined && { after }) });
      const answer = understood(
        linksSchema,
        await ask({ operation: 'event-types', path: `${LINKS}?${words}`, who: account }),
        'links',
      );
      links.push(...answer.results.map(({ id, slug, name }) => ({ id, slug, name: name ?? '' })));
      after = answer.paging?.next?.after;
      if (after === undefined) break;
    }
    return links;
  }

  const known = knownList({ memory, now, item: linkSchema, list });

  async function find(fits: (link: MeetingLink) => boolean): Promise<EventType | null> {
    const [link] = await known(fits);
    return link
      ? { key: `${account} ${link.slug}`, id: link.id, slug: link.slug, query: { slug: link.slug } }
      : null;
  }

  async function month({ query }: EventType, { from, to }: Span, caller: Caller): Promise<FetchedSpan> {
    // A month that has ended since the range was made has a negative offset, which is refused.
    if (to <= now()) return { from, to, slots: [], at: now() };
    const words = new URLSearchParams({
      // Months are the zone's.
      timezone: 'UTC',
      monthOffset: String(monthOf(from) - monthOf(now())),
    });
    const path = `${LINKS}/book/availability-page/${encodeURIComponent(query['slug'] ?? '')}?${words}`;
    const { linkAvailability } = understood(
      timesSchema,
      await ask({ operation: 'slots', path, ...caller }),
      'times',
    );
    // Of several lengths the shortest: where a longer one fits, it fits too.
    const [shortest] = Object.entries(linkAvailability.linkAvailabilityByDuration).sort(
      ([a], [b]) => Number(a) - Number(b),
    );
    const slots = new Map<number, Slot>();
    for (const { startMillisUtc: start, endMillisUtc: end } of shortest?.[1].availabilities ?? [])
      if (start >= from && start < to)
        slots.set(start, { start: new Date(start).toISOString(), end: new Date(end).toISOString() });
    return { from, to, slots: [...slots].sort(([a], [b]) => a - b).map(([, slot]) => slot), at: now() };
  }

  return {
    provider: 'hubspot',
    account,
    ask,
    serves: (page) => isWithin(page, pages),
    eventAt: (page) => {
      const slug = slugOf(page);
      return find((link) => canonicalName(link.slug) === slug);
    },
    eventById: (id) => find((link) => link.id === id),
    async details({ id }) {
      const [link] = await known((one) => one.id === id);
      return link?.name ? { title: link.name } : null;
    },

    async times(event, { from, to }, caller) {
      const spans: Span[] = [];
      for (let start = from; start < to;) {
        const end = Math.min(to, startOfMonth(monthOf(start) + 1));
        spans.push({ from: start, to: end });
        start = end;
      }
      const answers = await Promise.all(
        spans.map((span, i) =>
          month(event, span, onBehalfOf(caller, i === 0)).catch((cause: unknown): FetchedSpan => {
            if (!(cause instanceof UpstreamFailure)) throw cause;
            return { ...span, failure: cause };
          }),
        ),
      );
      const failures = answers.flatMap((answer) => ('failure' in answer ? [answer.failure] : []));
      const [first] = failures;
      if (first && failures.length === answers.length) throw first;
      return answers;
    },
  };
}
