import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';

/** Lets the pages that carry widgets ask: all, or those of the listed origins. Never with cookies. */
export const allowOrigins = (origins: readonly string[]): MiddlewareHandler =>
  cors({
    origin: origins.includes('*') ? '*' : [...origins],
    allowMethods: ['GET', 'HEAD', 'POST', 'OPTIONS'],
    exposeHeaders: ['Retry-After', 'ETag', 'Age', 'Cache-Status'],
    maxAge: 86_400,
  });
