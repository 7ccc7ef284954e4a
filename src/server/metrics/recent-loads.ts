import { MARKS, type WidgetReport } from '../../protocol/load-report.js';
import type { Store } from '../store/store.js';
import { turnOfOthers } from '../slices.js';
import { matches, ROWS_AT_ONCE, type LoadFilter, type Window } from './loads.js';
import { VITALS, WAITS, type Measure } from './measures.js';
import { cursorText, type Cursor } from './metrics-query.js';
import { columnOf, type LoadRow, type MetricsTables } from './schema.js';

/** One load as it was reported. Which visitor or page view it was is nowhere in it. */
export interface RecentLoad {
  /** ISO 8601 */
  readonly at: string;
  readonly page: string;
  readonly version: string;
  readonly navigation: string;
  /** How many page views this one stands for. */
  readonly weight: number;
  readonly provider: string;
  readonly calendar?: string;
  readonly browser?: string;
  readonly device?: string;
  readonly mode: string;
  readonly loading: string;
  readonly outcome: string;
  readonly failure?: string;
  readonly attempts: number;
  readonly cache: string;
  readonly cacheAge?: number;
  readonly marks: WidgetReport['marks'];
  /** What was worked out from the marks, in milliseconds. */
  readonly waits: Readonly<Record<string, number>>;
  /** The page's own, with the first of its widgets. */
  readonly vitals: Readonly<Record<string, number>>;
}

const some = (row: LoadRow, measures: readonly Measure[]): Record<string, number> =>
  Object.fromEntries(
    measures.flatMap((measure) => {
      const value = row[columnOf(measure)];
      return value === null ? [] : [[measure, value]];
    }),
  );

const loadOf = (row: LoadRow): RecentLoad => ({
  at: new Date(row.at).toISOString(),
  page: row.page,
  version: row.version,
  navigation: row.navigation,
  weight: row.weight,
  provider: row.provider,
  ...(row.calendar !== '' && { calendar: row.calendar }),
  ...(row.browser !== '' && { browser: row.browser }),
  ...(row.device !== '' && { device: row.device }),
  mode: row.mode,
  loading: row.loading,
  outcome: row.outcome,
  ...(row.failure !== null && { failure: row.failure }),
  attempts: row.attempts,
  cache: row.cache,
  ...(row.cache_age !== null && { cacheAge: row.cache_age }),
  marks: some(row, MARKS),
  waits: some(row, WAITS),
  vitals: some(row, VITALS),
});

const slice = (
  store: Store,
  { from, to }: Window,
  after: Cursor | undefined,
): Promise<(LoadRow & { id: number })[]> =>
  store
    .tables<MetricsTables>()
    .selectFrom('load')
    .selectAll()
    .where('at', '>=', from)
    .where('at', '<', to)
    .$if(after !== undefined, (query) =>
      query.where(({ eb, or, and }) =>
        or([
          eb('at', '<', after?.at ?? 0),
          and([eb('at', '=', after?.at ?? 0), eb('id', '<', after?.id ?? 0)]),
        ]),
      ),
    )
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(ROWS_AT_ONCE)
    .execute();

/** Newest first; `next` is the cursor of what follows, if anything does. */
export async function recentLoads(
  store: Store,
  { from, to }: Window,
  filter: LoadFilter,
  { limit, after }: { readonly limit: number; readonly after: Cursor | undefined },
): Promise<{ readonly loads: readonly RecentLoad[]; readonly next: string | null }> {
  const isMeant = matches(filter);
  const rows: (LoadRow & { id: number })[] = [];
  for (let cursor = after; rows.length <= limit;) {
    const read = await slice(store, { from, to }, cursor);
    rows.push(...read.filter(isMeant));
    cursor = read.at(-1);
    if (read.length < ROWS_AT_ONCE) break;
    await turnOfOthers();
  }
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { loads: rows.slice(0, limit).map(loadOf), next: last ? cursorText(last) : null };
}
