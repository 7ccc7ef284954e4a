import type { Transaction } from 'kysely';
import { LIMITS, OTHER } from './limits.js';
import { isKnownProvider } from './names.js';
import { hourOf, type LoadRow, type MetricsTables } from './schema.js';

type Kind = MetricsTables['load_name']['kind'];

const MAX: Readonly<Record<Kind, number>> = {
  page: LIMITS.pagesPerHour,
  provider: LIMITS.providersPerHour,
  calendar: LIMITS.calendarsPerHour,
};

/** Names of one hour, in all instances. */
class HourNames {
  readonly #known: Readonly<Record<Kind, Set<string>>> = {
    page: new Set(),
    provider: new Set(),
    calendar: new Set(),
  };
  readonly added: { kind: Kind; name: string }[] = [];

  constructor(rows: readonly { readonly kind: Kind; readonly name: string }[]) {
    for (const { kind, name } of rows) this.#known[kind].add(name);
  }

  /** The name itself, or "other" when the hour has as many as it may. */
  take(kind: Kind, name: string): string {
    const known = this.#known[kind];
    if (known.has(name) || name === OTHER) return name;
    if (known.size >= MAX[kind]) return OTHER;
    known.add(name);
    this.added.push({ kind, name });
    return name;
  }
}

/**
 * Rows with no more distinct pages, calendars and providers in an hour than summaries can bear. Providers that the widget knows
 * always keep their name.
 */
export async function limitNames(
  trx: Transaction<MetricsTables>,
  rows: readonly LoadRow[],
): Promise<LoadRow[]> {
  const hours = new Map<number, HourNames>();
  for (const hour of new Set(rows.map(({ at }) => hourOf(at))))
    hours.set(
      hour,
      new HourNames(
        await trx.selectFrom('load_name').select(['kind', 'name']).where('hour', '=', hour).execute(),
      ),
    );
  const limited = rows.map((row) => {
    const names = hours.get(hourOf(row.at));
    return names
      ? {
          ...row,
          page: names.take('page', row.page),
          calendar: row.calendar && names.take('calendar', row.calendar),
          provider: isKnownProvider(row.provider) ? row.provider : names.take('provider', row.provider),
        }
      : row;
  });
  for (const [hour, { added }] of hours)
    if (added.length > 0)
      await trx
        .insertInto('load_name')
        .values(added.map((one) => ({ hour, ...one })))
        .execute();
  return limited;
}
