import { encodeBase64 } from 'hono/utils/encode';
import { LIST_TIMEOUT_MS, LIST_LEASE_MS } from '../durations.js';
import type { Context } from '../feature.js';
import { LeaseTaken, withLease } from '../store/leases.js';
import type { Migrations } from '../store/migrate.js';
import type { Connections } from '../runtime.js';
import { bytesOf, hexOf, sha256 } from '../sha256.js';
import { openAccount } from './account.js';
import { acuity, ACUITY_CALLS_A_SECOND } from './acuity.js';
import { CallTallies } from './call-tallies.js';
import { calCom } from './cal-com.js';
import { calendly } from './calendly.js';
import { easyAppointments } from './easy-appointments.js';
import { hubspot } from './hubspot.js';
import type { Memory } from './known-list.js';
import { prefixOf } from './pages.js';
import { UpstreamFailure, type Upstream, type UpstreamName } from './upstream.js';
import type { UpstreamSettings } from './upstream-options.js';
import type { Upstreams, UpstreamStatus } from './upstreams.js';

interface NoteTables {
  upstream_note: { account: string; name: string; value: string; until: number };
}

export const upstreamMigrations: Migrations = {
  'upstreams-1': async (db) => {
    await db.schema
      .createTable('upstream_note')
      .addColumn('account', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .addColumn('until', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('upstream_note_key', ['account', 'name'])
      .execute();
  },
};

/** What all instances remember of an account. */
export function memoryOf({ store, closing }: Pick<Context, 'store' | 'closing'>, account: string): Memory {
  const owner = crypto.randomUUID();
  const db = store.tables<NoteTables>();
  return {
    async read(name) {
      const row = await db
        .selectFrom('upstream_note')
        .select('value')
        .where('account', '=', account)
        .where('name', '=', name)
        .where('until', '>', store.now())
        .executeTakeFirst();
      return row ? (JSON.parse(row.value) as unknown) : undefined;
    },
    async write(name, value, ms) {
      const row = { value: JSON.stringify(value), until: store.now() + ms };
      await db
        .insertInto('upstream_note')
        .values({ account, name, ...row })
        .onConflict((conflict) => conflict.columns(['account', 'name']).doUpdateSet(row))
        .execute();
    },
    alone: (name, work) =>
      withLease(
        store,
        {
          name: `${account} ${name}`,
          owner,
          ms: LIST_LEASE_MS,
          patience: LIST_TIMEOUT_MS,
          signal: closing,
        },
        work,
      ).catch((cause: unknown) => {
        throw cause instanceof LeaseTaken
          ? new UpstreamFailure('busy', 'another instance waits for the answer', 1000)
          : cause;
      }),
  };
}

/** What owners write behind the base of an API, and what the upstream writes itself. */
const API_TAIL: Readonly<Record<UpstreamName, RegExp>> = {
  cal: /(\/v2)?\/*$/,
  calendly: /\/*$/,
  acuity: /(\/api(\/v1)?)?\/*$/,
  hubspot: /\/*$/,
  easyappointments: /\/*$/,
};

/** What an account is opened with; undefined where that takes nothing. */
function secretOf(one: UpstreamSettings): string | undefined {
  switch (one.provider) {
    case 'cal':
      return one.key;
    case 'calendly':
    case 'hubspot':
      return one.token;
    case 'acuity':
      return `${one.userId}:${one.apiKey}`;
    case 'easyappointments':
      return undefined;
  }
}

function headersOf(one: UpstreamSettings): Readonly<Record<string, string>> {
  const secret = secretOf(one);
  if (secret === undefined) return {};
  return {
    authorization:
      one.provider === 'acuity' ? `Basic ${encodeBase64(bytesOf(secret).buffer)}` : `Bearer ${secret}`,
  };
}

/** Which event types are booked by API, and how often; undefined for none. */
const bookingOf = ({
  nativeBooking,
  bookingsPerMinute,
  bookingsPerHour,
  bookingsPerDay,
}: Extract<UpstreamSettings, { provider: 'calendly' }>) =>
  nativeBooking === false
    ? undefined
    : {
        pages: nativeBooking === true ? ('all' as const) : nativeBooking.map(prefixOf),
        limits: [
          { most: bookingsPerMinute, ms: 60_000 },
          { most: bookingsPerHour, ms: 3_600_000 },
          { most: bookingsPerDay, ms: 86_400_000 },
        ],
      };

/** A name that all instances with the same configuration agree on, and that does not reveal the secret. */
const accountOf = async (provider: string, api: string, secret = ''): Promise<string> =>
  `${provider}-${hexOf(await sha256(`${api}\n${secret}`)).slice(0, 10)}`;

/** Opens the configured accounts. Only their own APIs are ever asked. */
export async function openUpstreams(
  context: Pick<Context, 'store' | 'log' | 'closing' | 'now'>,
  settings: readonly UpstreamSettings[],
  connections: Connections,
): Promise<Upstreams> {
  const calls = new CallTallies({ ...context, instance: crypto.randomUUID() });
  const statuses: (() => Promise<UpstreamStatus>)[] = [];

  const open = async (one: UpstreamSettings): Promise<Upstream> => {
    const api = one.api.replace(API_TAIL[one.provider], '');
    const account = await accountOf(one.provider, api, secretOf(one));
    const { ask, status } = openAccount({
      ...context,
      calls,
      account,
      api,
      headers: headersOf(one),
      budget: one.budget,
      perSecond: one.provider === 'acuity' ? ACUITY_CALLS_A_SECOND : undefined,
      send: connections.send,
    });
    statuses.push(async () => ({
      account,
      provider: one.provider,
      budget: one.budget,
      ...(await status()),
      calls: await calls.summary(account),
    }));
    const shared = { account, ask, pages: one.pages.map(prefixOf), now: context.now };
    const memory = memoryOf(context, account);
    switch (one.provider) {
      case 'cal':
        return calCom({ ...shared, hasKey: one.key !== undefined });
      case 'calendly':
        return calendly({ ...shared, memory, owner: one.owner, booking: bookingOf(one) });
      case 'acuity':
        return acuity({ ...shared, memory });
      case 'hubspot':
        return hubspot({ ...shared, memory });
      case 'easyappointments':
        return easyAppointments({ ...shared, services: one.services, timeZone: one.timeZone });
    }
  };
  const all: Upstream[] = [];
  for (const one of settings) all.push(await open(one)); // `statuses` has the same order
  return {
    all,
    calls,
    status: () => Promise.all(statuses.map((ask) => ask())),
    async close() {
      // Connections end also when the store hangs.
      await Promise.all([connections.close(), calls.flush()]);
    },
  };
}
