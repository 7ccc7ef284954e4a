import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { pino } from 'pino';
import { findBooking } from '../../src/server/bookings/bookings.js';
import { statusOf } from '../../src/server/bookings/merge.js';
import { TIMES_GONE } from '../../src/server/availability/forget.js';
import type { CompanionOptions } from '../../src/server/index.js';
import { openContext, type OpenContext } from '../../src/server/open-context.js';
import { LeaseTaken } from '../../src/server/store/leases.js';
import type { Store } from '../../src/server/store/store.js';
import { accountsOf } from '../../src/server/sync/accounts.js';
import { syncFeature } from '../../src/server/sync/sync-routes.js';
import {
  readSync,
  syncAccount,
  type SyncAccount,
  type SyncOptions,
} from '../../src/server/sync/sync-account.js';
import { Arrivals } from '../../src/server/webhooks/arrivals.js';
import { webhookJobs } from '../../src/server/webhooks/webhook-jobs.js';
import { calDeliveries } from '../../src/server/webhooks/cal-com.js';
import { calList, type CalBooking } from './cal-bookings.js';
import { runCli, type CliRun } from './cli-run.js';
import { calBody, CALENDLY_TYPE, calendlyEvent } from './deliveries.js';
import { fakeUpstream, json, type Arrived, type FakeUpstream, type Talk } from './fake-upstream.js';
import { onEachEngine, type Place } from './places.js';
import { until } from './until.js';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const DAY = 86_400_000;
const HOUR = 3_600_000;
const TOKEN = 'a-token-for-this-test';
const iso = (at: number): string => new Date(at).toISOString();

const folder = mkdtempSync(join(tmpdir(), 'sync-'));
const upstreams: FakeUpstream[] = [];
const contexts: OpenContext[] = [];
const runs: CliRun[] = [];
after(async () => {
  for (const { child } of runs) child.kill('SIGKILL');
  for (const context of contexts) await context.close();
  for (const each of upstreams) await each.close();
  rmSync(folder, { recursive: true, force: true });
});

/** So many bookings around now, one an hour. */
const many = (count: number): CalBooking[] =>
  Array.from({ length: count }, (_, i) => ({ uid: `uid-${i}`, start: NOW + (i - 100) * HOUR }));

const lists = ({ arrived }: FakeUpstream): Arrived[] =>
  arrived.filter(({ path }) => /bookings|scheduled_events/.test(path));

async function rows(store: Store): Promise<number> {
  const { count } = await store
    .tables<{ booking: { id: string } }>()
    .selectFrom('booking')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

onEachEngine('synchronising', (open) => {
  async function scene(
    talk: Talk,
    upstreamOptions: object = { provider: 'cal', key: 'cal_live_1', pages: ['https://cal.com'] },
  ): Promise<{
    upstream: FakeUpstream;
    place: Place;
    clock: { now: number };
    options: CompanionOptions;
    context: OpenContext;
    account: SyncAccount;
    sync: (options?: SyncOptions) => Promise<unknown>;
  }> {
    const upstream = await fakeUpstream(talk);
    upstreams.push(upstream);
    const clock = { now: NOW };
    const place = await open();
    const options = {
      ...place.where,
      log: 'silent' as const,
      token: TOKEN,
      now: () => clock.now,
      upstreams: [{ ...upstreamOptions, api: upstream.origin }],
    } as CompanionOptions;
    const context = await openContext(options);
    contexts.push(context);
    const account = accountsOf(context)[0]?.sync;
    assert.ok(account);
    const sync = (more: SyncOptions = {}): Promise<unknown> =>
      syncAccount(context, account, { wait: () => Promise.resolve(), ...more });
    return { upstream, place, clock, options, context, account, sync };
  }

  it('reads two years back and one ahead first, then three months back and six ahead, by itself', async () => {
    const { upstream, clock, context, sync } = await scene(calList(many(250)));
    await sync();
    assert.equal(await rows(context.store), 250);
    const spans = (): number[][] =>
      lists(upstream).map(({ query }) =>
        ['afterStart', 'beforeEnd'].map((name) =>
          Math.round((Date.parse(query.get(name) ?? '') - clock.now) / DAY),
        ),
      );
    assert.deepEqual(spans(), [
      [-730, 365],
      [-730, 365],
      [-730, 365],
    ]);
    assert.equal(lists(upstream)[0]?.headers['authorization'], 'Bearer cal_live_1');
    upstream.arrived.length = 0;
    await sync();
    assert.deepEqual(spans()[0], [-91, 183]);
    upstream.arrived.length = 0;
    await sync({ full: true });
    assert.deepEqual(spans()[0], [-730, 365]);
    assert.equal(await rows(context.store), 250);
  });

  it('goes on where it was interrupted, and says why it was', async () => {
    const { upstream, context, account, sync, place, options } = await scene(calList(many(250)));
    const talk = calList(many(250));
    upstream.talk = (request, response) =>
      request.query.get('skip') === '100' ? json({}, { status: 403 }) : talk(request, response);
    const progress: number[] = [];
    await assert.rejects(sync({ onProgress: ({ bookings }) => progress.push(bookings) }), /403/);
    assert.deepEqual(progress, [100]);
    const companion = await place.companion(options);
    const health = async (): Promise<{ state: string; run: { failure: string; bookings: number } }> => {
      const answer = await companion.fetch(
        new Request('http://companion.test/v1/sync', { headers: { authorization: `Bearer ${TOKEN}` } }),
      );
      const [one] = ((await answer.json()) as { accounts: never[] }).accounts;
      assert.ok(one);
      return one;
    };
    const failing = await health();
    assert.equal(failing.state, 'failing');
    assert.match(failing.run.failure, /403/);
    upstream.talk = talk;
    upstream.arrived.length = 0;
    await sync();
    assert.deepEqual(
      lists(upstream).map(({ query }) => query.get('skip')),
      ['100', '200'],
    );
    assert.equal(await rows(context.store), 250);
    assert.equal((await health()).state, 'ok');
    assert.equal((await readSync(context.store, account.account))?.bookings, 250);
  });

  it('begins again when the interruption is longer than a day ago', async () => {
    const { upstream, clock, sync } = await scene(calList(many(150)));
    const talk = calList(many(150));
    upstream.talk = (request, response) =>
      request.query.get('skip') === '100' ? json({}, { status: 403 }) : talk(request, response);
    await assert.rejects(sync());
    clock.now += DAY + 1;
    upstream.talk = talk;
    upstream.arrived.length = 0;
    await sync();
    assert.equal(lists(upstream)[0]?.query.get('skip'), '0');
  });

  it('waits where the service fails for a while, and gives up after three more attempts', async () => {
    const { upstream, sync } = await scene(calList(many(10)));
    const talk = calList(many(10));
    let bad = 2;
    upstream.talk = (request, response) => (bad-- > 0 ? { body: '', status: 503 } : talk(request, response));
    const waited: number[] = [];
    const wait = (ms: number): Promise<void> => {
      waited.push(ms);
      return Promise.resolve();
    };
    await sync({ wait });
    assert.deepEqual(waited, [5000]);
    upstream.talk = () => ({ body: 'x', status: 400 });
    await assert.rejects(sync({ wait }), /400/);
    assert.equal(waited.length, 1, 'a refusal does not pass by itself');
  });

  it('comes to the same row as deliveries, whichever is first', async () => {
    for (const first of ['delivery', 'sync']) {
      const list = [
        { uid: 'A', start: NOW + DAY, more: { rescheduledToUid: 'B' }, status: 'cancelled' },
        { uid: 'B', start: NOW + 2 * DAY, more: { rescheduledFromUid: 'A' } },
      ];
      const { context, sync, account } = await scene(calList(list));
      const receive = async (): Promise<void> => {
        const { handle } = webhookJobs(context);
        const bodies = [
          calBody('BOOKING_RESCHEDULED', 'B', NOW + 2 * DAY, { rescheduleUid: 'A' }, NOW),
          calBody('BOOKING_CREATED', 'A', NOW + DAY, {}, NOW - 1000),
        ];
        const jobs = bodies.map((body, id) => {
          const delivery = calDeliveries.read(JSON.parse(body), NOW);
          assert.ok(delivery.is === 'booking');
          return {
            id,
            kind: 'webhook',
            key: `delivery ${id}`,
            attempts: 0,
            data: { observations: delivery.observations, about: delivery.about },
          };
        });
        await handle(jobs);
      };
      if (first === 'delivery') await receive();
      await sync();
      if (first === 'sync') await receive();
      const [a, b] = [
        await findBooking(context.store, 'cal', 'A'),
        await findBooking(context.store, 'cal', 'B'),
      ];
      assert.ok(a && b);
      assert.equal(await rows(context.store), 2);
      assert.deepEqual(
        [statusOf(a), a.movedTo, a.account, a.slug, a.eventType],
        [
          { state: 'cancelled', start: NOW + DAY, end: NOW + DAY + HOUR },
          'B',
          account.account,
          '30min',
          '4711',
        ],
      );
      assert.deepEqual([statusOf(b).state, b.movedFrom, b.account], ['accepted', 'A', account.account]);
      assert.equal(a.bookedAt, NOW - 300 * DAY);
    }
  });

  it('takes times off widgets that no delivery named, and leaves alone what is long known', async () => {
    const list = [
      { uid: 'old', start: NOW + 2 * DAY },
      { uid: 'new', start: NOW + 3 * DAY, changed: NOW - HOUR },
    ];
    const { place, options, context, sync } = await scene(calList(list));
    const companion = await place.companion(options);
    const asked = await companion.fetch(
      new Request('http://companion.test/v1/availability?src=https://cal.com/acme/30min'),
    );
    assert.equal(asked.status, 200);
    const published: number[] = [];
    context.bus.subscribe(TIMES_GONE, ({ data }) => published.push((data as { start: number }).start));
    await sync();
    assert.deepEqual(published, [NOW + 3 * DAY]);
    await sync();
    assert.deepEqual(published, [NOW + 3 * DAY], 'published once');
  });

  it('counts what it found: new, changed and gone', async () => {
    const list = [
      { uid: 'A', start: NOW + DAY },
      { uid: 'B', start: NOW + 2 * DAY },
      { uid: 'C', start: NOW + 3 * DAY },
    ];
    const { upstream, sync, clock } = await scene(calList(list));
    const counts = async (): Promise<number[]> => {
      const { added, changed, gone } = (await sync()) as { added: number; changed: number; gone: number };
      return [added, changed, gone];
    };
    assert.deepEqual(await counts(), [3, 0, 0]);
    clock.now += HOUR;
    upstream.talk = calList([
      { uid: 'A', start: NOW + DAY, status: 'cancelled' },
      { uid: 'B', start: NOW + 2 * DAY + HOUR },
      { uid: 'C', start: NOW + 3 * DAY },
      { uid: 'D', start: NOW + 4 * DAY },
    ]);
    assert.deepEqual(await counts(), [1, 1, 1]);
    clock.now += HOUR;
    assert.deepEqual(await counts(), [0, 0, 0]);
  });

  it('is done by one instance at a time', async () => {
    const { upstream, context, account, sync } = await scene(calList(many(5)));
    const talk = calList(many(5));
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    upstream.talk = async (request, response) => {
      await held;
      return talk(request, response);
    };
    const first = sync();
    await until(() => lists(upstream).length === 1);
    await assert.rejects(syncAccount(context, account), LeaseTaken);
    release();
    await first;
    assert.equal(lists(upstream).length, 1);
  });

  it('skips entries that are no bookings, and counts them', async () => {
    const list = [
      { uid: 'good', start: NOW + DAY },
      { uid: '', start: NOW + DAY + HOUR },
      { uid: 'odd', start: NOW + DAY + 2 * HOUR, status: 'dreaming' },
    ];
    const { context, account, sync } = await scene(calList(list));
    await sync();
    assert.equal(await rows(context.store), 1);
    assert.equal((await readSync(context.store, account.account))?.unreadable, 2);
  });

  it('reads Calendly’s events by its tokens, from the last one on when a token has become too old', async () => {
    const events = Array.from({ length: 5 }, (_, i) => ({
      uri: calendlyEvent(`E${i}`),
      status: i === 3 ? 'canceled' : 'active',
      start_time: iso(NOW + i * HOUR),
      end_time: iso(NOW + (i + 1) * HOUR),
      event_type: CALENDLY_TYPE,
      created_at: iso(NOW - DAY * 9),
      updated_at: iso(NOW - DAY * 9),
    }));
    let isOld = true;
    const talk: Talk = ({ path, query }) => {
      if (path === '/users/me')
        return json({
          resource: {
            uri: 'https://api.calendly.com/users/ME',
            current_organization: 'https://api.calendly.com/organizations/ORG',
          },
        });
      // This one may see its own events only.
      if (query.has('organization')) return json({}, { status: 403 });
      const from = Date.parse(query.get('min_start_time') ?? '');
      const token = query.get('page_token');
      if (token === 'two' && isOld) {
        isOld = false;
        return json({ title: 'Invalid Argument' }, { status: 400 });
      }
      const found = events.filter(({ start_time: start }) => Date.parse(start) >= from);
      const begin = token === 'two' ? 3 : 0;
      const page = found.slice(begin, begin + 3);
      const isLast = begin + 3 >= found.length;
      return json({ collection: page, pagination: { next_page_token: isLast ? null : 'two' } });
    };
    const { context, sync, upstream } = await scene(talk, { provider: 'calendly', token: 'calendly-1' });
    await sync();
    assert.equal(await rows(context.store), 5);
    const cancelled = await findBooking(context.store, 'calendly', calendlyEvent('E3'));
    assert.ok(cancelled);
    assert.equal(statusOf(cancelled).state, 'cancelled');
    assert.equal(cancelled.eventType, CALENDLY_TYPE);
    const last = lists(upstream).at(-1)?.query;
    assert.equal(last?.get('min_start_time'), iso(NOW + 2 * HOUR));
    assert.equal(last.get('user'), 'https://api.calendly.com/users/ME');
  });

  it('is asked for and looked at by the owner alone, and says what it cannot do', async () => {
    const { place, options, context, account } = await scene(calList(many(3)));
    const companion = await place.companion(options);
    const ask = (method: string, body?: string, token = TOKEN): Promise<Response> =>
      companion.fetch(
        new Request('http://companion.test/v1/sync', {
          method,
          headers: { authorization: `Bearer ${token}` },
          ...(body !== undefined && { body }),
        }),
      );
    for (const method of ['GET', 'POST']) assert.equal((await ask(method, undefined, 'another')).status, 401);
    assert.equal((await ask('POST', '{')).status, 400);
    assert.equal((await ask('POST', '{"ful":true}')).status, 400);
    assert.equal((await ask('POST', '{"account":"nobody"}')).status, 404);
    const started = await ask('POST', JSON.stringify({ full: true, account: account.account }));
    assert.equal(started.status, 202);
    assert.deepEqual(await started.json(), { started: [account.account] });
    await until(async () => (await readSync(context.store, account.account))?.ok_at === NOW);
    assert.equal(await rows(context.store), 3);

    const keyless = await place.companion({ ...options, upstreams: [{ provider: 'cal' }] });
    const refused = await keyless.fetch(
      new Request('http://companion.test/v1/sync', {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}` },
      }),
    );
    assert.equal(refused.status, 422);
  });

  it('is done by itself every quarter of an hour, and every few hours where webhooks are known to tell everything', async () => {
    const { clock, context, account, upstream } = await scene(calList(many(3)));
    const settings = { ...context.settings, syncEvery: 6 };
    /** What was put off, and for how long; undefined when there is nothing to come. */
    let putOff: { readonly ms: number; readonly work: () => Promise<void> } | undefined;
    const said: string[] = [];
    const log = pino(
      { level: 'debug' },
      { write: (line: string) => void said.push((JSON.parse(line) as { msg: string }).msg) },
    );
    const feature = syncFeature({ ...context, settings, log }, (ms, work) => {
      putOff = { ms, work };
      return () => (putOff = undefined);
    });
    await feature.start?.();
    assert.ok(putOff && putOff.ms >= 60_000 && putOff.ms <= 120_000, 'not all instances at once');
    await putOff.work();
    const [begun, ended] = ['bookings are being synchronised', 'bookings synchronised'];
    await until(() => said.length === 2);
    assert.deepEqual(said, [begun, ended]);
    assert.equal(putOff.ms, 300_000);
    const first = lists(upstream).length;

    const QUARTER = HOUR / 4;
    clock.now = NOW + QUARTER - 1;
    await putOff.work();
    assert.equal(said.length, 2, 'not before it is due');
    clock.now = NOW + QUARTER;
    await putOff.work();
    await until(() => said.length === 4);
    assert.deepEqual(said, [begun, ended, begun, ended]);
    const run = await readSync(context.store, account.account);
    assert.deepEqual([run?.kind, run?.started_at], ['recent', NOW + QUARTER]);
    assert.deepEqual([run?.added, run?.changed, run?.gone], [0, 0, 0], 'it found nothing new');
    assert.equal(lists(upstream).length, first + 1);

    await new Arrivals(context.store).note('cal');
    clock.now += 6 * HOUR - 1;
    await putOff.work();
    assert.equal(said.length, 4, 'deliveries arrive, and nothing was missing');
    clock.now += 1;
    await putOff.work();
    await until(() => said.length === 6);
    clock.now += DAY; // no delivery for a day
    await putOff.work();
    await until(() => said.length === 8);
    clock.now += QUARTER;
    await putOff.work();
    await until(() => said.length === 10);

    await feature.stop?.();
    assert.equal(putOff, undefined);
    const never = syncFeature({ ...context, settings: { ...settings, syncEvery: 0 } }, () => {
      throw new Error('nothing is to be done by itself');
    });
    await never.start?.();
    await never.stop?.();
  });

  it('as a command says how far it is, and goes on after it was killed', async () => {
    const talk = calList(many(250));
    const { upstream, options, context } = await scene(talk);
    const { now: _, ...written } = options;
    const config = join(folder, `${context.store.engine}.json`);
    writeFileSync(config, JSON.stringify(written));
    // The list is that of the tests' day: the command's own clock has to see it.
    const near = calList(many(250).map((one) => ({ ...one, start: one.start - NOW + Date.now() })));
    upstream.talk = (request, response) =>
      request.query.get('skip') === '100' ? null : near(request, response);
    const first = runCli(['sync', '--config', config]);
    runs.push(first);
    await first.output(/100 of 250 bookings, 1 pages/);
    await until(() => lists(upstream).length >= 2);
    first.child.kill('SIGKILL');
    await first.ended;
    assert.equal(await rows(context.store), 100);

    await context.store.tables<{ lease: object }>().deleteFrom('lease').execute(); // as if ten seconds had passed
    upstream.talk = near;
    upstream.arrived.length = 0;
    const second = runCli(['sync', '--config', config]);
    runs.push(second);
    const { code, said } = await second.ended;
    assert.equal(code, 0, said);
    assert.match(said, /done, 250 bookings/);
    assert.deepEqual(
      lists(upstream).map(({ query }) => query.get('skip')),
      ['100', '200'],
    );
    assert.equal(await rows(context.store), 250);
  });
});

it('synchronising as a command says what is missing when no account has a key', async () => {
  const data = join(folder, 'keyless');
  const { code, said } = await runCli(['sync', '--data', data], { BOOKING_LOG: 'silent' }).ended;
  assert.equal(code, 2, said);
  assert.match(said, /`upstreams`: no account whose bookings can be read/);
});
