import { Hono } from 'hono';
import type { Feature, Context } from '../feature.js';
import { allowOrigins } from '../http/cors.js';
import type { Env } from '../http/env.js';
import { isKnownToClient } from '../http/known-to-client.js';
import { Problem } from '../http/problem.js';
import { UpstreamFailure } from '../upstreams/upstream.js';
import { addressedBy } from './availability-query.js';
import { problemOf } from './availability-routes.js';
import { EventDetailsCache, type FoundDetails } from './event-details.js';
import { etagOf } from './ready-answers.js';

/** Where details of an event type are requested. */
export const EVENT = '/v1/event';

/** How long an older response may be given out while a new one is fetched, in seconds. */
const REVALIDATE = 60;

function headersOf({ freshUntil, known, failure }: FoundDetails, now: number): Record<string, string> {
  const ttl = Math.floor((freshUntil - now) / 1000);
  const shared = failure ? 5 : Math.max(1, ttl);
  return {
    'Cache-Control': `public, max-age=0, s-maxage=${shared}, stale-while-revalidate=${REVALIDATE}, stale-if-error=86400`,
    'Cache-Status': known
      ? `booking-widget; hit; ttl=${ttl}${failure ? `; detail=${failure.code}` : ''}`
      : 'booking-widget; fwd=miss',
  };
}

/** `GET /v1/event`: title, length, host, price, places and seats of an event type, as far as its service says them. */
export function eventFeature(context: Context): Feature {
  const { settings, upstreams, now } = context;
  const cache = new EventDetailsCache(context);
  const routes = new Hono<Env>();
  routes.use(EVENT, allowOrigins(settings.origins));
  routes.get(EVENT, async (c) => {
    const { upstream, event, found } = await look(new URL(c.req.url).searchParams);
    if (!found)
      throw new Problem({
        status: 404,
        code: 'no-event-details',
        detail: `${upstream.provider} gives no details of this event type${event.hosting?.team === 'yes' ? ': it is a team’s' : ''}.`,
        headers: { 'Cache-Control': 'public, max-age=30' },
      });
    const body = JSON.stringify(found.details);
    const headers = {
      ...headersOf(found, now()),
      ETag: await etagOf(body),
      'Content-Type': 'application/json',
    };
    const isKnown = isKnownToClient(c.req.header('if-none-match'), headers.ETag);
    return isKnown ? c.body(null, 304, headers) : c.body(body, 200, headers);
  });

  async function look(query: URLSearchParams) {
    try {
      const { upstream, event } = await addressedBy(query, upstreams.all);
      return { upstream, event, found: await cache.find(upstream, event) };
    } catch (cause) {
      throw cause instanceof UpstreamFailure ? problemOf(cause) : cause;
    }
  }

  return { routes };
}
