import { turnOfOthers } from '../slices.js';
import type { Store } from '../store/store.js';
import { COUNTED, type CountedRow } from './tally.js';
import type { MetricsTables } from './schema.js';

/** Milliseconds since 1970; `to` is exclusive. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Which loads are meant; all without any. */
export interface LoadFilter {
  readonly provider?: string | undefined;
  readonly mode?: string | undefined;
  readonly page?: string | undefined;
  /** Origin and path of a scheduling page. */
  readonly calendar?: string | undefined;
  /** Only those that failed. */
  readonly errors?: boolean | undefined;
}

/** As much as is read before others get their turn: the embedded engine answers in this very thread. */
export const ROWS_AT_ONCE = 100;

/** Rows of the first statement: in a process that has just begun each row takes ten times as long as later. */
const ROWS_AT_FIRST = 10;

type Filtered = Pick<MetricsTables['load_sum'], 'provider' | 'mode' | 'page' | 'calendar' | 'failed'>;

/** Judged here and not by the engine: a filter that little passes would make it read on and on without a pause. */
export const matches =
  ({ provider, mode, page, calendar, errors }: LoadFilter) =>
  (row: Filtered): boolean =>
    (provider === undefined || row.provider === provider) &&
    (mode === undefined || row.mode === mode) &&
    (page === undefined || row.page === page) &&
    (calendar === undefined || row.calendar === calendar) &&
    (!errors || row.failed === 1);

/** Reads loads of a window, oldest first, in slices. */
export async function readLoads(
  store: Store,
  { from, to }: Window,
  filter: LoadFilter,
  each: (row: CountedRow) => void,
): Promise<void> {
  const db = store.tables<MetricsTables>();
  const isMeant = matches(filter);
  let after = { at: from, id: 0 };
  for (let atOnce = ROWS_AT_FIRST; ; atOnce = Math.min(2 * atOnce, ROWS_AT_ONCE)) {
    const rows = await db
      .selectFrom('load')
      .select(['id', ...COUNTED])
      .where('at', '<', to)
      // As one comparison the engines find the place in the index, however many rows are of one moment.
      .where(({ eb, refTuple, tuple }) => eb(refTuple('at', 'id'), '>', tuple(after.at, after.id)))
      .orderBy('at')
      .orderBy('id')
      .limit(atOnce)
      .execute();
    for (const row of rows) if (isMeant(row)) each(row);
    const last = rows.at(-1);
    if (!last || rows.length < atOnce) return;
    after = last;
    await turnOfOthers();
  }
}
