import { Hono } from 'hono';
import { cors } from 'hono/cors';
import * as z from 'zod';
import { queryOf, type Env } from './http.js';
import { KNOBS, KNOB_NAMES, matches } from './knobs.js';
import type { Service } from './service.js';

const setting = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const controlSchema = z.strictObject({
  match: z.string().default('*'),
  knobs: z.partialRecord(z.enum(KNOB_NAMES), setting).default({}),
  webhooks: z
    .array(
      z.strictObject({
        url: z.url(),
        secret: z.string().optional(),
        style: z.enum(['cal', 'calendly']).optional(),
      }),
    )
    .optional(),
});

const resetSchema = z.object({ match: z.string().default('*') });

const written = (value: z.infer<typeof setting>): string | null => {
  if (value === null || value === false) return null;
  return value === true ? '1' : String(value);
};

/**
 * The routes with which the failure lab and the tests control the service, the same on every provider:
 * `GET /__control` what is set and which knobs there are · `POST` `{match?, knobs?, webhooks?}` sets · `POST
 * /__control/reset` `{match?}` resets everything but bookings · `GET|DELETE /__control/log?match=` requests seen ·
 * `GET|DELETE /__control/bookings?match=`.
 */
export function controlRoutes(service: Service): Hono<Env> {
  const { board, bookings, limits, requests, reservations, webhooks } = service;
  const app = new Hono<Env>();
  app.use(
    '*',
    cors({ origin: '*', allowMethods: ['GET', 'POST', 'DELETE'], allowHeaders: ['Content-Type'] }),
  );

  app.get('/', (c) => c.json({ knobs: KNOBS, set: board.all() }));

  app.post('/', async (c) => {
    const asked = controlSchema.safeParse(await c.req.json().catch(() => null));
    if (!asked.success) return c.json({ error: z.prettifyError(asked.error) }, 400);
    const { match, knobs, webhooks: subscriptions } = asked.data;
    const changes = Object.fromEntries(Object.entries(knobs).map(([name, value]) => [name, written(value)]));
    if (subscriptions) {
      webhooks.subscribe(
        match,
        subscriptions.map(({ url, secret, style }) => ({
          url,
          ...(secret && { secret }),
          ...(style && { style }),
        })),
      );
    }
    return c.json({ match, knobs: board.set(match, changes) });
  });

  app.post('/reset', async (c) => {
    const asked = resetSchema.safeParse(await c.req.json().catch(() => ({})));
    const match = asked.success ? asked.data.match : '*';
    board.reset(match);
    webhooks.reset(match);
    requests.clear(match);
    reservations.clear((key) => matches(match, key));
    limits.clear((caller) => match === '*' || caller.endsWith(` ${match}`));
    return c.json({ match });
  });

  app.get('/log', (c) => c.json(requests.list(queryOf(c).get('match') ?? '*')));
  app.delete('/log', (c) => {
    requests.clear(queryOf(c).get('match') ?? '*');
    return c.body(null, 204);
  });

  app.get('/bookings', (c) => {
    const match = queryOf(c).get('match') ?? '*';
    return c.json(bookings.list(({ key }) => matches(match, key)));
  });
  app.delete('/bookings', async (c) => {
    const match = queryOf(c).get('match') ?? '*';
    return c.json({ removed: await bookings.remove(({ key }) => matches(match, key)) });
  });
  return app;
}
