import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import type { Companion } from '../../src/server/index.js';
import type { Status } from '../../src/server/status.js';
import { openContext } from '../../src/server/open-context.js';
import type { CallSummary, UpstreamCall } from '../../src/server/upstreams/call-tallies.js';
import { runCli } from './cli-run.js';
import { calSlots, fakeUpstream, json, type FakeUpstream } from './fake-upstream.js';
import { onEachEngine } from './places.js';
import { until } from './until.js';

const token = 'a-token-for-this-test';
const headers = { authorization: `Bearer ${token}` };
const HOUR = 3_600_000;

onEachEngine('calls to a scheduling service', (open) => {
  const upstreams: FakeUpstream[] = [];
  after(async () => {
    for (const each of upstreams) await each.close();
  });

  async function callsOf(companion: Companion): Promise<CallSummary> {
    const response = await companion.fetch(new Request('http://companion.test/v1/status', { headers }));
    const { upstreams: accounts } = (await response.json()) as Status;
    assert.ok(accounts[0]);
    return accounts[0].calls;
  }

  it('are counted by operation and outcome in all instances, and timed, for status, monitoring and report', async () => {
    let letGo = (): void => undefined;
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    const upstream = await fakeUpstream(async (request) => {
      switch (request.query.get('eventTypeSlug')) {
        case 'gone':
          return json({}, { status: 404 });
        case 'broken':
          return json({}, { status: 500 });
        case 'limited':
          return json({}, { status: 429 });
        default:
          await gate;
          return calSlots(request);
      }
    });
    upstreams.push(upstream);
    let now = Date.parse('2026-03-02T08:00:00Z');
    const place = await open();
    const options = {
      token,
      now: () => now,
      upstreams: [{ provider: 'cal' as const, pages: ['https://cal.com'], api: upstream.origin }],
    };
    const [one, other] = [await place.companion(options), await place.companion(options)];
    const ask = async (event: string): Promise<number> => {
      const url = `http://companion.test/v1/availability?src=https://cal.com/acme/${event}`;
      return (await one.fetch(new Request(url))).status;
    };

    const asked = [ask('30min'), ask('30min'), ask('30min')];
    await until(async () => (await callsOf(one)).outcomes.shared === 2);
    letGo();
    assert.deepEqual(await Promise.all(asked), [200, 200, 200]);
    await ask('gone');
    await ask('broken');
    await ask('limited');
    await ask('another');
    await callsOf(one); // stores what it has counted
    const calls = await callsOf(other);
    assert.deepEqual(calls.outcomes, {
      ok: 1,
      shared: 2,
      'not-found': 1,
      status: 2,
      'rate-limited': 1,
      paused: 1,
    });
    assert.equal(calls.sent, 5);
    assert.equal(calls.success, 2 / 5);
    assert.deepEqual(Object.keys(calls.operations), ['slots']);
    assert.ok(calls.p50 !== null && calls.p99 !== null && calls.p99 >= calls.p50);
    assert.equal(calls.openMinutes, 0);

    const figures = await (await one.fetch(new Request('http://companion.test/metrics', { headers }))).text();
    const line = (name: string, outcome: string): string | undefined =>
      new RegExp(`^${name}\\{[^}]*operation="slots"[^}]*outcome="${outcome}"[^}]*\\} (\\S+)`, 'm').exec(
        figures,
      )?.[1];
    assert.equal(line('booking_widget_upstream_call_duration_count', 'ok'), '1');
    assert.equal(line('booking_widget_upstream_call_duration_count', 'rate-limited'), '1');
    assert.equal(line('booking_widget_upstream_calls_unsent_total', 'shared'), '2');
    for (const name of ['process_memory_usage', 'process_cpu_time', 'nodejs_eventloop_delay'])
      assert.match(figures, new RegExp(`^${name}`, 'm'));

    now += 2 * HOUR;
    assert.deepEqual((await callsOf(other)).outcomes, {}, 'the last hour alone counts');
  });

  it('are timed from when they were wanted, with the time in the queue of this instance', async () => {
    let letGo = (): void => undefined;
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    const upstream = await fakeUpstream(async (request) => {
      await gate;
      return calSlots(request);
    });
    upstreams.push(upstream);
    const place = await open();
    const context = await openContext({
      ...place.where,
      log: 'silent',
      upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin }],
    });
    try {
      const calls: UpstreamCall[] = [];
      context.upstreams.calls.subscribe((call) => calls.push(call));
      const [account] = context.upstreams.all;
      assert.ok(account);
      const asked = [1, 2, 3, 4, 5, 6].map((i) =>
        account.ask({ operation: 'slots', path: '/v2/slots', who: `event ${i}` }),
      );
      const started = performance.now(); // all are counted from a moment before
      await until(() => upstream.arrived.length === 5);
      const least = 50;
      await until(() => performance.now() - started > least);
      letGo();
      await Promise.all(asked);
      assert.equal(upstream.arrived.length, 6);
      assert.deepEqual(
        calls.map(({ ms }) => ms >= least),
        [true, true, true, true, true, true],
      );
    } finally {
      await context.close();
    }
  });

  it('are in the report of the last hour, and minutes in which the breaker was open are counted', async () => {
    const upstream = await fakeUpstream(() => json({}, { status: 500 }));
    upstreams.push(upstream);
    const place = await open();
    const account = { provider: 'cal' as const, pages: ['https://cal.com'], api: upstream.origin };
    const companion = await place.companion({ token, upstreams: [account] });
    for (const event of ['a', 'b', 'c', 'd'])
      await companion.fetch(
        new Request(`http://companion.test/v1/availability?src=https://cal.com/acme/${event}`),
      );
    const calls = await callsOf(companion);
    assert.equal(calls.openMinutes, 1);
    assert.equal(calls.outcomes.status, 5);
    assert.ok((calls.outcomes.open ?? 0) > 0);
    await companion.close();
    const words = Object.entries(place.where).map(([name, value]) => `--${name}=${value}`);
    const { said } = await runCli(['report', ...words], {
      BOOKING_UPSTREAMS: JSON.stringify([account]),
    }).ended;
    assert.match(said, /requests to services/);
    assert.match(said, / {2}slots +│ +5 +│ +0\.0 %/);
  });
});
