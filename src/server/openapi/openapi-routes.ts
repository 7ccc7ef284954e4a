import { Hono } from 'hono';
import { etagOf } from '../availability/ready-answers.js';
import type { Feature } from '../feature.js';
import type { Env } from '../http/env.js';
import { isKnownToClient } from '../http/known-to-client.js';
import { openApiDocument } from './document.js';

/** `GET /v1/openapi.json`: the description of every route, for anybody and any page. */
export function openApiFeature(): Feature {
  const routes = new Hono<Env>();
  let made: { readonly body: string; readonly etag: string } | undefined;
  async function document(): Promise<{ readonly body: string; readonly etag: string }> {
    if (made) return made;
    const body = JSON.stringify(openApiDocument());
    return (made = { body, etag: await etagOf(body) });
  }
  routes.get('/v1/openapi.json', async (c) => {
    const { body, etag } = await document();
    const headers = {
      ETag: etag,
      'Content-Type': 'application/json',
      'Cache-Control': 'public, max-age=3600',
      'Access-Control-Allow-Origin': '*',
      'X-Content-Type-Options': 'nosniff',
    };
    const isKnown = isKnownToClient(c.req.header('if-none-match'), etag);
    return isKnown ? c.body(null, 304, headers) : c.body(body, 200, headers);
  });
  return { name: 'openapi', routes };
}
