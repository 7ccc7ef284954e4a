import * as z from 'zod';
import type { Slot } from '../../protocol/availability.js';
import { isWithin, partsOf, type PagePrefix } from './pages.js';
import { UpstreamFailure, type Ask, type EventType, type Upstream } from './upstream.js';

interface CalComOptions {
  readonly account: string;
  readonly ask: Ask;
  /** Pages that this account serves; without any, all of the hosted Cal.com's. */
  readonly pages: readonly PagePrefix[];
  readonly now: () => number;
}

const VERSION = { 'cal-api-version': '2024-09-04' };

/** Pages whose path looks like a person's or a team's event type and is something else. */
const NO_EVENT = /^(org|d|forms|routing-forms|booking|reschedule|video)$/;

const HOSTED = /^(?:(?:app|www)\.|([\w-]+)\.)?cal\.com\.?$/;

/** `undefined` for a host that is not Cal.com's own, '' for one without an organisation. */
const organizationOf = ({ hostname }: URL): string | undefined => {
  const match = HOSTED.exec(hostname);
  return match ? (match[1] ?? '') : undefined;
};

const instant = z
  .string()
  .max(40)
  .refine((text) => !Number.isNaN(Date.parse(text)), 'must be an instant');
const slotsSchema = z.object({
  data: z.record(z.string(), z.array(z.object({ start: instant, end: instant.optional() })).max(2000)),
});

/** Slots of an answer, sorted, each start once. Throws a `UpstreamFailure` for what is no such answer. */
function readSlots(body: unknown): Slot[] {
  const { success, data } = slotsSchema.safeParse(body);
  if (!success)
    throw new UpstreamFailure('not-understood', 'the answer holds no times as Cal.com writes them');
  const slots = new Map<number, Slot>();
  for (const { start, end } of Object.values(data.data).flat())
    slots.set(Date.parse(start), { start, ...(end !== undefined && { end }) });
  return [...slots].sort(([a], [b]) => a - b).map(([, slot]) => slot);
}

/** A part of a path as it was before it was encoded; null for one that is encoded wrongly. */
function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** Cal.com's API v2, with a key or without. */
export function calCom({ account, ask, pages, now }: CalComOptions): Upstream {
  const event = (query: Readonly<Record<string, string>>): EventType => ({
    key: `${account} ${new URLSearchParams(query)}`,
    id: query['eventTypeId'] ?? '',
    slug: query['eventTypeSlug'] ?? '',
    query,
  });

  /** The slots API wants event types addressed by names; what the path says is all there is. */
  function eventOf(page: URL): EventType | null {
    const organization = organizationOf(page) ?? '';
    const parts = partsOf(page).map(decoded);
    if (parts.at(-1) === 'embed') parts.pop();
    const isTeam = parts[0] === 'team';
    if (isTeam) parts.shift();
    const [owner, slug, more] = parts;
    if (!owner || !slug || more !== undefined || (!isTeam && NO_EVENT.test(owner))) return null;
    const people = owner.split('+');
    // The API takes several people only within an organisation.
    if (people.length > 1 && (isTeam || !organization)) return null;
    const duration = page.searchParams.get('duration') ?? '';
    return event({
      ...(isTeam
        ? { teamSlug: owner }
        : people.length > 1
          ? { usernames: people.join(',') }
          : { username: owner }),
      ...(people.length === 1 && { eventTypeSlug: slug }),
      ...(organization && { organizationSlug: organization }),
      ...(/^\d{1,4}$/.test(duration) && { duration }),
    });
  }

  return {
    provider: 'cal',
    account,
    ask,

    serves: (page) => (pages.length > 0 ? isWithin(page, pages) : organizationOf(page) !== undefined),

    eventAt: (page) => Promise.resolve(eventOf(page)),

    eventById: (id) => Promise.resolve(/^\d{1,15}$/.test(id) ? event({ eventTypeId: id }) : null),

    async times({ query }, { from, to }, asker) {
      const words = new URLSearchParams({
        ...query,
        start: new Date(from).toISOString(),
        // The API includes the end, and takes midnight UTC for the end of the day that begins then.
        end: new Date(to - 1).toISOString(),
        format: 'range',
      });
      const slots = readSlots(await ask({ path: `/v2/slots?${words}`, headers: VERSION, ...asker }));
      return [{ from, to, slots, at: now() }];
    },
  };
}
