import { HOUR_MS } from '../../scheduling/durations.js';
import { ANSWERS_KEPT_MS, ANSWER_STRETCH_MS } from '../durations.js';
import { Distribution, type Written } from '../metrics/distribution.js';
import type { Store } from '../store/store.js';
import type { Migrations } from '../store/migrate.js';
import type { AnswerKind } from './answer-kind.js';

interface AnswerTables {
  /** How long answers of one instance took in a stretch of time; `times` is a distribution as JSON. */
  answer_time: { stretch: number; instance: string; kind: AnswerKind; times: string };
  /** Answers with slots of all instances in a stretch of time. */
  answer_tally: { stretch: number; kind: AnswerKind; count: number };
}

export const answerMigrations: Migrations = {
  'answers-1': async (db) => {
    await db.schema
      .createTable('answer_tally')
      .addColumn('stretch', 'bigint', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('count', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('answer_tally_key', ['stretch', 'kind'])
      .execute();
  },
  'answers-2': async (db) => {
    await db.schema
      .createTable('answer_time')
      .addColumn('stretch', 'bigint', (column) => column.notNull())
      .addColumn('instance', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('times', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('answer_time_key', ['stretch', 'instance', 'kind'])
      .execute();
  },
};

/** Stretches of a kind that are kept while nothing can be stored. */
const MAX_OVER = 48;

/** How requests for slots were answered in the last hour, all instances together. */
export interface AnswerSummary extends Readonly<Record<AnswerKind, number>> {
  /** Share of the answers with slots that came from the cache, of 0 to 1; null without any. */
  readonly hitShare: number | null;
  /** How long answers took, in milliseconds; those that lay ready count as 0. Kinds without any are missing. */
  readonly times: Readonly<Partial<Record<AnswerKind, AnswerTimes>>>;
}

export interface AnswerTimes {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

interface Timed {
  readonly stretch: number;
  readonly kind: AnswerKind;
  readonly times: Distribution;
  /** Answers that lay ready, not yet in `times`: one number is cheaper than a bucket. */
  ready: number;
}

const rounded = (ms: number): number => Number(ms.toPrecision(3));

/** Counts answers with slots in memory, and adds them to the store now and then. */
export class AnswerTallies {
  readonly #store: Store;
  readonly #instance = crypto.randomUUID();
  readonly #counts = new Map<AnswerKind, number>();
  readonly #timed = new Map<AnswerKind, Timed>();
  /** Stretches that are over and not stored yet. */
  #over: Timed[] = [];

  constructor(store: Store) {
    this.#store = store;
  }

  /** @param ms how long it took; missing where the answer lay ready */
  add(kind: AnswerKind, ms?: number): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
    const timed = this.#timedOf(kind);
    if (ms === undefined) timed.ready++;
    else timed.times.add(ms, 1);
  }

  #timedOf(kind: AnswerKind): Timed {
    const stretch = Math.floor(this.#store.now() / ANSWER_STRETCH_MS);
    const known = this.#timed.get(kind);
    if (known?.stretch === stretch) return known;
    if (known) this.#over = [...this.#over, known].slice(-MAX_OVER);
    const timed = { stretch, kind, times: new Distribution(), ready: 0 };
    this.#timed.set(kind, timed);
    return timed;
  }

  async #flushTimes(): Promise<void> {
    const over = this.#over;
    const all = [...over, ...this.#timed.values()];
    const rows = all.map((timed) => {
      if (timed.ready > 0) timed.times.add(0, timed.ready);
      timed.ready = 0;
      const { stretch, kind, times } = timed;
      return { stretch, kind, instance: this.#instance, times: JSON.stringify(times.write()) };
    });
    for (const row of rows)
      await this.#store
        .tables<AnswerTables>()
        .insertInto('answer_time')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['stretch', 'instance', 'kind']).doUpdateSet({ times: row.times }),
        )
        .execute();
    this.#over = this.#over.filter((timed) => !over.includes(timed));
  }

  async #times(last: number): Promise<AnswerSummary['times']> {
    const rows = await this.#store
      .tables<AnswerTables>()
      .selectFrom('answer_time')
      .select(['kind', 'times'])
      .where('stretch', '>', last - HOUR_MS / ANSWER_STRETCH_MS)
      .where('stretch', '<=', last)
      .execute();
    const byKind = new Map<AnswerKind, Distribution>();
    for (const { kind, times } of rows) {
      const whole = byKind.get(kind) ?? new Distribution();
      whole.merge(Distribution.read(JSON.parse(times) as Written));
      byKind.set(kind, whole);
    }
    return Object.fromEntries(
      [...byKind].map(([kind, times]) => {
        const [p50 = 0, p95 = 0, p99 = 0] = times.percentiles([0.5, 0.95, 0.99]).map(rounded);
        return [kind, { p50, p95, p99 }];
      }),
    );
  }

  /** Rejects when the store cannot be written: what was counted is stored the next time. */
  async flush(): Promise<void> {
    await this.#flushTimes();
    const stretch = Math.floor(this.#store.now() / ANSWER_STRETCH_MS);
    for (const [kind, count] of [...this.#counts]) {
      this.#counts.delete(kind);
      try {
        await this.#store
          .tables<AnswerTables>()
          .insertInto('answer_tally')
          .values({ stretch, kind, count })
          .onConflict((conflict) =>
            conflict
              .columns(['stretch', 'kind'])
              .doUpdateSet(({ eb }) => ({ count: eb('answer_tally.count', '+', count) })),
          )
          .execute();
      } catch (cause) {
        this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + count);
        throw cause;
      }
    }
  }

  /** Removes what is older than a week. */
  async forget(): Promise<void> {
    const before = Math.floor((this.#store.now() - ANSWERS_KEPT_MS) / ANSWER_STRETCH_MS);
    for (const table of ['answer_tally', 'answer_time'] as const)
      await this.#store.tables<AnswerTables>().deleteFrom(table).where('stretch', '<', before).execute();
  }

  async summary(): Promise<AnswerSummary> {
    await this.flush();
    const last = Math.floor(this.#store.now() / ANSWER_STRETCH_MS);
    const rows = await this.#store
      .tables<AnswerTables>()
      .selectFrom('answer_tally')
      .select(['kind', 'count'])
      .where('stretch', '>', last - HOUR_MS / ANSWER_STRETCH_MS)
      .where('stretch', '<=', last)
      .execute();
    const counts = { hit: 0, miss: 0, stale: 0, failed: 0 };
    for (const { kind, count } of rows) counts[kind] += count;
    const withSlots = counts.hit + counts.miss + counts.stale;
    const hitShare = withSlots > 0 ? counts.hit / withSlots : null;
    return { ...counts, hitShare, times: await this.#times(last) };
  }
}
