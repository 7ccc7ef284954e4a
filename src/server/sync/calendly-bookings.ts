import * as z from 'zod';
import { UpstreamFailure, type Upstream } from '../upstreams/upstream.js';
import { instant } from '../webhooks/delivery.js';
import type { Listed, ListBookings, ReadBooking } from './booking-list.js';

const PAGE = 100;

const uri = z.string().min(1).max(500);
const ownerSchema = z.object({ resource: z.object({ uri, current_organization: uri.optional() }) });
const eventSchema = z.object({
  uri,
  status: z.enum(['active', 'canceled']),
  start_time: instant,
  end_time: instant,
  event_type: uri.nullish().catch(undefined),
  event_memberships: z
    .array(z.object({ user: uri }))
    .max(100)
    .nullish()
    .catch(undefined),
  invitees_counter: z.object({ limit: z.number() }).nullish().catch(undefined),
  created_at: instant.nullish().catch(undefined),
  updated_at: instant.nullish().catch(undefined),
});
const pageSchema = z.object({
  collection: z.array(z.unknown()).max(1000),
  pagination: z.object({ next_page_token: z.string().max(2048).nullish() }).optional(),
});

/** Where a page begins: the provider's token, and what to fall back on when it is not taken any more. */
const cursorSchema = z.object({ token: z.string(), from: z.number() });

function listedOf(entry: unknown, account: string, asked: number): Listed | null {
  const { success, data } = eventSchema.safeParse(entry);
  if (!success) return null;
  const { created_at: created, updated_at: updated } = data;
  return {
    changedAt: updated ?? created ?? asked,
    observation: {
      provider: 'calendly',
      id: data.uri,
      source: 'sync',
      at: asked,
      state: data.status === 'canceled' ? 'cancelled' : 'accepted',
      start: data.start_time,
      end: data.end_time,
      account,
      ...(data.event_type && { eventType: data.event_type }),
      hosts: (data.event_memberships ?? []).map(({ user }) => user),
      isShared: (data.invitees_counter?.limit ?? 1) > 1,
      ...(typeof created === 'number' && { bookedAt: created }),
      ...(typeof updated === 'number' && { overAt: Math.min(updated, asked) }),
    },
  };
}

const isRefused = (cause: unknown, status: number): boolean =>
  cause instanceof UpstreamFailure && cause.code === 'refused' && cause.status === status;

/** Calendly's list of scheduled events, those of the organisation or, where the token may not see them, the user's. */
export function calendlyBookings(
  { ask, account }: Pick<Upstream, 'ask' | 'account'>,
  { now, owner }: { readonly now: () => number; readonly owner?: string | undefined },
): ListBookings {
  const caller = { who: 'sync', background: true };
  let whose = owner;

  async function ownerOf(of: 'organization' | 'user'): Promise<string> {
    const { success, data } = ownerSchema.safeParse(
      await ask({ operation: 'profile', path: '/users/me', ...caller }),
    );
    if (!success)
      throw new UpstreamFailure('not-understood', 'the answer holds no user as Calendly writes them');
    const { uri: user, current_organization: organization = user } = data.resource;
    return of === 'user' ? user : organization;
  }

  const page = async (from: number, to: number, token: string): Promise<unknown> => {
    whose ??= await ownerOf('organization');
    const words = new URLSearchParams({
      [whose.includes('/organizations/') ? 'organization' : 'user']: whose,
      min_start_time: new Date(from).toISOString(),
      max_start_time: new Date(to).toISOString(),
      sort: 'start_time:asc',
      count: String(PAGE),
      ...(token && { page_token: token }),
    });
    return ask({ operation: 'bookings', path: `/scheduled_events?${words}`, ...caller });
  };

  return async ({ from: first, to }, cursor) => {
    const { token, from } = cursor ? cursorSchema.parse(JSON.parse(cursor)) : { token: '', from: first };
    const asked = now();
    const answer = await page(token ? first : from, to, token).catch(async (cause: unknown) => {
      // A token that is too old: everything from the last booking that was had on.
      if (token && isRefused(cause, 400)) return page(from, to, '');
      if (owner === undefined && whose?.includes('/organizations/') && isRefused(cause, 403)) {
        whose = await ownerOf('user');
        return page(from, to, '');
      }
      throw cause;
    });
    const { success, data } = pageSchema.safeParse(answer);
    if (!success)
      throw new UpstreamFailure('not-understood', 'the answer holds no bookings as Calendly writes them');
    const listed = data.collection.flatMap((entry) => listedOf(entry, account, asked) ?? []);
    const next = data.pagination?.next_page_token;
    const reached = listed.at(-1)?.observation.start ?? from;
    return {
      listed,
      unreadable: data.collection.length - listed.length,
      next: next && data.collection.length > 0 ? JSON.stringify({ token: next, from: reached }) : null,
      total: null,
    };
  };
}

const oneSchema = z.object({ resource: z.unknown() });

/** One scheduled event by its URI. Only its last part is used: a URI could lead anywhere. */
export const calendlyBooking =
  ({ ask }: Pick<Upstream, 'ask'>, now: () => number): ReadBooking =>
  async (id) => {
    const uuid = /\/scheduled_events\/([\w-]{1,100})$/.exec(id)?.[1];
    if (uuid === undefined) return null;
    const asked = now();
    const answer = await ask({
      operation: 'bookings',
      path: `/scheduled_events/${uuid}`,
      who: 'bookings',
      background: true,
    });
    const found = listedOf(oneSchema.safeParse(answer).data?.resource, '', asked)?.observation;
    return found?.id === id ? found : null;
  };
