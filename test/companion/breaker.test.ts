import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { pino } from 'pino';
import { migrate } from '../../src/server/store/migrate.js';
import { budgetMigrations } from '../../src/server/upstreams/budget-schema.js';
import { accountStatus, endCall, takeCall, type Call } from '../../src/server/upstreams/budget.js';
import { openUpstreams } from '../../src/server/upstreams/open-upstreams.js';
import type { Upstreams } from '../../src/server/upstreams/upstreams.js';
import { upstreamOptions } from '../../src/server/upstreams/upstream-options.js';
import { calSlots, fakeUpstream, json, type FakeUpstream } from './fake-upstream.js';
import { onEachEngine, type Place } from './places.js';
import { openConnections } from '../../src/server/on-node/connections.js';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const DAY = 86_400_000;
const services: FakeUpstream[] = [];
const opened: Upstreams[] = [];
after(async () => {
  for (const each of opened) await each.close();
  for (const each of services) await each.close();
});

interface Scene {
  readonly service: FakeUpstream;
  readonly clock: { now: number };
  readonly instances: readonly Upstreams[];
}

/** Three instances that talk to one service. */
async function scene(place: Place, key?: string): Promise<Scene> {
  const service = await fakeUpstream(() => json({}, { status: 500 }));
  services.push(service);
  const clock = { now: NOW };
  const instances = [];
  for (let i = 0; i < 3; i++) {
    const store = await place.store({ now: () => clock.now });
    await migrate(store, budgetMigrations);
    const closing = new AbortController().signal;
    const upstreams = await openUpstreams(
      { store, now: () => clock.now, log: pino({ level: 'silent' }), closing },
      upstreamOptions.parse([{ provider: 'cal', api: service.origin, ...(key && { key }) }]),
      openConnections(),
    );
    opened.push(upstreams);
    instances.push(upstreams);
  }
  return { service, clock, instances };
}

/** How one question ends: `answered`, or the name of the failure. */
async function askOf({ all }: Upstreams): Promise<string> {
  const [upstream] = all;
  const event = await upstream?.eventById('1');
  assert.ok(upstream && event);
  const span = { from: NOW + DAY, to: NOW + 2 * DAY };
  return upstream.times(event, span, { who: 'test' }).then(
    () => 'answered',
    (cause: unknown) => (cause as { code: string }).code,
  );
}

const stateOf = async (upstreams: Upstreams | undefined): Promise<string | undefined> =>
  (await upstreams?.status())?.[0]?.breaker;

onEachEngine('the breaker of an account', (open) => {
  it('opens after five failures wherever they are seen, for a minute, and closes after two successes', async () => {
    const { service, clock, instances } = await scene(await open());
    const [first, second, third] = instances;
    assert.ok(first && second && third);
    // A failure is tried a second time at once: two calls each.
    assert.equal(await askOf(first), 'status');
    assert.equal(await askOf(second), 'status');
    assert.equal(await stateOf(third), 'closed');
    assert.equal(await askOf(third), 'open');
    assert.equal(service.arrived.length, 5);
    assert.deepEqual(await Promise.all(instances.map(stateOf)), ['open', 'open', 'open']);

    service.talk = (request) => calSlots(request);
    clock.now += 59_999;
    assert.equal(await askOf(first), 'open');
    assert.equal(service.arrived.length, 5, 'left alone for a minute');

    clock.now += 1;
    assert.equal(await stateOf(second), 'half-open');
    assert.equal(await askOf(second), 'answered');
    assert.equal(await stateOf(first), 'half-open', 'one success is not enough');
    assert.equal(await askOf(first), 'answered');
    assert.equal(await stateOf(third), 'closed');
  });

  it('opens again when the first call after the pause fails', async () => {
    const { service, clock, instances } = await scene(await open());
    const [first, second] = instances;
    assert.ok(first && second);
    for (let i = 0; i < 3; i++) await askOf(first);
    clock.now += 60_000;
    assert.equal(await askOf(second), 'open', 'the second try finds it open');
    assert.equal(service.arrived.length, 6);
    assert.equal(await stateOf(first), 'open');
    clock.now += 59_999;
    assert.equal(await askOf(first), 'open');
    assert.equal(service.arrived.length, 6);
  });

  it('lets one call at a time decide, and none that began before', async () => {
    const place = await open();
    const clock = { now: NOW };
    const [store, other] = [
      await place.store({ now: () => clock.now }),
      await place.store({ now: () => clock.now }),
    ];
    await migrate(store, budgetMigrations);
    const request = { account: 'a', who: 'x', budget: 120, atOnce: 50, longest: 4000 };
    const take = async (from = store): Promise<Call> => {
      const decision = await takeCall(from, request);
      assert.ok(decision.is === 'call', decision.is);
      return decision.call;
    };
    const slow = await take();
    for (let i = 0; i < 5; i++) await endCall(store, await take(), 'timeout');
    await endCall(other, slow);
    assert.equal((await accountStatus(store, 'a')).breaker, 'open', 'an old success does not close it');
    clock.now += 60_000;
    const trial = await take();
    assert.equal((await takeCall(other, request)).is, 'open');
    await endCall(store, trial);
    const second = await take(other);
    await endCall(other, second);
    assert.equal((await accountStatus(store, 'a')).breaker, 'closed');
  });

  it('does not open for what is not the service’s fault', async () => {
    const { service, instances } = await scene(await open());
    const [first] = instances;
    assert.ok(first);
    for (const status of [404, 403, 404, 400, 403, 404]) {
      service.talk = () => json({}, { status });
      await askOf(first);
    }
    assert.equal(await stateOf(first), 'closed');
    service.talk = (request) => calSlots(request);
    assert.equal(await askOf(first), 'answered');
  });
});

onEachEngine('how an account stands', (open) => {
  it('is the same in every instance, and tells nothing of its key', async () => {
    const { service, clock, instances } = await scene(await open(), 'cal_live_canary');
    const [first, second] = instances;
    assert.ok(first && second);
    const read = async (): Promise<object | undefined> => {
      const { calls, ...status } = (await second.status())[0] ?? {};
      assert.ok(calls);
      return status;
    };
    const account = (await second.status())[0]?.account;
    const always = { account, provider: 'cal', budget: 120 };
    assert.deepEqual(await read(), { ...always, used: 0, breaker: 'closed', failures: 0 });

    await askOf(first);
    const lastFailure = { code: 'status', at: NOW };
    assert.deepEqual(await read(), { ...always, used: 2, breaker: 'closed', failures: 2, lastFailure });

    clock.now += 10_000;
    service.talk = (request) => calSlots(request);
    await askOf(first);
    const lastSuccess = NOW + 10_000;
    const now = { ...always, breaker: 'closed', failures: 0, lastFailure, lastSuccess };
    assert.deepEqual(await read(), { ...now, used: 3 });
    assert.doesNotMatch(JSON.stringify(await read()), /canary/);

    clock.now += 70_000;
    service.talk = () => json({}, { status: 429, headers: { 'retry-after': '7' } });
    await askOf(first);
    const paused = { lastFailure: { code: 'rate-limited', at: clock.now }, pausedUntil: clock.now + 7000 };
    assert.deepEqual(await read(), { ...now, ...paused, used: 1 });
  });
});
