import type { Generated } from 'kysely';
import { EVENTS_KEPT_MS, EVENTS_SWEEP_MS } from '../durations.js';
import { withId, type Migrations } from './migrate.js';
import type { Store } from './store.js';
import { unref } from '../timers.js';

/** An event that is passed on to every instance. `id` grows; a reader that remembers it misses nothing. */
export interface BusEvent {
  readonly id: number;
  readonly topic: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** JSON, as small as can be, and nobody's personal data. */
  readonly data: unknown;
}

/** Notifies all instances, this one included, in the same order everywhere. */
export interface Bus {
  /** Fulfilled when the event is stored: from then on it reaches every instance that lives. Gives its id. */
  publish(topic: string, data: unknown): Promise<number>;
  /** Many of one topic, in their order. */
  publishAll(topic: string, all: readonly unknown[]): Promise<number[]>;
  /** Calls the listener for what is published from now on. Gives the function that ends it. */
  subscribe(topic: string, listener: (event: BusEvent) => void): () => void;
  /** What was published after the event `id`, oldest first; null when that is longer ago than events are kept. */
  since(topic: string, id: number, limit?: number): Promise<BusEvent[] | null>;
  /** The id of the newest event this instance has given to its subscribers, of any topic. */
  newest(): number;
  /** What is kept of a topic, oldest first, and the id after which none is missing. */
  kept(topic: string): Promise<{ readonly after: number; readonly events: readonly BusEvent[] }>;
  close(): void;
}

interface BusTables {
  event: { id: Generated<number>; topic: string; at: number; data: string };
}

export const busMigrations: Migrations = {
  'bus-1': async (db, engine) => {
    await withId(db.schema.createTable('event'), engine)
      .addColumn('topic', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('data', 'text', (column) => column.notNull())
      .execute();
  },
};

/** Events are rows: the newest id seen is all an instance has to remember, and no message can be lost on the way. */
export async function openBus(
  store: Store,
  warn: (what: string, cause: unknown) => void = () => undefined,
): Promise<Bus> {
  const db = store.tables<BusTables>();
  const listeners = new Map<string, Set<(event: BusEvent) => void>>();
  const newest = await db
    .selectFrom('event')
    .select(({ fn }) => fn.max('id').as('id'))
    .executeTakeFirst();
  let last = newest?.id ?? 0;
  let closed = false;
  let again = false;
  let reading: Promise<void> | undefined;

  const read = (row: { id: number; topic: string; at: number; data: string }): BusEvent => ({
    ...row,
    data: JSON.parse(row.data) as unknown,
  });

  function notify(event: BusEvent): void {
    for (const listener of listeners.get(event.topic) ?? []) {
      try {
        listener(event);
      } catch (cause) {
        warn(`a subscriber of ${event.topic} failed`, cause);
      }
    }
  }

  async function readOn(): Promise<void> {
    do {
      again = false;
      const rows = await db
        .selectFrom('event')
        .selectAll()
        .where('id', '>', last)
        .orderBy('id')
        .limit(500)
        .execute();
      for (const row of rows) {
        last = row.id;
        if (!closed) notify(read(row));
      }
      again ||= rows.length === 500;
    } while (again && !closed);
  }

  /** One reader at a time; a call meanwhile makes it look once more. */
  function look(): Promise<void> {
    if (closed) return Promise.resolve();
    again = true;
    reading ??= readOn()
      .catch((cause: unknown) => {
        if (!closed) warn('events cannot be read', cause);
      })
      .finally(() => (reading = undefined));
    return reading;
  }

  const sweeping = setInterval(() => {
    db.deleteFrom('event')
      .where('at', '<', store.now() - EVENTS_KEPT_MS)
      .execute()
      .catch((cause: unknown) => warn('old events cannot be removed', cause));
  }, EVENTS_SWEEP_MS);
  unref(sweeping);
  const unwatch = store.watch(() => void look());

  async function publishAll(topic: string, all: readonly unknown[]): Promise<number[]> {
    if (all.length === 0) return [];
    // One writer at a time: an id that is smaller than one already seen would never be read.
    const rows = await store.exclusive<BusTables, { id: number }[]>('bus', (trx) =>
      trx
        .insertInto('event')
        .values(all.map((data) => ({ topic, at: store.now(), data: JSON.stringify(data) })))
        .returning('id')
        .execute(),
    );
    await Promise.all([store.nudge(), look()]);
    return rows.map(({ id }) => id);
  }

  return {
    async publish(topic, data) {
      const [id = 0] = await publishAll(topic, [data]);
      return id;
    },
    publishAll,
    subscribe(topic, listener) {
      const all = listeners.get(topic) ?? new Set();
      listeners.set(topic, all.add(listener));
      return () => void all.delete(listener);
    },
    async since(topic, id, limit = 1000) {
      const oldest = await db
        .selectFrom('event')
        .select(({ fn }) => fn.min('id').as('id'))
        .executeTakeFirst();
      if (id < last && id + 1 < (oldest?.id ?? last)) return null;
      const rows = await db
        .selectFrom('event')
        .selectAll()
        .where('id', '>', id)
        .where('topic', '=', topic)
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(read);
    },
    newest: () => last,
    async kept(topic) {
      const oldest = await db
        .selectFrom('event')
        .select(({ fn }) => fn.min('id').as('id'))
        .executeTakeFirst();
      // What comes between the two questions is among the rows, and after that id.
      const after = oldest?.id ? oldest.id - 1 : last;
      const rows = await db
        .selectFrom('event')
        .selectAll()
        .where('topic', '=', topic)
        .where('id', '>', after)
        .orderBy('id')
        .execute();
      return { after, events: rows.map(read) };
    },
    close() {
      closed = true;
      clearInterval(sweeping);
      unwatch();
      listeners.clear();
    },
  };
}
