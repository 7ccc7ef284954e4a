import { LRUCache } from 'lru-cache';
import {
  EVENT_MISSING_MS,
  TIMES_FIRST_RETRY_MS,
  TIMES_LAST_RETRY_MS,
  TIMES_LEASE_MS,
  TIMES_MAX_WAIT_MS,
  TIMES_MIN_BACK_OFF_MS,
  TIMES_STORE_RETRY_MS,
} from '../durations.js';
import type { Span } from '../../scheduling/local-days.js';
import type { Context } from '../feature.js';
import { LeaseTaken, withLease } from '../store/leases.js';
import { isStoreFailure } from '../store-failure.js';
import { isAhead } from '../upstreams/clock-step.js';
import { ROOM } from '../upstreams/room-in-budget.js';
import { UpstreamFailure, type EventType, type FailureName, type Upstream } from '../upstreams/upstream.js';
import { assemble, BESIDE, gapOf, isUsable, withDue, type AssembledTimes } from './assemble-times.js';
import { readDays, writeDays } from './known-days.js';
import type { AvailabilityTables } from './schema.js';

/** Times of a stretch, and how they were found. */
export interface Found extends AssembledTimes {
  /** Why these times are older than they should be. */
  readonly failure?: UpstreamFailure;
  /** No request to the upstream was waited for. */
  readonly known: boolean;
}

export interface TimesOptions {
  /** No visitor waits for it. */
  readonly background?: boolean;
}

interface FetchOptions extends TimesOptions {
  /** Waits for room in the budget. */
  readonly patient?: boolean;
}

/** Maximum number of requests after which the response is used although something was booked meanwhile. */
const MAX_ROUNDS = 4;

/** Maximum number of unknown event types kept in the back-off cache. */
const MAX_BACKED_OFF = 2000;

/** Maximum back-off of all unknown event types of an account when their share of the budget is used, in milliseconds. */
const MAX_SHARED_BACK_OFF = 2000;

/** Slots of all event types, fetched once for all clients. */
export class Times {
  readonly #context: Context;
  readonly #underWay = new Map<string, Promise<void>>();
  /** Back-off of event types that never had slots: not worth a row, because names can be made up. */
  readonly #backOff = new LRUCache<string, { readonly failure: FailureName; readonly until: number }>({
    max: MAX_BACKED_OFF,
  });

  constructor(context: Context) {
    this.#context = context;
  }

  /**
   * The times of a stretch. Rejects with an `UpstreamFailure` when not even its beginning is known and the upstream does
   * not say.
   */
  async find(upstream: Upstream, event: EventType, wanted: Span, options: TimesOptions = {}): Promise<Found> {
    const { store, now } = this.#context;
    const deadline = performance.now() + TIMES_MAX_WAIT_MS;
    for (let round = 0; ; round++) {
      const days = await readDays(store, event.key, wanted);
      const gap = gapOf(days, wanted, now());
      if (!gap) return { ...assemble(days, wanted, now()), known: round === 0 };
      // Bookings that come faster than responses must not keep a request waiting for ever.
      if (round >= MAX_ROUNDS && assemble(days, wanted, now()).to > wanted.from)
        return { ...assemble(days, wanted, now()), known: false };
      if (isUsable(days, wanted, now())) {
        this.#fetchOnce(upstream, event, wanted, options).catch(() => undefined); // requests that need the response wait for it
        return { ...assemble(days, wanted, now()), known: true };
      }
      // Who has older slots to show is better off with these than with a wait.
      const patient = !options.background && assemble(days, wanted, now()).to === wanted.from;
      try {
        if (performance.now() > deadline)
          throw new UpstreamFailure('busy', 'the answer took too long', TIMES_FIRST_RETRY_MS);
        await this.#fetchOnce(upstream, event, wanted, { ...options, patient });
      } catch (error) {
        const cause = isStoreFailure(error)
          ? new UpstreamFailure('store', 'the store cannot be written', TIMES_STORE_RETRY_MS, {
              cause: error,
            })
          : error;
        if (!(cause instanceof UpstreamFailure) || cause.code === 'not-found') throw cause;
        const known = await readDays(store, event.key, wanted);
        const found = assemble(known, wanted, now());
        if (found.to === wanted.from) throw cause;
        return { ...found, failure: cause, known: false };
      }
    }
  }

  /** One request at a time for one event type in this process; the others wait for it and re-read the store. */
  #fetchOnce(upstream: Upstream, event: EventType, wanted: Span, options: FetchOptions): Promise<void> {
    const name = `${options.patient === true} ${event.key}`;
    const underWay = this.#underWay.get(name);
    if (underWay) {
      this.#countShared(upstream);
      return underWay;
    }
    const asking = this.#fetchWithLease(upstream, event, wanted, options).finally(() =>
      this.#underWay.delete(name),
    );
    this.#underWay.set(name, asking);
    return asking;
  }

  /** Serialised across instances by a lease; the others re-read the store when it is released. */
  async #fetchWithLease(
    upstream: Upstream,
    event: EventType,
    wanted: Span,
    options: FetchOptions,
  ): Promise<void> {
    const { store, instance, now, closing } = this.#context;
    await this.#checkBackOff(upstream, event); // a request that has to wait needs no lease
    const lease = {
      name: `times ${event.key}`,
      owner: instance,
      ms: TIMES_LEASE_MS,
      patience: TIMES_MAX_WAIT_MS,
      signal: closing,
    };
    await withLease(store, lease, async () => {
      // Another instance may have fetched the same meanwhile.
      const around = { from: wanted.from - BESIDE, to: wanted.to + BESIDE };
      const days = await readDays(store, event.key, around);
      const gap = gapOf(days, wanted, now());
      if (gap)
        await this.#ask(upstream, event, upstream.isOneCall ? withDue(days, gap, now()) : gap, options);
      else this.#countShared(upstream);
    }).catch((cause: unknown) => {
      throw cause instanceof LeaseTaken
        ? new UpstreamFailure('busy', 'another instance waits for the answer', TIMES_FIRST_RETRY_MS)
        : cause;
    });
  }

  /** A request was not sent, because another one had the answer. */
  #countShared({ account }: Upstream): void {
    this.#context.upstreams.calls.add({ account, operation: 'slots', outcome: 'shared', ms: 0 });
  }

  async #ask(
    upstream: Upstream,
    event: EventType,
    gap: Span,
    { background = false, patient = false }: FetchOptions,
  ): Promise<void> {
    const { store, now } = this.#context;
    const proven = await this.#checkBackOff(upstream, event);
    const asked = now();
    try {
      const who = proven ? event.key : NEW;
      const answers = await upstream.times(event, gap, { who, background, patient });
      await writeDays(store, event.key, answers, asked);
      await this.#note(upstream, event, {
        proven: 1,
        missing_until: 0,
        failures: 0,
        failure: '',
        retry_at: 0,
      });
      const [beginning] = answers;
      if (beginning && 'failure' in beginning) throw beginning.failure;
    } catch (cause) {
      if (cause instanceof UpstreamFailure && cause.code !== 'store')
        await this.#noteFailure(upstream, event, cause, proven);
      throw cause;
    }
  }

  /** Whether it ever had slots. Throws while a back-off lasts. */
  async #checkBackOff({ account }: Upstream, { key }: EventType): Promise<boolean> {
    const { store, now } = this.#context;
    const row = await store
      .tables<AvailabilityTables>()
      .selectFrom('availability_event')
      .selectAll()
      .where('event', '=', key)
      .executeTakeFirst();
    if (isAhead(row?.missing_until ?? 0, now(), EVENT_MISSING_MS))
      throw new UpstreamFailure('not-found', 'there is no such event type', EVENT_MISSING_MS);
    const isProven = row?.proven === 1;
    const stored = row && { failure: row.failure as FailureName, until: row.retry_at };
    const backOffs = isProven ? [] : [this.#backOff.get(key), this.#backOff.get(`${account} ${NEW}`)];
    for (const each of [stored, ...backOffs])
      if (each && isAhead(each.until, now(), TIMES_LAST_RETRY_MS))
        throw new UpstreamFailure(each.failure, 'the upstream failed a moment ago', each.until - now());
    return isProven;
  }

  async #noteFailure(
    upstream: Upstream,
    event: EventType,
    { code, wait: asked }: UpstreamFailure,
    proven: boolean,
  ): Promise<void> {
    const { store, now } = this.#context;
    if (code === 'not-found') {
      await this.#note(upstream, event, { missing_until: now() + EVENT_MISSING_MS });
      return;
    }
    if (/^(budget|busy|open|rate-limited)$/.test(code)) {
      // Not a failure: there is a moment from which on it may be requested, or may wait until there is room.
      const until =
        now() +
        Math.min(
          code === 'budget' ? Math.max(TIMES_MIN_BACK_OFF_MS, asked - ROOM.patience) : asked,
          TIMES_LAST_RETRY_MS,
        );
      if (proven) await this.#note(upstream, event, { failure: code, retry_at: until });
      else this.#backOff.set(event.key, { failure: code, until });
      if (!proven && code === 'budget')
        this.#backOff.set(`${upstream.account} ${NEW}`, {
          failure: code,
          until: Math.min(until, now() + MAX_SHARED_BACK_OFF),
        });
      return;
    }
    const row = await store
      .tables<AvailabilityTables>()
      .selectFrom('availability_event')
      .select('failures')
      .where('event', '=', event.key)
      .executeTakeFirst();
    const failures = (row?.failures ?? 0) + 1;
    const pause = Math.min(TIMES_LAST_RETRY_MS, TIMES_FIRST_RETRY_MS * 2 ** (failures - 1));
    await this.#note(upstream, event, { failures, failure: code, retry_at: now() + pause });
  }

  async #note(
    { account, provider }: Upstream,
    { key, id, slug, query, hosting }: EventType,
    change: Partial<AvailabilityTables['availability_event']>,
  ): Promise<void> {
    const { store, now } = this.#context;
    const db = store.tables<AvailabilityTables>();
    const set = {
      type_id: id,
      slug,
      query: JSON.stringify(query),
      hosting: hosting ? JSON.stringify(hosting) : '',
      team: hosting?.team ?? '',
      asked_at: now(),
      ...change,
    };
    if (hosting && hosting.hosts.length > 0)
      await db
        .insertInto('availability_host')
        .values(hosting.hosts.map((host) => ({ provider, host, event: key })))
        .onConflict((conflict) => conflict.columns(['provider', 'host', 'event']).doNothing())
        .execute();
    await db
      .insertInto('availability_event')
      .values({
        event: key,
        account,
        provider,
        proven: 0,
        missing_until: 0,
        failures: 0,
        failure: '',
        retry_at: 0,
        ...set,
      })
      .onConflict((conflict) => conflict.column('event').doUpdateSet(set))
      .execute();
  }
}

/** Event types that never had slots use one share of the budget together: junk names cannot use it up. */
const NEW = 'new event types';
