import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { ALERT_CALM_MS } from '../../src/server/durations.js';
import { alertOptions, type AlertSettings } from '../../src/server/alerts/alert-options.js';
import { checkAlerts } from '../../src/server/alerts/check-alerts.js';
import { type Notice } from '../../src/server/alerts/episodes.js';
import { noticeSender } from '../../src/server/alerts/send-notices.js';
import { storeReports } from '../../src/server/metrics/store-reports.js';
import { openContext, type OpenContext } from '../../src/server/open-context.js';
import { enqueue, keepFailed } from '../../src/server/queue/jobs.js';
import { fakeUpstream, json } from './fake-upstream.js';
import { onEachEngine, type Place } from './places.js';
import { DeliveryTallies } from '../../src/server/webhooks/delivery-tallies.js';
import { openReceiver, type Receiver } from './receiver.js';
import { aReport } from './reports.js';
const HOUR = 3_600_000;
const settings = alertOptions.parse({ url: 'https://hooks.example/x' });
assert.ok(settings);

onEachEngine('alerts', (open) => {
  const contexts: OpenContext[] = [];
  const receivers: Receiver[] = [];
  after(async () => {
    for (const context of contexts) await context.close();
    for (const receiver of receivers) await receiver.close();
  });
  const contextOn = async (place: Place, now: () => number): Promise<OpenContext> => {
    const context = await openContext({ ...place.where, log: 'silent', now });
    contexts.push(context);
    return context;
  };
  const receiver = async (): Promise<Receiver> => {
    const one = await openReceiver();
    receivers.push(one);
    return one;
  };
  const to = ({ origin }: Receiver): AlertSettings => ({ ...settings, url: origin });
  const notices = ({ received }: Receiver): Notice[] =>
    received.map(({ body }) => JSON.parse(body) as Notice);

  it('reach the owner once, however many instances look, and so does the word that it is over', async () => {
    let now = 1_800_000_000_000;
    const place = await open();
    const hook = await receiver();
    const instances = [
      await contextOn(place, () => now),
      await contextOn(place, () => now),
      await contextOn(place, () => now),
    ];
    const [first] = instances as [OpenContext];
    const look = async (): Promise<void> => {
      await Promise.all(instances.map((context) => checkAlerts(context, settings)));
      await noticeSender(first, to(hook))();
    };
    await look();
    assert.equal(hook.received.length, 0);
    await storeReports(
      first.store,
      Array.from({ length: 30 }, (_, i) =>
        aReport({}, i < 10 ? { outcome: 'failed', failure: 'timeout' } : {}),
      ),
    );
    await enqueue(
      first.store,
      Array.from({ length: 51 }, (_, i) => ({ kind: 'nobody-does-it', key: String(i), data: null })),
    );
    now += 10_000;
    await look();
    now += 10_000;
    await look();
    assert.deepEqual(
      notices(hook)
        .map(({ state, alert }) => `${state} ${alert}`)
        .sort(),
      ['firing error-rate', 'firing queue-depth'],
    );
    assert.match(notices(hook).find(({ alert }) => alert === 'error-rate')?.text ?? '', /33.3 %/);
    now += 300_000; // the failed loads are not recent any more
    await look();
    now += ALERT_CALM_MS;
    await look();
    await look();
    const last = notices(hook).slice(2);
    assert.deepEqual(
      last.map(({ state, alert }) => `${state} ${alert}`),
      ['resolved error-rate'],
    );
  });

  it('are tried again until they arrive, each with a name of its own', async () => {
    const place = await open();
    const hook = await receiver();
    const context = await contextOn(place, () => 1_800_000_000_000);
    await enqueue(
      context.store,
      Array.from({ length: 51 }, (_, i) => ({ kind: 'nobody-does-it', key: String(i), data: null })),
    );
    await checkAlerts(context, settings);
    const send = noticeSender(context, to(hook), { firstRetry: 1 });
    hook.statuses.push(500, 503, 500);
    await send();
    assert.equal(hook.received.length, 3, 'three attempts');
    hook.statuses.push(500);
    await send();
    assert.equal(hook.received.length, 5, 'and later on until one arrives');
    await send();
    assert.equal(hook.received.length, 5);
    assert.equal(new Set(hook.received.map(({ headers }) => headers['idempotency-key'])).size, 1);
  });

  it('are not sent by an instance whose turn it is no longer', async () => {
    const place = await open();
    const hook = await receiver();
    const context = await contextOn(place, () => 1_800_000_000_000);
    await enqueue(
      context.store,
      Array.from({ length: 51 }, (_, i) => ({ kind: 'nobody-does-it', key: String(i), data: null })),
    );
    await checkAlerts(context, settings);
    await noticeSender(context, to(hook), { isMine: () => Promise.resolve(false) })();
    assert.equal(hook.received.length, 0);
  });

  it('come of a key that is refused again and again, and of a job that is given up', async () => {
    const place = await open();
    const service = await fakeUpstream(() => json({}, { status: 401 }));
    try {
      let now = Date.now();
      const context = await openContext({
        ...place.where,
        log: 'silent',
        now: () => now,
        upstreams: [{ provider: 'cal', api: service.origin, key: 'revoked' }],
      });
      contexts.push(context);
      const hook = await receiver();
      const [upstream] = context.upstreams.all;
      assert.ok(upstream);
      for (const i of [1, 2, 3])
        await assert.rejects(upstream.ask({ operation: 'slots', path: '/v2/slots', who: `event ${i}` }), {
          code: 'refused',
        });
      await keepFailed(context.store, { kind: 'webhook', key: 'given up', data: null }, 'no use');
      await checkAlerts(context, settings);
      await noticeSender(context, to(hook))();
      assert.deepEqual(
        notices(hook)
          .map(({ state, alert }) => `${state} ${alert}`)
          .sort(),
        ['firing failures-in-row', 'firing job-given-up'],
      );
      assert.match(notices(hook).find(({ alert }) => alert === 'failures-in-row')?.text ?? '', /revoked/);
      now += 3_600_001;
      await checkAlerts(context, settings);
      now += ALERT_CALM_MS;
      await checkAlerts(context, settings);
      await noticeSender(context, to(hook))();
      assert.ok(notices(hook).some(({ state, alert }) => state === 'resolved' && alert === 'job-given-up'));
    } finally {
      await service.close();
    }
  });

  it('come once of a provider that is unusually silent, of those with a secret alone, and end with its next delivery', async () => {
    let now = 1_800_000_000_000;
    const place = await open();
    const hook = await receiver();
    const context = await openContext({
      ...place.where,
      log: 'silent',
      now: () => now,
      webhooks: { cal: 'a-secret-of-this-test' },
    });
    contexts.push(context);
    const tallies = new DeliveryTallies(context.store);
    const deliver = async (): Promise<void> => {
      for (const provider of ['cal', 'calendly'] as const) tallies.add(provider, 'BOOKING_CREATED');
      await tallies.flush();
    };
    const look = async (): Promise<void> => {
      await checkAlerts(context, settings);
      await noticeSender(context, to(hook))();
    };
    for (let i = 0; i < 12; i++) {
      await deliver();
      now += HOUR;
    }
    await look();
    assert.deepEqual(notices(hook), []);
    now += 7 * HOUR;
    await look();
    await look();
    const shown = (): string[] =>
      notices(hook).map(({ state, alert, subject }) => `${state} ${alert} ${subject}`);
    assert.deepEqual(shown(), ['firing deliveries-silent cal']);
    await deliver();
    await look();
    now += ALERT_CALM_MS;
    await look();
    await look();
    assert.deepEqual(shown().slice(1), ['resolved deliveries-silent cal']);
  });

  it('count page views, so that one report of many failed widgets is no failure of many visitors', async () => {
    const place = await open();
    const now = 1_800_000_000_000;
    const context = await contextOn(place, () => now);
    const hook = await receiver();
    const failed = Array.from({ length: 20 }, () => ({ outcome: 'failed', failure: 'timeout' }) as const);
    await storeReports(context.store, [aReport({ sampleRate: 0.0001 }, ...failed)], { sampleRate: 0.0001 });
    await checkAlerts(context, settings);
    await noticeSender(context, to(hook))();
    assert.deepEqual(notices(hook), []);
  });
});
