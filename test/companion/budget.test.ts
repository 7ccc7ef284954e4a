import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { Companion } from '../../src/server/index.js';
import { migrate } from '../../src/server/store/migrate.js';
import { endCall, pauseAccount, takeCall, type Call } from '../../src/server/upstreams/budget.js';
import { budgetMigrations } from '../../src/server/upstreams/budget-schema.js';
import { mayCall, type Counted } from '../../src/server/upstreams/fair-share.js';
import { calSlots, fakeUpstream, json, type FakeUpstream } from './fake-upstream.js';
import { onEachEngine } from './places.js';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const DAY = 86_400_000;
const MINUTE = 60_000;
const upstreams: FakeUpstream[] = [];
after(async () => {
  for (const each of upstreams) await each.close();
});

/** Numbers from 0 to 1, the same in every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

describe('a fair share', () => {
  const counted = (counts: Readonly<Record<string, number>>): Counted[] =>
    Object.entries(counts).map(([who, calls]) => ({ who, calls }));

  for (const [about, counts, request, expected] of [
    ['anybody, while there is plenty', { a: 59 }, { who: 'a' }, true],
    ['nobody more than three quarters', { a: 90 }, { who: 'a' }, false],
    ['somebody new, when one has taken much', { a: 90 }, { who: 'b' }, true],
    ['nobody more than an equal share when others ask', { a: 60, b: 10 }, { who: 'a' }, false],
    ['those below their share', { a: 60, b: 10 }, { who: 'b' }, true],
    ['nobody when all is used', { a: 60, b: 60 }, { who: 'c' }, false],
    ['background work, in the first half', { a: 10 }, { who: 'sync', background: true }, true],
    ['no background work in the second half', { a: 60 }, { who: 'sync', background: true }, false],
  ] as const)
    it(`lets in ${about}`, () => {
      assert.equal(mayCall(counted(counts), request, 120), expected);
    });
});

onEachEngine('the budget', (open) => {
  it('is never exceeded in any minute of the upstream’s, by three instances that ask as much as they can', async () => {
    const place = await open();
    const clock = { now: NOW };
    const stores = await Promise.all([1, 2, 3].map(() => place.store({ now: () => clock.now })));
    assert.ok(stores[0]);
    await migrate(stores[0], budgetMigrations);
    const roll = dice(7);
    const [budget, longest] = [20, 4000];
    /** When the upstream saw each call: at some moment between its beginning and its end. */
    const seen: number[] = [];
    const underWay: { call: Call; ends: number; dies: boolean }[] = [];
    let most = 0;
    for (let step = 0; step < 1500; step++) {
      for (const call of underWay.filter(({ ends }) => ends <= clock.now)) {
        underWay.splice(underWay.indexOf(call), 1);
        if (!call.dies) await endCall(stores[0], call.call);
      }
      const store = stores[Math.floor(roll() * 3)] ?? stores[0];
      const grant = await takeCall(store, {
        account: 'a',
        who: `event ${Math.floor(roll() * 8)}`,
        budget,
        atOnce: 5,
        longest,
      });
      if (grant.is === 'call') {
        const takes = Math.floor(roll() * 3000);
        seen.push(clock.now + Math.floor(roll() * takes));
        underWay.push({ call: grant.call, ends: clock.now + takes, dies: roll() < 0.1 });
        most = Math.max(most, underWay.length);
      }
      clock.now += Math.floor(roll() * 400);
    }
    seen.sort((a, b) => a - b);
    const worst = Math.max(
      ...seen.map((at) => seen.filter((other) => other >= at && other < at + MINUTE).length),
    );
    assert.ok(worst <= budget, `${worst} in one minute`);
    assert.ok(worst >= budget - 6, `only ${worst}: the budget is not used up`);
    assert.ok(seen.length > 60);
    assert.ok(most <= 5);
  });

  it('is shared by calls that begin at the same moment in three instances', async () => {
    const place = await open();
    const stores = await Promise.all([1, 2, 3].map(() => place.store({ now: () => NOW })));
    assert.ok(stores[0]);
    await migrate(stores[0], budgetMigrations);
    const grants = await Promise.all(
      stores.flatMap((store, i) =>
        Array.from({ length: 20 }, (_, k) =>
          takeCall(store, { account: 'a', who: `${i}-${k}`, budget: 12, atOnce: 100, longest: 4000 }),
        ),
      ),
    );
    assert.equal(grants.filter(({ is }) => is === 'call').length, 12);
    const other = await takeCall(stores[0], { account: 'b', who: 'x', budget: 12, atOnce: 5, longest: 4000 });
    assert.equal(other.is, 'call', 'another account has a budget of its own');
  });

  it('rests for all instances when the upstream asks for it', async () => {
    const place = await open();
    const clock = { now: NOW };
    const stores = await Promise.all([1, 2].map(() => place.store({ now: () => clock.now })));
    const [first, second] = stores;
    assert.ok(first && second);
    await migrate(first, budgetMigrations);
    await pauseAccount(first, 'a', 30_000);
    await pauseAccount(first, 'a', 10_000); // a shorter pause does not undo a longer one
    const request = { account: 'a', who: 'x', budget: 120, atOnce: 5, longest: 4000 };
    assert.deepEqual(await takeCall(second, request), { is: 'paused', wait: 30_000 });
    clock.now += 30_000;
    assert.equal((await takeCall(second, request)).is, 'call');
  });
});

onEachEngine('a burst on three instances', (open) => {
  const question = (event: string, day = 1): Request =>
    new Request(
      `http://companion.test/v1/availability?${new URLSearchParams({
        src: `https://cal.com/acme/${event}`,
        start: new Date(NOW + day * DAY).toISOString(),
        end: new Date(NOW + (day + 1) * DAY).toISOString(),
      })}`,
    );

  async function scene(budget: number): Promise<{
    upstream: FakeUpstream;
    clock: { now: number };
    companions: Companion[];
  }> {
    const upstream = await fakeUpstream((request) => calSlots(request));
    upstreams.push(upstream);
    const clock = { now: NOW };
    const place = await open();
    const companions = [];
    for (let i = 0; i < 3; i++)
      companions.push(
        await place.companion({
          now: () => clock.now,
          upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin, budget }],
        }),
      );
    return { upstream, clock, companions };
  }

  it('stays within the budget, five at a time, on connections that are kept', async () => {
    const { upstream, clock, companions } = await scene(40);
    const statuses = await Promise.all(
      Array.from({ length: 90 }, async (_, i) => {
        const answer = await companions[i % 3]?.fetch(question(`event-${i}`));
        assert.ok(answer);
        if (answer.status === 503) assert.ok(Number(answer.headers.get('retry-after')) >= 1);
        return answer.status;
      }),
    );
    assert.ok(upstream.arrived.length <= 40, `${upstream.arrived.length} calls`);
    assert.ok(upstream.mostAtOnce <= 5, `${upstream.mostAtOnce} at once`);
    assert.ok(upstream.connections <= 15);
    assert.equal(statuses.filter((status) => status === 200).length, upstream.arrived.length);
    assert.ok(statuses.every((status) => status === 200 || status === 503));
    clock.now += 65_000;
    assert.equal((await companions[0]?.fetch(question('event-1', 3)))?.status, 200);
  });

  it('leaves something for every event type when one is asked for far too often', async () => {
    const { upstream, clock, companions } = await scene(40);
    const [companion] = companions;
    assert.ok(companion);
    const names = ['a', 'b', 'c', 'greedy'];
    for (const name of names) await companion.fetch(question(name));
    clock.now += 65_000;
    for (let day = 2; day < 60; day++) await companion.fetch(question('greedy', day));
    const greedy = upstream.arrived.length - names.length;
    assert.ok(greedy <= 30, `${greedy} of 40`);
    for (const name of ['a', 'b', 'c'])
      assert.equal((await companion.fetch(question(name, 2))).status, 200, name);
  });

  it('of names that nobody knows does not use up what known event types need', async () => {
    const { upstream, clock, companions } = await scene(40);
    const [companion] = companions;
    assert.ok(companion);
    await companion.fetch(question('known'));
    clock.now += 65_000;
    upstream.talk = (request) =>
      request.query.get('eventTypeSlug') === 'known' ? calSlots(request) : json({}, { status: 404 });
    for (let i = 0; i < 100; i++) await companion.fetch(question(`junk-${i}`));
    for (let day = 2; day < 8; day++)
      assert.equal((await companion.fetch(question('known', day))).status, 200);
  });
});
