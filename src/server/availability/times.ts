import { LRUCache } from 'lru-cache';
import type { Slot } from '../../protocol/availability.js';
import type { Span } from '../../scheduling/local-days.js';
import type { Context } from '../feature.js';
import { LeaseTaken, withLease } from '../store/leases.js';
import { isAhead } from '../upstreams/clock-step.js';
import { UpstreamFailure, type EventType, type FailureName, type Upstream } from '../upstreams/upstream.js';
import { readDays, writeDays, type KnownDay } from './known-days.js';
import { DAY, dayNumber, type AvailabilityTables } from './schema.js';

/** Times of a stretch, from its beginning to where they are known. */
export interface Found {
  readonly slots: readonly Slot[];
  /** As far as that; the end of what was asked for, unless something beyond it could not be asked. */
  readonly to: number;
  /** When the upstream answered, the oldest part. */
  readonly fetchedAt: number;
  readonly freshUntil: number;
  /** Why these times are older than they should be. */
  readonly failure?: UpstreamFailure;
  /** Nobody had to wait for the upstream. */
  readonly known: boolean;
}

export interface TimesOptions {
  /** Nobody waits for it. */
  readonly background?: boolean;
}

/** So long after they were fresh, times are given out at once while they are asked for anew, in milliseconds. */
export const REVALIDATE = 60_000;

/** Nobody waits longer for an upstream, or for another instance that asks it. */
const PATIENCE = 10_000;

/** A question is asked so many times before its answer is taken although something was booked meanwhile. */
const MOST_ROUNDS = 4;

/** A process that dies while it asks keeps the others from asking for so long. */
const LEASE = 3000;

/** The upstream's word that there is no such event type is taken for so long. */
const MISSING = 60_000;

const FIRST_RETRY = 2000;
const LAST_RETRY = 30_000;

/** So many new event types that were told to come back are remembered. */
const MOST_PUT_OFF = 2000;

/** When the share of new event types is used, none of an account's asks for its part for so long at most. */
const NEW_PAUSE = 2000;

/** Bookable times of all event types, asked for once for everybody. */
export class Times {
  readonly #context: Context;
  readonly #underWay = new Map<string, Promise<void>>();
  /** When event types that nobody has seen times of may be asked for: not worth a row, for anybody can make names up. */
  readonly #putOff = new LRUCache<string, { readonly failure: FailureName; readonly until: number }>({
    max: MOST_PUT_OFF,
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
    const deadline = performance.now() + PATIENCE;
    for (let round = 0; ; round++) {
      const days = await readDays(store, event.key, wanted);
      const gap = gapOf(days, wanted, now());
      if (!gap) return { ...assemble(days, wanted, now()), known: round === 0 };
      // Bookings that come faster than answers do not make anybody ask for ever.
      if (round >= MOST_ROUNDS && assemble(days, wanted, now()).to > wanted.from)
        return { ...assemble(days, wanted, now()), known: false };
      if (isUsable(days, wanted, now())) {
        this.#askOnce(upstream, event, wanted, options).catch(() => undefined); // whoever needs the answer waits for it
        return { ...assemble(days, wanted, now()), known: true };
      }
      try {
        if (performance.now() > deadline)
          throw new UpstreamFailure('busy', 'the answer took too long', FIRST_RETRY);
        await this.#askOnce(upstream, event, wanted, options);
      } catch (cause) {
        if (!(cause instanceof UpstreamFailure) || cause.code === 'not-found') throw cause;
        const known = await readDays(store, event.key, wanted);
        const found = assemble(known, wanted, now());
        if (found.to === wanted.from) throw cause;
        return { ...found, failure: cause, known: false };
      }
    }
  }

  /** One question at a time about one event type in this process; whoever comes meanwhile waits and looks again. */
  #askOnce(upstream: Upstream, event: EventType, wanted: Span, options: TimesOptions): Promise<void> {
    const underWay = this.#underWay.get(event.key);
    if (underWay) return underWay;
    const asking = this.#askAlone(upstream, event, wanted, options).finally(() =>
      this.#underWay.delete(event.key),
    );
    this.#underWay.set(event.key, asking);
    return asking;
  }

  /** And one in all instances: the others wait, and look again when it is answered. */
  async #askAlone(upstream: Upstream, event: EventType, wanted: Span, options: TimesOptions): Promise<void> {
    const { store, instance, now, closing } = this.#context;
    await this.#standing(upstream, event); // whoever has to wait anyway needs no lease
    const wish = {
      name: `times ${event.key}`,
      owner: instance,
      ms: LEASE,
      patience: PATIENCE,
      signal: closing,
    };
    await withLease(store, wish, async () => {
      // What was to be asked may have been answered meanwhile.
      const gap = gapOf(await readDays(store, event.key, wanted), wanted, now());
      if (gap) await this.#ask(upstream, event, gap, options);
    }).catch((cause: unknown) => {
      throw cause instanceof LeaseTaken
        ? new UpstreamFailure('busy', 'another instance waits for the answer', FIRST_RETRY)
        : cause;
    });
  }

  async #ask(
    upstream: Upstream,
    event: EventType,
    gap: Span,
    { background = false }: TimesOptions,
  ): Promise<void> {
    const { store, now } = this.#context;
    const proven = await this.#standing(upstream, event);
    const asked = now();
    try {
      const who = proven ? event.key : NEW;
      const answers = await upstream.times(event, gap, { who, background });
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
      if (cause instanceof UpstreamFailure) await this.#noteFailure(upstream, event, cause, proven);
      throw cause;
    }
  }

  /** Whether times of it were ever given. Throws what there is to say without asking. */
  async #standing({ account }: Upstream, { key }: EventType): Promise<boolean> {
    const { store, now } = this.#context;
    const row = await store
      .tables<AvailabilityTables>()
      .selectFrom('availability_event')
      .selectAll()
      .where('event', '=', key)
      .executeTakeFirst();
    if (isAhead(row?.missing_until ?? 0, now(), MISSING))
      throw new UpstreamFailure('not-found', 'there is no such event type', MISSING);
    const isProven = row?.proven === 1;
    const told = row && { failure: row.failure as FailureName, until: row.retry_at };
    const putOff = isProven ? [] : [this.#putOff.get(key), this.#putOff.get(`${account} ${NEW}`)];
    for (const each of [told, ...putOff])
      if (each && isAhead(each.until, now(), LAST_RETRY))
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
      await this.#note(upstream, event, { missing_until: now() + MISSING });
      return;
    }
    if (/^(budget|busy|open|rate-limited)$/.test(code)) {
      // Nobody has failed: there is a moment from which on it may be asked.
      const until = now() + Math.min(asked, LAST_RETRY);
      if (proven) await this.#note(upstream, event, { failure: code, retry_at: until });
      else this.#putOff.set(event.key, { failure: code, until });
      if (!proven && code === 'budget')
        this.#putOff.set(`${upstream.account} ${NEW}`, {
          failure: code,
          until: Math.min(until, now() + NEW_PAUSE),
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
    const pause = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** (failures - 1));
    await this.#note(upstream, event, { failures, failure: code, retry_at: now() + pause });
  }

  async #note(
    { account, provider }: Upstream,
    { key, id, slug, query }: EventType,
    change: Partial<AvailabilityTables['availability_event']>,
  ): Promise<void> {
    const { store, now } = this.#context;
    const set = { type_id: id, slug, query: JSON.stringify(query), asked_at: now(), ...change };
    await store
      .tables<AvailabilityTables>()
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

/** Event types that nobody has seen times of yet share one share: junk names cannot use up the budget. */
const NEW = 'new event types';

const daysOf = ({ from, to }: Span, now: number): number[] => {
  const days: number[] = [];
  for (let day = dayNumber(Math.max(from, now)); day * DAY < to; day++) days.push(day);
  return days;
};

/** From the first to the last day that is not known, or not fresh; whole UTC days. */
function gapOf(days: ReadonlyMap<number, KnownDay>, wanted: Span, now: number): Span | null {
  const open = daysOf(wanted, now).filter((day) => (days.get(day)?.freshUntil ?? 0) <= now);
  const [first] = open;
  const last = open.at(-1);
  return first === undefined || last === undefined ? null : { from: first * DAY, to: (last + 1) * DAY };
}

/** All known, nothing booked since, and hardly older than it should be. */
const isUsable = (days: ReadonlyMap<number, KnownDay>, wanted: Span, now: number): boolean =>
  daysOf(wanted, now).every((number) => {
    const day = days.get(number);
    return day !== undefined && !day.forgotten && day.freshUntil + REVALIDATE > now;
  });

function assemble(
  days: ReadonlyMap<number, KnownDay>,
  wanted: Span,
  now: number,
): Omit<Found, 'known' | 'failure'> {
  const slots: Slot[] = [];
  let [fetchedAt, freshUntil, reached] = [now, Infinity, wanted.to];
  for (const number of daysOf(wanted, now)) {
    const day = days.get(number);
    if (!day) {
      reached = Math.max(wanted.from, number * DAY);
      break;
    }
    fetchedAt = Math.min(fetchedAt, day.fetchedAt);
    freshUntil = Math.min(freshUntil, day.freshUntil);
    slots.push(
      ...day.slots.filter(({ start }) => {
        const at = Date.parse(start);
        return at >= wanted.from && at < wanted.to && at > now;
      }),
    );
  }
  // What is over holds nothing, and that does not change.
  return { slots, to: reached, fetchedAt, freshUntil: Math.min(freshUntil, now + DAY) };
}
