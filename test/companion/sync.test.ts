import assert from 'node:assert/strict';
import { it } from 'node:test';
import { LeaseTaken } from '../../src/server/store/leases.js';
import { readSync, syncAccount } from '../../src/server/sync/sync-account.js';
import { calList } from './cal-bookings.js';
import { json } from './fake-upstream.js';
import { onEachEngine } from './places.js';
import { until } from './until.js';
import { NOW, DAY, HOUR, TOKEN, many, lists, rows, syncScenesOn } from './sync-scene.js';
onEachEngine('synchronising', (open) => {
  const scene = syncScenesOn(open);

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
});
