import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import type { Availability } from '../../src/protocol/availability.js';
import { TIMES_LEASE_MS } from '../../src/server/durations.js';
import { LIMITS } from '../../src/server/upstreams/account.js';
import { runCli, type CliRun } from './cli-run.js';
import { calSlots, fakeUpstream, type FakeUpstream } from './fake-upstream.js';
import { onEachEngine, type Place } from './places.js';
import { until } from './until.js';

const DAY = 86_400_000;

/**
 * The shortest time, in milliseconds, in which a process that gets no processor loses a lease or a call. Only after it may a
 * request be refused or sent again.
 */
const STALL = Math.min(TIMES_LEASE_MS, LIMITS.timeout, LIMITS.patience);

/** What a process answers that had no processor for too long. */
const STALLED = /^(upstream-(busy|open|timeout|unreachable)|store-unavailable)$/;

const folder = mkdtempSync(join(tmpdir(), 'processes-'));
const upstreams: FakeUpstream[] = [];
const runs: CliRun[] = [];
after(async () => {
  for (const { child } of runs) child.kill('SIGKILL');
  for (const each of upstreams) await each.close();
  rmSync(folder, { recursive: true, force: true });
});

let started = 0;

/** A companion in a process of its own on the place's store. */
async function companionProcess(
  place: Place,
  upstream: FakeUpstream,
  more: object = {},
): Promise<CliRun & { readonly origin: string }> {
  const config = join(folder, `${++started}.json`);
  writeFileSync(
    config,
    JSON.stringify({
      ...place.where,
      log: 'silent',
      token: 'a-token-for-this-test',
      upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin, ...more }],
    }),
  );
  const run = runCli(['serve', '--port', '0', '--config', config]);
  runs.push(run);
  const [, origin = ''] = await run.output(/answers at (\S+)/);
  // Where the start takes long, it listens before it is ready.
  await until(async () => (await fetch(`${origin}/readyz`)).ok);
  return { ...run, origin };
}

const request = (origin: string, event: string): Promise<Response> => {
  const from = Math.ceil(Date.now() / DAY) * DAY + DAY;
  const words = new URLSearchParams({
    src: `https://cal.com/acme/${event}`,
    start: new Date(from).toISOString(),
    end: new Date(from + 3 * DAY).toISOString(),
  });
  return fetch(`${origin}/v1/availability?${words}`);
};

/** The times that a companion answers with; where it answers that a stall was too long, it is asked again. */
async function times(origin: string, event: string): Promise<Availability> {
  const begun = performance.now();
  let times: Availability | undefined;
  await until(async () => {
    const answer = await request(origin, event);
    const body = (await answer.json()) as Availability & { readonly code?: string };
    if (answer.status === 200) times = body;
    else {
      assert.match(body.code ?? '', STALLED);
      assert.ok(performance.now() - begun >= STALL, `${body.code} before anything can have taken too long`);
    }
    return times !== undefined;
  });
  assert.ok(times);
  return times;
}

/** Asks the processes to end: all do, and say that it went well. */
async function end(companions: readonly CliRun[]): Promise<void> {
  for (const { child } of companions) child.kill('SIGTERM');
  for (const { ended } of companions) {
    const { code, said } = await ended;
    assert.equal(code, 0, said);
  }
}

onEachEngine('companions in processes of their own', (open) => {
  it('share what they know, and one request among all who ask at once', async () => {
    const upstream = await fakeUpstream((request) => calSlots(request));
    upstreams.push(upstream);
    const place = await open();
    const companions = await Promise.all([1, 2, 3].map(() => companionProcess(place, upstream)));
    const begun = performance.now();
    const answers = await Promise.all(
      companions.flatMap(({ origin }) => Array.from({ length: 5 }, () => times(origin, 'shared'))),
    );
    // Another request is sent only where the lease of the one before ran out, or its call was given up.
    const most = 1 + Math.floor((performance.now() - begun) / STALL);
    const requests = upstream.arrived.length;
    assert.ok(requests <= most, `${requests} requests, ${most} at most`);
    assert.ok(answers.every(({ slots }) => slots.length === 9));
    const fetched = new Set(answers.map(({ fetchedAt }) => fetchedAt)).size;
    assert.ok(fetched <= requests, `${requests} requests were fetched at ${fetched} moments`);

    // One is killed while it asks: another asks in its place as soon as it must be taken for dead.
    const [first, second, third] = companions;
    assert.ok(first && second && third);
    upstream.talk = () => null;
    const lost = request(first.origin, 'other').catch((cause: unknown) => cause);
    await until(() => upstream.arrived.length > requests);
    first.child.kill('SIGKILL');
    await lost;
    upstream.talk = (asked) => calSlots(asked);
    assert.equal((await times(second.origin, 'other')).slots.length, 9);
    await end([second, third]);
  });

  it('stay within one budget together, five calls at a time, when all are asked for more than it allows', async () => {
    const upstream = await fakeUpstream(async (request) => {
      await new Promise((resolve) => setImmediate(resolve));
      return calSlots(request);
    });
    upstreams.push(upstream);
    const place = await open();
    const companions = await Promise.all(
      [1, 2, 3].map(() => companionProcess(place, upstream, { budget: 24 })),
    );
    const from = Math.ceil(Date.now() / DAY) * DAY + DAY;
    const words = (event: string): URLSearchParams =>
      new URLSearchParams({
        src: `https://cal.com/acme/${event}`,
        start: new Date(from).toISOString(),
        end: new Date(from + DAY).toISOString(),
      });
    let failed = 0;
    /** Whether the answer is final: slots, or that the budget is used. */
    async function isAnswered({ origin, event }: { origin: string; event: string }): Promise<boolean> {
      const answer = await fetch(`${origin}/v1/availability?${words(event)}`);
      const { code } = (await answer.json()) as { readonly code?: string };
      if (code === 'upstream-budget') isSpent = true;
      if (answer.status === 200 || code === 'upstream-budget') return true;
      // A slow machine is no fault: other requests, the store or the call itself took too long.
      assert.match(code ?? '', STALLED);
      if (answer.status !== 503) failed++;
      return false;
    }
    let isSpent = false;
    let unanswered = companions.flatMap(({ origin }, instance) =>
      Array.from({ length: 20 }, (_, i) => ({ origin, event: `event-${instance}-${i}` })),
    );
    await until(async () => {
      const answers = await Promise.all(unanswered.map(isAnswered));
      unanswered = unanswered.filter((_, i) => !answers[i]);
      return unanswered.length === 0;
    });
    // Event types that never had an answer share three quarters of the 24 calls: docs/decisions/0042.
    const share = 18;
    const arrived = upstream.arrived.map(({ at }) => at);
    const inMinute = arrived.map((at) => arrived.filter((one) => one >= at && one < at + 60_000).length);
    assert.ok(Math.max(...inMinute) <= share, `${Math.max(...inMinute)} calls within a minute`);
    assert.ok(arrived.length + failed >= share, `only ${arrived.length} calls, and ${failed} failed`);
    // A call that was given up may still be open at the upstream.
    assert.ok(upstream.mostAtOnce <= 5 + failed, `${upstream.mostAtOnce} at once`);
    assert.ok(isSpent, 'more was requested than the budget allows');
    await end(companions);
  });

  it('take a service for down together, after five calls in all', async () => {
    const upstream = await fakeUpstream(() => ({ status: 500 }));
    upstreams.push(upstream);
    const place = await open();
    const companions = await Promise.all([1, 2, 3].map(() => companionProcess(place, upstream)));
    const codes: string[] = [];
    const ask = async (origin: string): Promise<string> => {
      const answer = await request(origin, `event-${codes.length}`);
      const { code = '' } = (await answer.json()) as { readonly code?: string };
      codes.push(code);
      return code;
    };
    // A failure that the service answers is tried once more: the third event type's first call is the fifth, and its second is refused.
    await until(async () => (await ask(companions[codes.length % 3]?.origin ?? '')) === 'upstream-open');
    // A call that a stalled process gave up counts, whether it arrived or not, and is not tried again.
    const givenUp = codes.filter((code) => code === 'upstream-timeout').length;
    const calls = upstream.arrived.length;
    assert.ok(calls <= 5 && calls >= 5 - givenUp, `${calls} calls, ${codes.join()}`);
    if (givenUp === 0) assert.equal(codes.length, 3, codes.join());
    for (const { origin } of companions) assert.equal(await ask(origin), 'upstream-open');
    assert.equal(upstream.arrived.length, calls);
    await end(companions);
  });
});
