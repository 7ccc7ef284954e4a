import { LRUCache } from 'lru-cache';
import * as z from 'zod';
import { DETAILS_KEPT_MS, DETAILS_MISSING_MS } from '../durations.js';
import type { EventDetails, HostProfile } from '../../protocol/event-details.js';
import { eventDetailsSchema } from '../../protocol/event-details-schema.js';
import { MAX_EVENT_AGE, MAX_HOST_AGE } from '../../scheduling/freshness.js';
import type { Context } from '../feature.js';
import type { Memory } from '../upstreams/known-list.js';
import { memoryOf } from '../upstreams/open-upstreams.js';
import { UpstreamFailure, type EventType, type Upstream } from '../upstreams/upstream.js';

/** All event types' details share one share of the budget: names can be made up. */
const WHO = 'event details';

export interface FoundDetails {
  readonly details: EventDetails;
  /** Milliseconds since 1970. */
  readonly freshUntil: number;
  /** Nothing had to be requested. */
  readonly known: boolean;
  /** Why the details are older than they should be. */
  readonly failure?: UpstreamFailure;
}

const hostSchema = z.object({
  at: z.number(),
  host: z
    .object({ name: z.string(), image: z.string().optional(), timeZone: z.string().optional() })
    .nullable(),
});

/** Details of event types, requested once for all visitors and instances. */
export class EventDetailsCache {
  readonly #context: Pick<Context, 'store' | 'closing' | 'now'>;
  readonly #memories = new Map<string, Memory>();
  readonly #missing = new LRUCache<string, number>({ max: 2000 });

  constructor(context: Pick<Context, 'store' | 'closing' | 'now'>) {
    this.#context = context;
  }

  /** Null where the service has none for this event type. Rejects with an `UpstreamFailure` when nothing is known. */
  async find(upstream: Upstream, event: EventType): Promise<FoundDetails | null> {
    const { now } = this.#context;
    const known = await this.#recall(upstream, event);
    if (known && known.fetchedAt + MAX_EVENT_AGE > now())
      return { details: known, freshUntil: known.fetchedAt + MAX_EVENT_AGE, known: true };
    if (!upstream.details || (this.#missing.get(event.key) ?? 0) > now()) return null;
    try {
      const details = await this.#fetch(upstream, event);
      if (!details) this.#missing.set(event.key, now() + DETAILS_MISSING_MS);
      return details && { details, freshUntil: details.fetchedAt + MAX_EVENT_AGE, known: false };
    } catch (cause) {
      if (!(cause instanceof UpstreamFailure) || cause.code === 'not-found' || !known) throw cause;
      return { details: known, freshUntil: known.fetchedAt + MAX_EVENT_AGE, known: true, failure: cause };
    }
  }

  #memory({ account }: Upstream): Memory {
    const memory = this.#memories.get(account) ?? memoryOf(this.#context, account);
    this.#memories.set(account, memory);
    return memory;
  }

  async #recall(upstream: Upstream, { key }: EventType): Promise<EventDetails | null> {
    const { success, data } = eventDetailsSchema.safeParse(await this.#memory(upstream).read(`event ${key}`));
    return success ? data : null;
  }

  #fetch(upstream: Upstream, event: EventType): Promise<EventDetails | null> {
    const { now } = this.#context;
    const memory = this.#memory(upstream);
    return memory.alone(`event ${event.key}`, async () => {
      const known = await this.#recall(upstream, event);
      if (known && known.fetchedAt + MAX_EVENT_AGE > now()) return known;
      const found = await upstream.details?.(event, { who: WHO });
      if (!found) return null;
      const host = found.host ?? (await this.#host(upstream, event, memory));
      const details: EventDetails = { ...found, v: 1, ...(host && { host }), fetchedAt: now() };
      await memory.write(`event ${event.key}`, details, DETAILS_KEPT_MS);
      return details;
    });
  }

  /** A profile that takes a call of its own is kept for an hour, and one that the provider does not return is left out. */
  async #host(upstream: Upstream, event: EventType, memory: Memory): Promise<HostProfile | null> {
    if (!upstream.host) return null;
    const { now } = this.#context;
    const name = `host ${event.hosting?.hosts.join(' ') ?? event.key}`;
    const { success, data } = hostSchema.safeParse(await memory.read(name));
    if (success && data.at + MAX_HOST_AGE > now()) return data.host as HostProfile | null;
    try {
      const host = await upstream.host(event, { who: WHO });
      await memory.write(name, { at: now(), host }, DETAILS_KEPT_MS);
      return host;
    } catch (cause) {
      if (!(cause instanceof UpstreamFailure)) throw cause;
      return success ? (data.host as HostProfile | null) : null;
    }
  }
}
