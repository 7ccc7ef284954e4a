import assert from 'node:assert/strict';
import { it } from 'node:test';
import { TIMES_GONE, type TimesGone } from '../../src/server/availability/forget.js';
import { openBus } from '../../src/server/store/bus.js';
import { accountsOf } from '../../src/server/sync/accounts.js';
import { syncAccount } from '../../src/server/sync/sync-account.js';
import { openContext } from '../../src/server/open-context.js';
import { calAnswer, HOUR, iso, NINE, NOW } from './booking-scene.js';
import { calList } from './cal-bookings.js';
import { calendlyBody, signedByCalendly } from './deliveries.js';
import { onEachEngine } from './places.js';
import { until } from './until.js';
import {
  acme,
  cal,
  notified,
  calendlyTalk,
  calendlyOptions,
  scheduled,
  scenesOn,
} from './booking-meanings.js';

onEachEngine('a booking means what the provider means:', (open) => {
  const scene = scenesOn(open);

  it('one host’s booking leaves fifty other hosts with the same slug alone, and costs one call', async () => {
    const { slots, listen, deliverCal, slotCalls, store, clock } = await scene(() =>
      calAnswer([{ start: NINE }]),
    );
    const hosts = ['acme', ...Array.from({ length: 49 }, (_, i) => `host-${i}`)];
    for (const host of hosts) await slots(cal(`${host}/30min`));
    const other = await listen(cal('host-7/30min'));
    const bus = await openBus(store);
    const published: TimesGone[] = [];
    bus.subscribe(TIMES_GONE, ({ data }) => published.push(data as TimesGone));
    clock.now += 1000;
    slotCalls();
    await deliverCal('BOOKING_CREATED', 'A', NINE, { ...acme, eventTypeId: 101 });
    await until(() => published.length > 0);
    assert.equal(published.flatMap(({ keys }) => keys).length, 1);
    for (const host of hosts.slice(1)) assert.deepEqual(await slots(cal(`${host}/30min`)), ['05T09:00']);
    assert.equal(slotCalls(), 0, 'the others are still known');
    assert.deepEqual(await slots(cal('acme/30min')), []);
    assert.equal(slotCalls(), 1);
    assert.deepEqual(notified(other), { taken: [], asks: 0 });
    bus.close();
  });

  it('a synchronised booking of one host leaves others with the same slug alone, too', async () => {
    const place = await open();
    const list = calList([
      {
        uid: 'S',
        start: NINE,
        changed: NOW - HOUR,
        more: { hosts: [{ username: 'Acme' }], end: iso(NINE + HOUR / 2) },
      },
    ]);
    const { slots, upstream, slotCalls } = await scenesOn(() => Promise.resolve(place))(
      (request, response) =>
        request.path === '/v2/bookings' ? list(request, response) : calAnswer([{ start: NINE }]),
      (origin) => ({ upstreams: [{ provider: 'cal', key: 'k', pages: ['https://cal.com'], api: origin }] }),
    );
    for (const host of ['acme', 'bella']) await slots(cal(`${host}/30min`));
    slotCalls();
    const context = await openContext({
      ...place.where,
      log: 'silent',
      now: () => NOW,
      upstreams: [{ provider: 'cal', key: 'k', pages: ['https://cal.com'], api: upstream.origin }],
    });
    const account = accountsOf(context)[0]?.sync;
    assert.ok(account);
    const progress = await syncAccount(context, account);
    assert.deepEqual(
      [progress.added, progress.changed, progress.gone],
      [1, 0, 0],
      'what the run found is counted',
    );
    await context.close();
    assert.deepEqual(await slots(cal('bella/30min')), ['05T09:00']);
    assert.equal(slotCalls(), 0);
    await until(async () => (await slots(cal('acme/30min'))).length === 0);
  });

  it('a slot of a Calendly team in turn is not taken by a booking with one of its members', async () => {
    const { slots, listen, deliver } = await scene(
      calendlyTalk(() => [NINE]),
      calendlyOptions,
    );
    const src = 'https://calendly.com/sales/intro';
    await slots(src);
    const page = await listen(src);
    const payload = scheduled('R', 'RRR', { total: 1, active: 1, limit: 1 });
    await deliver(signedByCalendly(calendlyBody('invitee.created', 'R', NINE, { payload }), NOW));
    await until(() => notified(page).asks === 1);
    assert.deepEqual(await slots(src), ['05T09:00']);
    assert.deepEqual(notified(page).taken, []);
  });

  it('a slot of several hosts is not taken by a booking with one of them', async () => {
    const { slots, listen, deliverCal } = await scene(() => calAnswer([{ start: NINE }]));
    const src = cal('team/sales/intro');
    await slots(src);
    const page = await listen(src);
    await deliverCal('BOOKING_CREATED', 'RR', NINE, {
      type: 'intro',
      schedulingType: 'ROUND_ROBIN',
      team: { id: 1, name: 'Sales' },
      organizer: { username: 'nora' },
    });
    await until(() => notified(page).asks === 1);
    assert.deepEqual(await slots(src), ['05T09:00']);
    assert.deepEqual(notified(page).taken, []);
    await deliverCal('BOOKING_CREATED', 'ALL', NINE, {
      type: 'intro',
      schedulingType: 'COLLECTIVE',
      team: { id: 1, name: 'Sales' },
      organizer: { username: 'nora' },
    });
    await until(() => notified(page).taken.length === 1);
  });

  it('a booking marks the host’s other event types at once, without a call before a page looks', async () => {
    let isBooked = false;
    const { slots, listen, deliverCal, slotCalls, clock } = await scene(() =>
      calAnswer(isBooked ? [] : [{ start: NINE }]),
    );
    for (const path of ['acme/30min', 'acme/60min', 'bella/60min']) await slots(cal(path));
    const page = await listen(cal('acme/60min'));
    clock.now += 1000;
    isBooked = true;
    slotCalls();
    await deliverCal('BOOKING_CREATED', 'A', NINE, { ...acme, eventTypeId: 30 });
    await until(() => notified(page).asks === 1);
    assert.equal(slotCalls(), 0);
    assert.deepEqual(await slots(cal('acme/60min')), []);
    assert.deepEqual(await slots(cal('bella/60min')), ['05T09:00']);
    assert.equal(slotCalls(), 1);
  });

  it('a Calendly booking marks the other event types of its host, and of no other', async () => {
    let free = [NINE];
    const { slots, deliver, slotCalls, clock } = await scene(
      calendlyTalk(() => free),
      calendlyOptions,
    );
    const page = (slug: string): string => `https://calendly.com/${slug}`;
    for (const slug of ['ada/short', 'ada/long', 'bob/short']) await slots(page(slug));
    clock.now += 1000;
    free = [];
    slotCalls();
    await deliver(signedByCalendly(calendlyBody('invitee.created', 'E', NINE), clock.now));
    assert.deepEqual(await slots(page('bob/short')), ['05T09:00']);
    assert.equal(slotCalls(), 0);
    assert.deepEqual(await slots(page('ada/short')), []);
    assert.deepEqual(await slots(page('ada/long')), []);
  });
});
