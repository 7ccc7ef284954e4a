import { Hono } from 'hono';
import type { Context, Feature } from '../feature.js';
import type { Env } from '../http/env.js';
import { Problem } from '../http/problem.js';
import { requireToken } from '../http/token.js';
import { addressedBy } from './availability-query.js';
import { AVAILABILITY } from './availability-routes.js';
import { purge, type PurgeTarget } from './purge.js';

/** Which slots a request or a command names. Throws a `Problem`. */
export async function purgeTarget(
  query: URLSearchParams,
  { upstreams }: Pick<Context, 'upstreams'>,
): Promise<PurgeTarget> {
  const [host, all] = [query.get('host'), query.get('all')];
  if (query.has('src') || query.has('eventType'))
    return { event: (await addressedBy(query, upstreams.all)).event.key };
  if (host) return { provider: query.get('provider') ?? 'cal', host };
  if (all === '1' || all === 'true') return { all: true };
  throw new Problem({
    status: 400,
    code: 'no-target',
    detail:
      'Say what to forget: `src` (the address of a scheduling page), `eventType` (its id), `host` (a user name, with `provider`), or `all=1`.',
  });
}

/** `DELETE /v1/availability`: stored slots are forgotten, and requested again when somebody looks. */
export function purgeFeature(context: Context): Feature {
  const routes = new Hono<Env>();
  routes.delete(AVAILABILITY, requireToken(context.settings.token), async (c) => {
    const target = await purgeTarget(new URL(c.req.url).searchParams, context);
    return c.json({ v: 1, eventTypes: (await purge(context, target)).length });
  });
  return { routes };
}
