import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { gzipSync, brotliCompressSync } from 'node:zlib';
import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { readConfiguration } from '../../src/server/commands/configuration.js';
import { isStoreFailure } from '../../src/server/store-failure.js';
import type { Store } from '../../src/server/store/store.js';
import { bookingScene, calAnswer, HOUR, NINE, TOKEN } from './booking-scene.js';
import { CAL_SECRET, calBody, signedByCal } from './deliveries.js';
import { json } from './fake-upstream.js';
import { onEachEngine } from './places.js';

const PAGE = 'https://site.example';
const upstreams: { close(): Promise<void> }[] = [];
const folder = mkdtempSync(join(tmpdir(), 'refusals-'));
after(async () => {
  for (const each of upstreams) await each.close();
  rmSync(folder, { recursive: true, force: true });
});

const codeOf = async (answer: Response): Promise<string> => ((await answer.json()) as { code: string }).code;

/** Nothing can be written any more, or again. On PostgreSQL as if the disk was full (53100). */
async function setReadOnly(store: Store, isReadOnly: boolean): Promise<void> {
  const db = store.tables<object>();
  if (store.engine === 'embedded') {
    await sql.raw(`pragma query_only = ${isReadOnly ? 'on' : 'off'}`).execute(db);
    return;
  }
  if (!isReadOnly) {
    await sql`drop function refuse() cascade`.execute(db);
    return;
  }
  await sql`create function refuse() returns trigger language plpgsql as
    'begin raise exception ''no room'' using errcode = ''53100''; end'`.execute(db);
  const { rows } = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'booking_widget'`.execute(db);
  for (const { name } of rows)
    await sql`create trigger refuse before insert or update or delete on ${sql.table(`booking_widget.${name}`)}
      for each statement execute function refuse()`.execute(db);
}

onEachEngine('refusals and odd requests', (open) => {
  it('carry the CORS headers of an answer, and vary as it does: 400, 404, 413, 429 and 5xx', async () => {
    for (const origins of [['*'], [PAGE]]) {
      const made = await bookingScene(
        await open(),
        () => json({}, { status: 500 }),
        (api) => ({
          origins,
          clientLimit: 6,
          upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api }],
        }),
      );
      upstreams.push(made.upstream);
      const look = async (path: string, init: RequestInit = {}): Promise<unknown[]> => {
        const answer = await made.companion.fetch(
          new Request(`http://companion.test${path}`, { ...init, headers: { origin: PAGE } }),
        );
        await answer.body?.cancel();
        const { headers } = answer;
        return [
          answer.status,
          headers.get('access-control-allow-origin'),
          /retry-after/i.test(headers.get('access-control-expose-headers') ?? ''),
          ...(origins[0] === '*' ? [] : [/origin/i.test(headers.get('vary') ?? '')]),
        ];
      };
      const allowed = origins[0] === '*' ? ['*', true] : [PAGE, true, true];
      assert.deepEqual(await look('/v1/availability?src=nonsense'), [400, ...allowed]);
      assert.deepEqual(await look('/v1/availability?src=https://cal.com/acme/30min'), [502, ...allowed]);
      assert.deepEqual(await look('/v1/nothing-here'), [404, ...allowed]);
      assert.deepEqual(await look('/v1/metrics', { method: 'POST', body: 'x'.repeat(1_100_000) }), [
        413,
        ...allowed,
      ]);
      while ((await look('/v1/live?src=nonsense'))[0] !== 429);
      for (const path of [
        '/v1/availability?src=https://cal.com/acme/30min',
        '/v1/live?src=x',
        '/v1/event?src=x',
      ])
        assert.deepEqual(await look(path), [429, ...allowed]);
      assert.deepEqual(await look('/v1/metrics', { method: 'POST', body: '{}' }), [429, ...allowed]);
    }
  });

  it('say that the store cannot be written, and slots in memory are still given out', async () => {
    const made = await bookingScene(await open(), () => calAnswer([{ start: NINE }]));
    upstreams.push(made.upstream);
    const get = (path: string): Promise<Response> =>
      made.companion.fetch(new Request(`http://companion.test${path}`));
    const slots = (host: string): Promise<Response> =>
      get(`/v1/availability?src=https://cal.com/${host}/30min`);
    assert.equal((await get('/healthz')).status, 200);
    assert.equal((await slots('acme')).status, 200);
    made.clock.now += 20 * 60_000; // not fresh any more
    await setReadOnly(made.store, true);
    // A write that failed counts for more than a probe that was good a moment ago.
    const early = await made.companion.fetch(signedByCal(calBody('BOOKING_CREATED', 'A', NINE)));
    assert.equal(early.status, 503);
    const health = await get('/healthz');
    assert.deepEqual(
      [health.status, await health.json()],
      [503, { healthy: false, failed: ['store-writes'] }],
    );
    const known = await slots('acme');
    assert.equal(known.status, 200);
    assert.match(known.headers.get('cache-status') ?? '', /detail=store/);
    const unknown = await slots('bella');
    assert.deepEqual(
      [unknown.status, Number(unknown.headers.get('retry-after')) >= 1, await codeOf(unknown)],
      [503, true, 'store-unavailable'],
    );
    const refused = await made.companion.fetch(signedByCal(calBody('BOOKING_CREATED', 'A', NINE)));
    assert.deepEqual([refused.status, await codeOf(refused)], [503, 'not-stored']);
    await setReadOnly(made.store, false);
    assert.equal((await get('/healthz')).status, 200);
    assert.equal((await slots('bella')).status, 200);
    await made.deliver(signedByCal(calBody('BOOKING_CREATED', 'A', NINE)));
  });

  it('never say nonsense of an age: a booking while the upstream is down leaves times that are as old as the booking', async () => {
    const made = await bookingScene(await open(), () => calAnswer([{ start: NINE }, { start: NINE + HOUR }]));
    upstreams.push(made.upstream);
    await made.slots('https://cal.com/acme/30min');
    made.clock.now += 2000;
    made.upstream.talk = () => json({}, { status: 500 });
    await made.deliverCal('BOOKING_CREATED', 'A', NINE, { organizer: { username: 'acme' } });
    made.clock.now += 3000;
    const answer = await made.companion.fetch(
      new Request('http://companion.test/v1/availability?src=https://cal.com/acme/30min'),
    );
    assert.equal(answer.headers.get('cache-status'), 'booking-widget; hit; ttl=-3; detail=status');
  });

  it('are no matter of a slash at the end, of packing, or of a byte order mark', async () => {
    const made = await bookingScene(await open(), () => calAnswer([]));
    upstreams.push(made.upstream);
    const hmac = (bytes: string | Uint8Array): string =>
      createHmac('sha256', CAL_SECRET).update(bytes).digest('hex');
    const post = async (
      body: Uint8Array,
      signature: string,
      encoding?: string,
      path = '/v1/webhooks/cal',
    ): Promise<number> => {
      const answer = await made.companion.fetch(
        new Request(`http://companion.test${path}`, {
          method: 'POST',
          body: body as BodyInit,
          headers: { 'x-cal-signature-256': signature, ...(encoding && { 'content-encoding': encoding }) },
        }),
      );
      return answer.status;
    };
    const body = (uid: string): Buffer => Buffer.from(calBody('BOOKING_CREATED', uid, NINE));
    for (const [coding, pack] of [
      ['gzip', gzipSync],
      ['br', brotliCompressSync],
    ] as const) {
      const [before, behind] = [body(`before-${coding}`), pack(body(`behind-${coding}`))];
      assert.equal(await post(pack(before), hmac(before), coding), 202, 'signed before it was packed');
      assert.equal(await post(behind, hmac(behind), coding), 202, 'signed as it was sent');
      assert.equal(await post(pack(before), 'a'.repeat(64), coding), 401);
    }
    const bomb = gzipSync(Buffer.alloc(20_000_000));
    assert.equal(await post(bomb, hmac(bomb), 'gzip'), 413, 'no more is unpacked than may be sent');
    assert.equal(await post(body('x'), hmac(body('x')), 'gzip'), 400);
    assert.equal(await post(body('x'), hmac(body('x')), 'zstd'), 415);
    assert.equal(await post(body('slash'), hmac(body('slash')), undefined, '/v1/webhooks/cal/'), 202);
    for (const path of ['/healthz/', '/v1/availability/?src=https://cal.com/acme/30min'])
      assert.equal(
        (await made.companion.fetch(new Request(`http://companion.test${path}`))).status,
        200,
        path,
      );
    const page = await made.companion.fetch(
      new Request('http://companion.test/embed/?src=https://cal.com/acme/30min'),
    );
    assert.deepEqual(
      [page.status, page.headers.get('location')],
      [308, '../embed?src=https://cal.com/acme/30min'],
    );
    const sync = await made.companion.fetch(
      new Request('http://companion.test/v1/sync', {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}` },
        body: '\uFEFF{"account":"nobody"}',
      }),
    );
    assert.equal(await codeOf(sync), 'no-such-account');
  });

  it('of a live stream with ids of another life, of an earlier release or of the future get `ask-anew`', async () => {
    const made = await bookingScene(await open(), () => calAnswer([]));
    upstreams.push(made.upstream);
    const src = 'https://cal.com/acme/30min';
    const reader = await made.listen(src);
    const id = reader.events.at(-1)?.id ?? '';
    const [life = '', number = ''] = id.split('-');
    const begin = async (lastEventId: string): Promise<string | undefined> => {
      const next = await made.companion.fetch(
        new Request(`http://companion.test/v1/live?${new URLSearchParams({ src })}`, {
          headers: { 'last-event-id': lastEventId },
        }),
      );
      const reading = next.body?.getReader();
      let seen = '';
      while (!seen.includes('event: here')) seen += new TextDecoder().decode((await reading?.read())?.value);
      await reading?.cancel();
      return /event: (\S+)/.exec(seen)?.[1];
    };
    assert.equal(await begin(id), 'here', 'nothing was missed');
    for (const foreign of [
      `${life}-${Number(number) + 1000}`,
      `0123456789ab-${number}`,
      number,
      'junk',
      '-1',
    ])
      assert.equal(await begin(foreign), 'ask-anew', foreign);
  });
});

describe('files of options', () => {
  it('may begin with a byte order mark', async () => {
    const file = join(folder, 'companion.json');
    writeFileSync(file, `\uFEFF{"data":"elsewhere"}`);
    const { options } = await readConfiguration({ config: file }, {});
    assert.equal(options.data, 'elsewhere');
  });
});

describe('failures of the store', () => {
  const failure = (code: string, message = 'x'): Error => Object.assign(new Error(message), { code });
  it('are distinguished from mistakes in the request', () => {
    for (const code of [
      'SQLITE_FULL',
      'SQLITE_IOERR_WRITE',
      'SQLITE_READONLY',
      '53300',
      '25006',
      '57P01',
      'ECONNREFUSED',
    ])
      assert.equal(isStoreFailure(failure(code)), true, code);
    assert.equal(isStoreFailure(new Error('timeout exceeded when trying to connect')), true);
    for (const code of ['SQLITE_CONSTRAINT', '23505', '42P01', 'ERR_INVALID_ARG_TYPE'])
      assert.equal(isStoreFailure(failure(code)), false, code);
    assert.equal(isStoreFailure(new TypeError('x is not a function')), false);
  });
});
