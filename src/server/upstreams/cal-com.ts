import * as z from 'zod';
import { CAL_AHEAD_MS } from '../durations.js';
import type { Slot } from '../../protocol/availability.js';
import { canonicalHost, eventPath } from '../../scheduling/page-address.js';
import { isWithin, type PagePrefix } from './pages.js';
import { EVENT_TYPES_VERSION, readDetails, type CalDetails } from './cal-com-details.js';
import {
  UpstreamFailure,
  type Ask,
  type Caller,
  type EventType,
  type Hosting,
  type Upstream,
} from './upstream.js';

interface CalComOptions {
  readonly account: string;
  readonly ask: Ask;
  /** Pages that this account serves; without any, all of the hosted Cal.com's. */
  readonly pages: readonly PagePrefix[];
  readonly now: () => number;
  readonly hasKey?: boolean;
}

const VERSION = { 'cal-api-version': '2024-09-04' };

/** Pages whose path looks like a person's or a team's event type and is something else. */
const NO_EVENT = /^(org|d|forms|routing-forms|booking|reschedule|video)$/;

const HOSTED = /^(?:([\w-]+)\.)?cal\.(?:com|eu)$/;

/** `undefined` for a host that is not Cal.com's own, '' for one without an organisation. */
export const organizationOf = (page: URL): string | undefined => {
  const match = HOSTED.exec(canonicalHost(page));
  return match ? (match[1] ?? '') : undefined;
};

/** The API that is asked without configuration knows these pages alone; `cal.eu` has an API of its own. */
const isHostedInUs = (page: URL): boolean =>
  organizationOf(page) !== undefined && canonicalHost(page).endsWith('cal.com');

const instant = z
  .string()
  .max(40)
  .refine((text) => !Number.isNaN(Date.parse(text)), 'must be an instant');
const slotSchema = z.object({ start: instant, end: instant.optional() });
/** PHP-like proxies and older versions write "nothing" as an empty list, and a day without slots as null. */
const slotsSchema = z.object({
  data: z.union([
    z.record(z.string(), z.unknown()),
    z
      .array(z.unknown())
      .max(0)
      .transform(() => ({})),
  ]),
});

const notUnderstood = (): UpstreamFailure =>
  new UpstreamFailure('not-understood', 'the answer holds no times as Cal.com writes them');

/**
 * Slots of an answer, sorted, each start once. A day that cannot be read has none, as long as another day can be read.
 * Throws an `UpstreamFailure` for an answer in which nothing can be read.
 */
function readSlots(body: unknown): Slot[] {
  const { success, data } = slotsSchema.safeParse(body);
  if (!success) throw notUnderstood();
  const days = Object.values(data.data).filter((day) => day !== null);
  const slots = new Map<number, Slot>();
  let isAnyDayRead = days.length === 0;
  for (const day of days) {
    if (!Array.isArray(day) || day.length > 2000) continue;
    const read = day.flatMap((entry: unknown) => slotSchema.safeParse(entry).data ?? []);
    if (read.length === 0 && day.length > 0) continue;
    isAnyDayRead = true;
    for (const { start, end } of read)
      slots.set(Date.parse(start), { start, ...(end !== undefined && { end }) });
  }
  if (!isAnyDayRead) throw notUnderstood();
  return [...slots].sort(([a], [b]) => a - b).map(([, slot]) => slot);
}

const MINUTES = /^(\d{1,4})(?:min)?$/;

/** What webhooks call the hosts behind an address. Of an event type that is addressed by its id nothing is known. */
function hostingOf(query: Readonly<Record<string, string>>): Hosting | undefined {
  const { username, usernames, teamSlug, organizationSlug } = query;
  if (username === undefined && usernames === undefined && teamSlug === undefined) return undefined;
  return {
    hosts: (usernames?.split(',') ?? (username === undefined ? [] : [username])).map(encodeURIComponent),
    organization: organizationSlug ?? '-',
    team: teamSlug === undefined ? 'no' : 'yes',
    // Teams have round robin more often than not, and the address does not say.
    isShared: teamSlug !== undefined,
  };
}

/** Cal.com's API v2, with a key or without. */
export function calCom({ account, ask, pages, now, hasKey = false }: CalComOptions): Upstream {
  const event = (query: Readonly<Record<string, string>>): EventType => {
    const hosting = hostingOf(query);
    return {
      key: `${account} ${new URLSearchParams(query)}`,
      id: query['eventTypeId'] ?? '',
      slug: query['eventTypeSlug'] ?? '',
      query,
      ...(hosting && { hosting }),
    };
  };

  /** The slots API wants event types addressed by names; what the path says is all there is. */
  function eventOf(page: URL): EventType | null {
    const organization = organizationOf(page) ?? '';
    const parts = eventPath(page);
    const isTeam = parts[0] === 'team';
    if (isTeam) parts.shift();
    const [owner, slug, more] = parts;
    const people = owner?.split(/[+ ]/).filter(Boolean) ?? [];
    const [first] = people;
    if (!owner || !first || more !== undefined || (!isTeam && NO_EVENT.test(owner))) return null;
    const written = page.searchParams.get('duration') ?? '';
    if (people.length > 1) {
      // The API takes several people only within an organisation.
      if (isTeam || !organization) return null;
      // The path of a group may name the minutes (`alice+bob/45min`).
      const minutes = MINUTES.exec(written)?.[1] ?? MINUTES.exec(slug ?? '')?.[1];
      return event({
        usernames: people.join(','),
        organizationSlug: organization,
        ...(minutes !== undefined && { duration: minutes }),
      });
    }
    if (!slug) return null;
    return event({
      ...(isTeam ? { teamSlug: owner } : { username: first }),
      eventTypeSlug: slug,
      ...(organization && { organizationSlug: organization }),
      ...(/^\d{1,4}$/.test(written) && { duration: written }),
    });
  }

  /** Cal.com reads event types without a key for people, and by id only with one; a team's it reads in neither way. */
  async function details({ query }: EventType, caller: Caller): Promise<CalDetails | null> {
    const { username, usernames, eventTypeSlug, eventTypeId, organizationSlug } = query;
    const words = new URLSearchParams({
      ...(username !== undefined && { username }),
      ...(usernames !== undefined && { usernames }),
      ...(eventTypeSlug !== undefined && { eventSlug: eventTypeSlug }),
      ...(organizationSlug !== undefined && { orgSlug: organizationSlug }),
    });
    const path =
      eventTypeId !== undefined
        ? hasKey && `/v2/event-types/${eventTypeId}`
        : (username ?? usernames) !== undefined && `/v2/event-types?${words}`;
    return path
      ? readDetails(await ask({ operation: 'event-type', path, headers: EVENT_TYPES_VERSION, ...caller }))
      : null;
  }

  return {
    provider: 'cal',
    account,
    ask,
    details,
    isOneCall: true,

    serves: (page) => (pages.length > 0 ? isWithin(page, pages) : isHostedInUs(page)),

    eventAt: (page) => Promise.resolve(eventOf(page)),

    eventById: (id) => Promise.resolve(/^\d{1,15}$/.test(id) ? event({ eventTypeId: id }) : null),

    async times({ query }, { from, to }, caller) {
      // The API moves a start that has passed to now: behind the end, where the end is near.
      if (to <= now() + CAL_AHEAD_MS) return [{ from, to, slots: [], at: now() }];
      const words = new URLSearchParams({
        ...query,
        start: new Date(from).toISOString(),
        // The API includes the end, and takes midnight UTC for the end of the day that begins then.
        end: new Date(to - 1).toISOString(),
        format: 'range',
      });
      const slots = readSlots(
        await ask({ operation: 'slots', path: `/v2/slots?${words}`, headers: VERSION, ...caller }),
      );
      return [{ from, to, slots, at: now() }];
    },
  };
}
