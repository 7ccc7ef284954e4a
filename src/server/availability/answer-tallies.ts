import type { Store } from '../store/store.js';
import type { Migrations } from '../store/migrate.js';
import type { AnswerKind } from './answer-kind.js';

interface AnswerTables {
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
};

/** Answers are counted by stretches of time, in milliseconds. */
const STRETCH = 300_000;

const HOUR = 3_600_000;

/** How long counts are kept, in milliseconds. */
const KEPT = 7 * 24 * HOUR;

/** How requests for slots were answered in the last hour, all instances together. */
export interface AnswerSummary extends Readonly<Record<AnswerKind, number>> {
  /** Share of the answers with slots that came from the cache, of 0 to 1; null without any. */
  readonly hitShare: number | null;
}

/** Counts answers with slots in memory, and adds them to the store now and then. */
export class AnswerTallies {
  readonly #store: Store;
  readonly #counts = new Map<AnswerKind, number>();

  constructor(store: Store) {
    this.#store = store;
  }

  add(kind: AnswerKind): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
  }

  /** Rejects when the store cannot be written: what was counted is stored the next time. */
  async flush(): Promise<void> {
    const stretch = Math.floor(this.#store.now() / STRETCH);
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
    await this.#store
      .tables<AnswerTables>()
      .deleteFrom('answer_tally')
      .where('stretch', '<', Math.floor((this.#store.now() - KEPT) / STRETCH))
      .execute();
  }

  async summary(): Promise<AnswerSummary> {
    await this.flush();
    const last = Math.floor(this.#store.now() / STRETCH);
    const rows = await this.#store
      .tables<AnswerTables>()
      .selectFrom('answer_tally')
      .select(['kind', 'count'])
      .where('stretch', '>', last - HOUR / STRETCH)
      .where('stretch', '<=', last)
      .execute();
    const counts = { hit: 0, miss: 0, stale: 0, failed: 0 };
    for (const { kind, count } of rows) counts[kind] += count;
    const withSlots = counts.hit + counts.miss + counts.stale;
    return { ...counts, hitShare: withSlots > 0 ? counts.hit / withSlots : null };
  }
}
