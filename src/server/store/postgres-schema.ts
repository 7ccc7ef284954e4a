import { sql, type Kysely } from 'kysely';

/** All tables are in a schema of their own, so that the database may hold others with the same names. */
export const SCHEMA = 'booking_widget';

/** Tables of versions that kept theirs in the first schema of the search path. */
const FORMER = [
  'event',
  'lease',
  'upstream_call',
  'upstream_pause',
  'upstream_standing',
  'upstream_note',
  'availability_event',
  'availability_day',
  'job',
  'booking',
  'sync_account',
  'load',
  'load_hour',
  'load_sum',
  'alert_episode',
  'alert_notice',
  'migration',
];

/**
 * Makes the schema, and moves tables of an older version into it. Tables of others with these names stay where they are:
 * only a `migration` table that holds our names says that they are ours. Rejects where the role may not make a schema.
 */
export async function moveTables(db: Kysely<unknown>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('schema', 0))`.execute(trx);
    const { rows: existing } = await sql<{ found: boolean }>`
      select exists (select from information_schema.schemata where schema_name = ${SCHEMA}) as found`.execute(
      trx,
    );
    if (existing[0]?.found) return;
    await sql`create schema ${sql.ref(SCHEMA)}`.execute(trx);
    const { rows: columns } = await sql<{ schema: string }>`
      select table_schema as schema from information_schema.columns
      where table_schema = current_schema() and table_name = 'migration' and column_name in ('name', 'at')
      group by table_schema having count(*) = 2`.execute(trx);
    const [former] = columns;
    if (!former) return;
    const { rows: names } = await sql<{ name: string }>`
      select name from ${sql.ref(`${former.schema}.migration`)} where name in ('bus-1', 'leases-1')`.execute(
      trx,
    );
    if (names.length < 2) return;
    for (const table of FORMER)
      await sql`alter table if exists ${sql.ref(`${former.schema}.${table}`)} set schema ${sql.ref(SCHEMA)}`.execute(
        trx,
      );
  });
}
