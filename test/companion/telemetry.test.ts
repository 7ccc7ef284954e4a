import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { Companion } from '../../src/server/index.js';
import type { Status } from '../../src/server/status.js';
import { knownNames } from '../../src/server/telemetry/known-names.js';
import { calSlots, fakeUpstream, json, type FakeUpstream } from './fake-upstream.js';
import { onEachEngine } from './places.js';
import { openReceiver, type Receiver } from './receiver.js';
import { aReport, beacon } from './reports.js';
import { until } from './until.js';

const token = 'a-token-for-this-test';

const ask = (companion: Companion, path: string, headers = {}): Promise<Response> =>
  companion.fetch(new Request(`http://companion.test${path}`, { headers }));
const authorization = `Bearer ${token}`;

/** The value of a series in Prometheus's text; its labels in any order. */
function series(
  text: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const line = text
    .split('\n')
    .find(
      (one) =>
        one.startsWith(`${name}{`) &&
        Object.entries(labels).every(([label, value]) => one.includes(`${label}="${value}"`)),
    );
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
}

describe('names from outside', () => {
  it('make so many time series and no more', () => {
    const name = knownNames([], 2);
    assert.deepEqual(['a', 'b', 'c', 'a', 'd'].map(name), ['a', 'b', 'other', 'a', 'other']);
  });
});

onEachEngine('figures for machines', (open) => {
  const upstreams: FakeUpstream[] = [];
  const receivers: Receiver[] = [];
  after(async () => {
    for (const each of [...upstreams, ...receivers]) await each.close();
  });

  it('are there for Prometheus with the token: requests, times, loads, budgets, breakers, the queue', async () => {
    const upstream = await fakeUpstream((request) =>
      request.query.get('eventTypeSlug') === 'gone' ? json({}, { status: 404 }) : calSlots(request),
    );
    upstreams.push(upstream);
    const companion = await (
      await open()
    ).companion({
      token,
      sampleRate: 0.5,
      upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin }],
    });
    for (const event of ['30min', '30min', '30min', 'gone'])
      await (await ask(companion, `/v1/availability?src=https://cal.com/acme/${event}`)).text();
    await companion.fetch(
      beacon(JSON.stringify(aReport({ id: 'one', sampleRate: 0.5 }, { outcome: 'pending' }))),
    );
    for (const seq of [2, 3])
      // the end of a load is reported again with the page's, and counts once
      await companion.fetch(beacon(JSON.stringify(aReport({ id: 'one', seq, sampleRate: 0.5 }))));
    await companion.fetch(beacon('junk'));

    assert.equal((await ask(companion, '/metrics')).status, 401);
    const answer = await ask(companion, '/metrics', { authorization });
    assert.match(answer.headers.get('content-type') ?? '', /^text\/plain/);
    const text = await answer.text();
    assert.equal(series(text, 'booking_widget_availability_answers_total', { kind: 'miss' }), 1);
    assert.equal(series(text, 'booking_widget_availability_answers_total', { kind: 'hit' }), 2);
    assert.equal(series(text, 'booking_widget_availability_answers_total', { kind: 'failed' }), 1);
    assert.equal(series(text, 'booking_widget_loads_total', { provider: 'cal', outcome: 'ready' }), 2);
    assert.equal(series(text, 'booking_widget_calendar_wait_sum', { provider: 'cal' }), 1);
    assert.equal(series(text, 'booking_widget_reports_refused_total', { why: 'not-a-report' }), 1);
    assert.equal(
      series(text, 'booking_widget_upstream_calls_used', { provider: 'cal' }),
      upstream.arrived.length,
    );
    assert.equal(series(text, 'booking_widget_upstream_calls_budget'), 120);
    assert.equal(series(text, 'booking_widget_upstream_breaker', { state: 'closed' }), 1);
    assert.equal(series(text, 'booking_widget_queue_jobs', { state: 'waiting' }), 0);
    assert.equal(
      series(text, 'http_server_request_duration_count', {
        http_route: '/v1/availability',
        http_response_status_code: '200',
      }),
      3,
    );

    const status = (await (await ask(companion, '/v1/status', { authorization })).json()) as Status;
    assert.equal(status.upstreams[0]?.used, upstream.arrived.length);
    assert.equal((await ask(companion, '/v1/status')).status, 401);
  });

  it('go to a collector where one is set, the last ones when the companion stops', async () => {
    const collector = await openReceiver();
    receivers.push(collector);
    const companion = await (
      await open()
    ).companion({
      token,
      otlp: { url: `${collector.origin}/v1/metrics`, headers: { 'x-key': 'mine' }, every: 1 },
    });
    await companion.fetch(beacon(JSON.stringify(aReport())));
    await until(() => collector.received.some(({ body }) => body.includes('"booking_widget.loads"')));
    const [first] = collector.received;
    assert.equal(first?.path, '/v1/metrics');
    assert.equal(first.headers['x-key'], 'mine');
    assert.match(first.body, /"service.instance.id"/);
    const before = collector.received.length;
    await companion.fetch(beacon('junk'));
    await companion.close();
    assert.ok(collector.received.slice(before).some(({ body }) => body.includes('reports.refused')));
  });

  it('that a collector does not take do not disturb anybody', async () => {
    const collector = await openReceiver();
    await collector.close();
    const companion = await (
      await open()
    ).companion({ token, otlp: { url: `${collector.origin}/v1/metrics` } });
    assert.equal((await companion.fetch(beacon(JSON.stringify(aReport())))).status, 204);
    await companion.close();
  });
});
