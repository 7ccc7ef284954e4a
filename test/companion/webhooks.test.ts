import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Catalogue } from '../../demo/service/catalogue.js';
import type { Booking as DemoBooking } from '../../demo/service/booking.js';
import { Webhooks, type Change } from '../../demo/service/webhooks.js';
import { queueDepth } from '../../src/server/queue/jobs.js';
import {
  calBody,
  calendlyBody,
  calendlyEvent,
  SECRETS,
  signedByCal,
  signedByCalendly,
} from './deliveries.js';
import { calSlots } from './fake-upstream.js';
import { onEachEngine } from './places.js';
import { until } from './until.js';
import {
  NOW,
  HOUR,
  START,
  TOKEN,
  times,
  rowOf,
  webhookScenesOn,
  created,
  createdAtCalendly,
} from './webhook-scene.js';
onEachEngine('deliveries', (open) => {
  const scene = webhookScenesOn(open);

  it('take the time off every instance, and become a row', async () => {
    const { companions, clock, store, deliver, drained, upstream } = await scene({}, 3);
    for (const companion of companions) assert.equal((await times(companion)).length, 21);
    clock.now += 1000;
    upstream.talk = (request) => calSlots(request, 2);
    const answer = await deliver(signedByCal(calBody('BOOKING_CREATED', 'uid-1', START + 2 * HOUR)));
    assert.equal(answer.status, 202);
    for (const companion of companions)
      await until(async () => !(await times(companion)).includes('03-05T11:00'));
    await drained();
    assert.equal(await rowOf(store, 'uid-1'), 'accepted 03-05T11:00');
  });

  it('are done once, though they come twice, at once, and at other instances', async () => {
    const { companions, store, drained } = await scene({}, 3);
    const body = calBody('BOOKING_CREATED', 'uid-1', START);
    await Promise.all(companions.map((companion) => companion.fetch(signedByCal(body))));
    await Promise.all(companions.map((companion) => companion.fetch(signedByCal(body))));
    await drained();
    const { jobs } = await store
      .tables<{ job: { id: number } }>()
      .selectFrom('job')
      .select(({ fn }) => fn.countAll<number>().as('jobs'))
      .executeTakeFirstOrThrow();
    assert.equal(jobs, 1);
    assert.equal(await rowOf(store, 'uid-1'), 'accepted 03-05T09:00');
  });

  it('come to the same rows in any order when a booking is moved', async () => {
    const { store, deliver, drained } = await scene();
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      const [old, next] = [`old-${order.join('')}`, `new-${order.join('')}`];
      const moved = {
        rescheduleUid: old,
        rescheduleStartTime: new Date(START).toISOString(),
        rescheduleEndTime: new Date(START + HOUR).toISOString(),
      };
      const cal = [
        calBody('BOOKING_CREATED', old, START),
        calBody('BOOKING_RESCHEDULED', next, START + HOUR, moved),
        calBody('BOOKING_CANCELLED', next, START + HOUR),
      ];
      const calendly = [
        calendlyBody('invitee.created', old, START),
        calendlyBody('invitee.canceled', old, START, { next }),
        calendlyBody('invitee.created', next, START + HOUR, { old }),
      ];
      for (const i of order) {
        await deliver(signedByCal(cal[i] ?? ''));
        await deliver(signedByCalendly(calendly[i] ?? '', NOW));
        await drained();
      }
      assert.equal(await rowOf(store, old), `cancelled 03-05T09:00 to ${next}`);
      assert.equal(await rowOf(store, next), `cancelled 03-05T10:00 from ${old}`);
      const [OLD, NEW] = [calendlyEvent(old), calendlyEvent(next)];
      assert.equal(await rowOf(store, OLD), `cancelled 03-05T09:00 to ${NEW}`);
      assert.equal(await rowOf(store, NEW), `accepted 03-05T10:00 from ${OLD}`);
    }
  });

  it('of a pair that lost its first half still say that the old booking is gone', async () => {
    const { store, deliver, drained } = await scene();
    await deliver(signedByCalendly(calendlyBody('invitee.created', 'NEW', START, { old: 'OLD' }), NOW));
    await drained();
    assert.equal(await rowOf(store, calendlyEvent('OLD')), `cancelled ? to ${calendlyEvent('NEW')}`);
  });

  it('keep a group’s event when one of the group goes', async () => {
    const { store, deliver, drained } = await scene();
    await deliver(
      signedByCalendly(calendlyBody('invitee.canceled', 'GROUP', START, { eventStatus: 'active' }), NOW),
    );
    await drained();
    assert.equal(await rowOf(store, calendlyEvent('GROUP')), 'accepted 03-05T09:00');
  });

  it('about bookings that cannot be read are kept for inspection, with the field and without anybody’s words', async () => {
    const { store, deliver, companion } = await scene();
    const cases = [
      [{ uid: 7 }, /`payload\.uid`/],
      [{ uid: null }, /`payload\.uid`/],
      [{ startTime: 'tomorrow' }, /`payload\.startTime`/],
      [{ startTime: '0001-01-01T00:00:00Z' }, /`payload\.startTime`/],
      [{ endTime: '2026-03-05T08:00:00Z' }, /`payload\.endTime`/],
      [{ eventTypeId: 'x' }, /`payload\.eventTypeId`/],
    ] as const;
    for (const [more] of cases) {
      const answer = await deliver(signedByCal(calBody('BOOKING_CREATED', 'uid-1', START, more)));
      assert.equal(answer.status, 202);
    }
    assert.equal((await queueDepth(store)).failed, cases.length);
    const read = await companion.fetch(
      new Request('http://companion.test/v1/queue', { headers: { authorization: `Bearer ${TOKEN}` } }),
    );
    const { jobs } = (await read.json()) as { jobs: { error: string; data: unknown }[] };
    assert.equal(jobs.length, cases.length);
    for (const [i, { error, data }] of jobs.reverse().entries()) {
      assert.match(error, cases[i]?.[1] ?? /never/);
      assert.deepEqual(data, { trigger: 'BOOKING_CREATED' });
    }
  });

  it('leave nobody’s name, address or words in the store', async () => {
    const { store, deliver, drained } = await scene();
    await deliver(signedByCal(created()));
    await deliver(signedByCal(calBody('BOOKING_CREATED', 'uid-2', START, { startTime: 'personal' })));
    await deliver(signedByCalendly(createdAtCalendly(), NOW));
    const read = async (): Promise<string> => {
      const db = store.tables<{ job: object; booking: object }>();
      return JSON.stringify([
        await db.selectFrom('job').selectAll().execute(),
        await db.selectFrom('booking').selectAll().execute(),
      ]);
    };
    assert.doesNotMatch(await read(), /personal/i);
    await drained();
    assert.doesNotMatch(await read(), /personal/i);
  });

  it('are read by nobody without the token, nor counted', async () => {
    const { companion } = await scene();
    for (const [path, method] of [
      ['/v1/queue', 'GET'],
      ['/v1/queue/retry', 'POST'],
    ] as const)
      assert.equal(
        (await companion.fetch(new Request(`http://companion.test${path}`, { method }))).status,
        401,
      );
  });

  it('of the demo’s scheduling service are understood, in both styles', async () => {
    const { companion, store, drained, clock } = await scene();
    const event = new Catalogue().byKey('acme/30min');
    assert.ok(event);
    const webhooks = new Webhooks({
      now: () => clock.now,
      send: (url, init) => companion.fetch(new Request(url, init)),
    });
    webhooks.subscribe('*', [
      { url: 'http://companion.test/v1/webhooks/cal', secret: SECRETS.cal, style: 'cal' },
      { url: 'http://companion.test/v1/webhooks/calendly', secret: SECRETS.calendly, style: 'calendly' },
    ]);
    const booking = (uid: string, start: number): DemoBooking => ({
      uid,
      id: 1,
      key: event.key,
      eventTypeId: event.id,
      title: 'x',
      hosts: ['acme'],
      start: new Date(start).toISOString(),
      end: new Date(start + HOUR).toISOString(),
      duration: 60,
      status: 'ACCEPTED',
      attendee: { name: 'x', email: 'x@example.com', timeZone: 'UTC' },
      notes: '',
      guests: [],
      metadata: {},
      createdAt: new Date(NOW).toISOString(),
    });
    const say = async (change: Omit<Change, 'event'>): Promise<void> => {
      webhooks.announce({ ...change, event });
      await webhooks.settled();
      await drained();
    };
    const [one, two] = [booking('ONE', START), booking('TWO', START + HOUR)];
    await say({ trigger: 'BOOKING_CREATED', booking: one });
    assert.equal(await rowOf(store, 'ONE'), 'accepted 03-05T09:00');
    assert.equal(await rowOf(store, calendlyEvent('ONE')), 'accepted 03-05T09:00');
    await say({ trigger: 'BOOKING_RESCHEDULED', booking: two, old: one });
    assert.equal(await rowOf(store, 'ONE'), 'cancelled 03-05T09:00 to TWO');
    assert.equal(
      await rowOf(store, calendlyEvent('TWO')),
      `accepted 03-05T10:00 from ${calendlyEvent('ONE')}`,
    );
    await say({ trigger: 'BOOKING_CANCELLED', booking: two });
    assert.equal(await rowOf(store, 'TWO'), 'cancelled 03-05T10:00 from ONE');
  });
});
