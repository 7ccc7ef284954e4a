import assert from 'node:assert/strict';
import { it } from 'node:test';
import { forgetAll, TIMES_GONE } from '../../src/server/availability/forget.js';
import { openBus } from '../../src/server/store/bus.js';
import { calAnswer, DAY, HOUR, iso, NINE, TOKEN } from './booking-scene.js';
import { calBody, signedByCal, signedByCalendly } from './deliveries.js';
import { onEachEngine } from './places.js';
import { until } from './until.js';
import { acme, cal, scenesOn } from './booking-meanings.js';
onEachEngine('a booking means what the provider means:', (open) => {
  const scene = scenesOn(open);

  it('whatever replaces a booking moves it: a request, a confirmation, and a reschedule that has to be confirmed', async () => {
    const { deliverCal, row } = await scene(() => calAnswer([]));
    for (const [trigger, status] of [
      ['BOOKING_REQUESTED', 'PENDING'],
      ['BOOKING_CREATED', 'ACCEPTED'],
      ['BOOKING_RESCHEDULED', 'PENDING'],
      ['BOOKING_PAYMENT_INITIATED', 'PENDING'],
    ] as const) {
      const [old, next] = [`old-${trigger}`, `new-${trigger}`];
      await deliverCal('BOOKING_CREATED', old, NINE);
      await deliverCal(trigger, next, NINE + DAY, {
        status,
        rescheduleUid: old,
        rescheduleStartTime: iso(NINE),
        rescheduleEndTime: iso(NINE + HOUR / 2),
      });
      assert.equal(await row(old), `cancelled 05T09:00 to ${next}`, trigger);
      assert.equal(await row(next), `${status.toLowerCase()} 06T09:00`, trigger);
    }
    await deliverCal('BOOKING_CREATED', 'asked', NINE);
    await deliverCal('BOOKING_CANCELLED', 'asked', NINE, { requestReschedule: true, status: 'ACCEPTED' });
    assert.equal(await row('asked'), 'cancelled 05T09:00');
  });

  it('the dates of a series that is cancelled are those of its bookings, whichever of them the delivery names', async () => {
    const { deliverCal, row, listen, slots } = await scene(() => calAnswer([]));
    await slots(cal('acme/30min'));
    const page = await listen(cal('acme/30min'));
    for (const week of [0, 1, 2])
      await deliverCal('BOOKING_CREATED', `week-${week}`, NINE + week * 7 * DAY, acme);
    await deliverCal('BOOKING_CREATED', 'other', NINE + 7 * DAY, { organizer: { username: 'bella' } });
    await deliverCal('BOOKING_CANCELLED', 'week-0', NINE, {
      ...acme,
      cancelledDates: [0, 1, 2].map((week) => iso(NINE + week * 7 * DAY)),
    });
    assert.deepEqual(await Promise.all(['week-0', 'week-1', 'week-2', 'other'].map((id) => row(id))), [
      'cancelled 05T09:00',
      'cancelled 12T09:00',
      'cancelled 19T09:00',
      'accepted 12T09:00',
    ]);
    const freed = (): number =>
      page.news().filter(({ type, data }) => type === TIMES_GONE && !(data as { taken: boolean }).taken)
        .length;
    await until(() => freed() === 3);
  });

  it('a series that is booked marks the days of all its bookings, without a call for each', async () => {
    const { deliverCal, slots, slotCalls, clock } = await scene(() =>
      calAnswer([{ start: NINE }, { start: NINE + DAY }]),
    );
    await slots(cal('acme/30min'));
    clock.now += 1000;
    slotCalls();
    await deliverCal('BOOKING_CREATED', 'daily', NINE - DAY, {
      ...acme,
      recurringEvent: { freq: 3, count: 3, interval: 1 },
    });
    assert.equal(slotCalls(), 0);
    await slots(cal('acme/30min'));
    assert.equal(slotCalls(), 1, 'they are confirmed when a page shows them');
  });

  it('a signed delivery that cannot be read is shown to the owner, counted in the status, and marks what it names', async () => {
    let free = [NINE];
    const { companion, slots, slotCalls, clock, deliver } = await scene(() =>
      calAnswer(free.map((start) => ({ start }))),
    );
    await slots(cal('acme/30min'));
    const template = {
      event: 'BOOKING_CREATED',
      bookingUid: 'T',
      start: iso(NINE),
      end: iso(NINE + HOUR),
      slug: '30min',
    };
    clock.now += 1000;
    slotCalls();
    await deliver(signedByCal(JSON.stringify(template)));
    assert.deepEqual(await slots(cal('acme/30min')), ['05T09:00']);
    assert.ok(slotCalls() > 0, 'the day is confirmed');
    clock.now += 1000;
    await deliver(signedByCal(`\uFEFF${calBody('BOOKING_CREATED', '', NINE, { uid: undefined })}`));
    assert.deepEqual(await slots(cal('acme/30min')), [], 'a time that is certainly booked is not given out');
    free = [];
    for (const body of ['triggerEvent=BOOKING_CREATED', '', '{"event":7}'])
      await companion.fetch(signedByCal(body));
    await companion.fetch(signedByCal(new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])));
    await companion.fetch(signedByCalendly('{"payload":{}}', clock.now));
    const read = async (path: string): Promise<never> => {
      const answer = await companion.fetch(
        new Request(`http://companion.test${path}`, { headers: { authorization: `Bearer ${TOKEN}` } }),
      );
      return (await answer.json()) as never;
    };
    const { failed } = (await read('/v1/queue')) as { failed: number };
    assert.equal(failed, 7);
    const { webhooks } = (await read('/v1/status')) as {
      webhooks: { provider: string; unreadable: number; why: string }[];
    };
    assert.deepEqual(webhooks.map(({ provider, unreadable }) => [provider, unreadable]).sort(), [
      ['cal', 6],
      ['calendly', 1],
    ]);
    assert.match(webhooks.find(({ provider }) => provider === 'calendly')?.why ?? '', /`event`/);
  });

  it('a slot that the upstream still lists just after it was booked is not given out, and is when it is free again', async () => {
    const { slots, deliverCal, clock } = await scene(() => calAnswer([{ start: NINE }]));
    await slots(cal('acme/30min'));
    clock.now += 1000;
    await deliverCal('BOOKING_CREATED', 'A', NINE, acme);
    assert.deepEqual(await slots(cal('acme/30min')), []);
    clock.now += 1000;
    await deliverCal('BOOKING_CANCELLED', 'A', NINE, acme);
    assert.deepEqual(await slots(cal('acme/30min')), ['05T09:00']);
  });
});

onEachEngine('forgetting', (open) => {
  it('takes a booking that names no event type for nobody’s', async () => {
    const { store } = await scenesOn(open)(() => calAnswer([]));
    const bus = await openBus(store);
    assert.deepEqual(
      await forgetAll({ store, bus }, [{ provider: 'cal', start: NINE, end: NINE + HOUR }]),
      [],
    );
    bus.close();
  });
});
