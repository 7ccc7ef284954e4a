import type { Context, MiddlewareHandler } from 'hono';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { clientName } from './client-address.js';
import type { Env } from './env.js';
import { Problem, retryAfter } from './problem.js';

/** What is known of a client; written nowhere. */
interface Caller {
  /** As the socket has it. */
  readonly address: string | undefined;
  /** `X-Forwarded-For` */
  readonly forwarded: string | undefined;
}

/**
 * Names the client, for limits only. Behind `proxies` reverse proxies that many last entries of `X-Forwarded-For` were
 * written by them, and the first of those is the client; what stands before can be forged.
 */
export function clientOf({ address: direct, forwarded }: Caller, proxies: number): string {
  const address = (proxies > 0 ? forwardedBy(forwarded ?? '', proxies) : undefined) ?? direct ?? 'unknown';
  // What is no address must not fill the memory.
  return clientName(address) ?? address.slice(0, 64);
}

function forwardedBy(header: string, proxies: number): string | undefined {
  const entries = header
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
  return entries.at(-Math.min(proxies, entries.length || 1));
}

export const callerOf = (c: Context<Env>): Caller => ({
  address: (c.env as Env['Bindings'] | undefined)?.address,
  forwarded: c.req.header('x-forwarded-for'),
});

interface LimitOptions {
  /** Requests of one client in a minute. */
  readonly perMinute: number;
  readonly proxies: number;
}

export interface ClientLimits {
  /** Counts a request; gives the milliseconds after which it is welcome if it is one too many. */
  admit(caller: Caller): Promise<number | undefined>;
  /** Refuses what is one too many. */
  readonly middleware: MiddlewareHandler<Env>;
}

/** Refuses clients that ask too often. Counted in this process: it protects it, and costs no query. */
export function limitClients({ perMinute, proxies }: LimitOptions): ClientLimits {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });

  async function admit(caller: Caller): Promise<number | undefined> {
    try {
      await limiter.consume(clientOf(caller, proxies));
      return undefined;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return refused.msBeforeNext;
      throw refused;
    }
  }

  return {
    admit,
    async middleware(c, next) {
      const wait = await admit(callerOf(c));
      if (wait !== undefined)
        throw new Problem({
          status: 429,
          code: 'too-many-requests',
          detail: `No client may ask more than ${perMinute} times a minute.`,
          headers: retryAfter(wait),
        });
      await next();
    },
  };
}
