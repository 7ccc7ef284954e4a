import type { Context, MiddlewareHandler } from 'hono';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Env } from './env.js';
import { Problem, retryAfter } from './problem.js';

/**
 * Who asks, for limits only: it is written nowhere. Behind `proxies` reverse proxies that many last entries of
 * `X-Forwarded-For` were written by them, and the first of those is the client; what stands before can be forged.
 */
export function clientOf(c: Context<Env>, proxies: number): string {
  const forwarded = (c.req.header('x-forwarded-for') ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
  const written = proxies > 0 ? forwarded.at(-Math.min(proxies, forwarded.length || 1)) : undefined;
  // A client that owns a network of IPv6 addresses is one client.
  const address = written ?? (c.env as Env['Bindings'] | undefined)?.address ?? 'unknown';
  return /^[\da-f:]+$/i.test(address) ? networkOf(address) : address;
}

function networkOf(address: string): string {
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  const rest = tail === undefined ? [] : tail.split(':').filter(Boolean);
  const full = [...groups, ...Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0'), ...rest];
  return `${full.slice(0, 4).join(':')}::/64`;
}

interface LimitOptions {
  /** Requests of one client in a minute. */
  readonly perMinute: number;
  readonly proxies: number;
}

/** Refuses clients that ask too often. Counted in this process: it protects it, and costs no query. */
export function limitClients({ perMinute, proxies }: LimitOptions): MiddlewareHandler<Env> {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return async (c, next) => {
    try {
      await limiter.consume(clientOf(c, proxies));
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      throw new Problem({
        status: 429,
        code: 'too-many-requests',
        detail: `No client may ask more than ${perMinute} times a minute.`,
        headers: retryAfter(refused.msBeforeNext),
      });
    }
    await next();
  };
}
