const WINDOW = 60_000;
const BLOCKED = 60_000;

interface Bucket {
  since: number;
  hits: number;
  blockedUntil: number;
}

/** A client's remaining requests. `reset` is in seconds. */
export interface Allowance {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly reset: number;
}

const secondsTo = (instant: number, now: number): number => Math.max(0, Math.ceil((instant - now) / 1000));

/** Allows `limit` requests per minute and client; the next request blocks the client for a minute. */
export class RateLimit {
  readonly #buckets = new Map<string, Bucket>();

  take(caller: string, now: number, limit = 120): Allowance {
    let bucket = this.#buckets.get(caller);
    if (bucket && now < bucket.blockedUntil) {
      return { allowed: false, limit, remaining: 0, reset: secondsTo(bucket.blockedUntil, now) };
    }
    if (!bucket || bucket.blockedUntil > 0 || now - bucket.since >= WINDOW) {
      bucket = { since: now, hits: 0, blockedUntil: 0 };
      this.#buckets.set(caller, bucket);
    }
    bucket.hits += 1;
    if (bucket.hits > limit) {
      bucket.blockedUntil = now + BLOCKED;
      return { allowed: false, limit, remaining: 0, reset: secondsTo(bucket.blockedUntil, now) };
    }
    return {
      allowed: true,
      limit,
      remaining: limit - bucket.hits,
      reset: secondsTo(bucket.since + WINDOW, now),
    };
  }

  clear(match: (caller: string) => boolean): void {
    for (const caller of this.#buckets.keys()) if (match(caller)) this.#buckets.delete(caller);
  }
}
