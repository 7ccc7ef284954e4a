import type { Generated, Kysely } from 'kysely';
import { HOUR_MS } from '../../scheduling/durations.js';
import { withId, type Migrations } from '../store/migrate.js';
import { MEASURES, type Measure } from './measures.js';

/** The column that holds a measure. */
export const columnOf = (measure: Measure): MeasureColumn =>
  `m_${measure.replaceAll('-', '_')}` as MeasureColumn;

type Underscored<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}_${Underscored<Tail>}`
  : Name;
type MeasureColumn = `m_${Underscored<Measure>}`;

/** One widget of one page view, as its latest report has it. What the page as a whole did is with its first widget. */
export interface LoadRow extends Record<MeasureColumn, number | null> {
  /** The report's random name of the page view. */
  view: string;
  seq: number;
  /** When the view's first report came: milliseconds since 1970. */
  at: number;
  page: string;
  version: string;
  navigation: string;
  /** How many page views this one stands for. */
  weight: number;
  /** Counts the widgets of a view; one that loaded another page is there once for each. */
  instance: number;
  provider: string;
  /** Origin and path of the scheduling page; empty where a widget of before did not say it. */
  calendar: string;
  /** Family and class, as the request's headers say them; empty for loads of before. */
  browser: string;
  device: string;
  mode: string;
  loading: string;
  outcome: string;
  failure: string | null;
  attempts: number;
  cache: string;
  cache_age: number | null;
  /** 1 if `outcome` is `failed`. */
  failed: number;
}

export interface MetricsTables {
  load: LoadRow & { id: Generated<number> };
  /** How often an hour's loads have changed, and how often they had when it was summed up. */
  load_hour: {
    hour: number;
    changes: number;
    summed: number;
    /** Rows that were written, replaced ones included. */
    rows: number;
    /** 1 when its rows are gone and only its sum is kept. */
    trimmed: number;
  };
  /** Names that reports of an hour have brought. */
  load_name: { hour: number; kind: 'page' | 'provider' | 'calendar'; name: string };
  /** The sum of an hour's loads that are alike in these; `tally` is JSON. */
  load_sum: {
    id: Generated<number>;
    hour: number;
    provider: string;
    mode: string;
    calendar: string;
    page: string;
    failed: number;
    tally: string;
  };
}

export const hourOf = (at: number): number => Math.floor(at / HOUR_MS);

export const metricsMigrations: Migrations = {
  'metrics-1': async (db, engine) => {
    let load = withId(db.schema.createTable('load'), engine)
      .addColumn('view', 'text', (column) => column.notNull())
      .addColumn('seq', 'integer', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('page', 'text', (column) => column.notNull())
      .addColumn('version', 'text', (column) => column.notNull())
      .addColumn('navigation', 'text', (column) => column.notNull())
      .addColumn('weight', 'double precision', (column) => column.notNull())
      .addColumn('instance', 'integer', (column) => column.notNull())
      .addColumn('provider', 'text', (column) => column.notNull())
      .addColumn('mode', 'text', (column) => column.notNull())
      .addColumn('loading', 'text', (column) => column.notNull())
      .addColumn('outcome', 'text', (column) => column.notNull())
      .addColumn('failure', 'text')
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('cache', 'text', (column) => column.notNull())
      .addColumn('cache_age', 'double precision')
      .addColumn('failed', 'integer', (column) => column.notNull());
    for (const measure of MEASURES) load = load.addColumn(columnOf(measure), 'double precision');
    await load.execute();
    await db.schema.createIndex('load_at').on('load').columns(['at', 'id']).execute();
    await db.schema.createIndex('load_view').on('load').column('view').execute();
    await db.schema
      .createTable('load_hour')
      .addColumn('hour', 'bigint', (column) => column.primaryKey())
      .addColumn('changes', 'bigint', (column) => column.notNull())
      .addColumn('summed', 'bigint', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('load_sum')
      .addColumn('hour', 'bigint', (column) => column.notNull())
      .addColumn('provider', 'text', (column) => column.notNull())
      .addColumn('mode', 'text', (column) => column.notNull())
      .addColumn('page', 'text', (column) => column.notNull())
      .addColumn('failed', 'integer', (column) => column.notNull())
      .addColumn('tally', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('load_sum_hour').on('load_sum').column('hour').execute();
  },
  'metrics-2': async (db, engine) => {
    for (const column of ['rows', 'trimmed'])
      await db.schema
        .alterTable('load_hour')
        .addColumn(column, 'bigint', (definition) => definition.notNull().defaultTo(0))
        .execute();
    await db.schema
      .createTable('load_name')
      .addColumn('hour', 'bigint', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('load_name_key', ['hour', 'kind', 'name'])
      .execute();
    // Sums get a number, to be read in slices; they are made again from the loads.
    await db.schema.dropTable('load_sum').execute();
    await withId(db.schema.createTable('load_sum'), engine)
      .addColumn('hour', 'bigint', (column) => column.notNull())
      .addColumn('provider', 'text', (column) => column.notNull())
      .addColumn('mode', 'text', (column) => column.notNull())
      .addColumn('page', 'text', (column) => column.notNull())
      .addColumn('failed', 'integer', (column) => column.notNull())
      .addColumn('tally', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('load_sum_by_hour').on('load_sum').columns(['hour', 'id']).execute();
    await (db as Kysely<MetricsTables>).updateTable('load_hour').set({ summed: 0 }).execute();
  },
  'metrics-3': async (db) => {
    const names = [
      ['load', 'calendar'],
      ['load', 'browser'],
      ['load', 'device'],
      ['load_sum', 'calendar'],
    ] as const;
    for (const [table, column] of names)
      await db.schema
        .alterTable(table)
        .addColumn(column, 'text', (definition) => definition.notNull().defaultTo(''))
        .execute();
  },
};
