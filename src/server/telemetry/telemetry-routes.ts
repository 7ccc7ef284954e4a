import { Hono } from 'hono';
import type { Feature, Context } from '../feature.js';
import type { Env } from '../http/env.js';
import { requireToken } from '../http/token.js';
import type { Telemetry } from './telemetry.js';

/** `GET /metrics`: this instance's figures as Prometheus reads them. */
export function telemetryFeature({ settings }: Context, telemetry: Telemetry): Feature {
  const routes = new Hono<Env>();
  routes.get('/metrics', requireToken(settings.token), async (c) =>
    c.body(await telemetry.prometheus(), 200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }),
  );
  return { name: 'telemetry', routes, answered: telemetry.answered, stop: () => telemetry.close() };
}
