import assert from 'node:assert/strict';
import { it } from 'node:test';
import { calAnswer, DAY, HOUR, iso, NINE, NOW } from './booking-scene.js';
import { calBody, calendlyBody, calendlyEvent, signedByCal, signedByCalendly } from './deliveries.js';
import { json } from './fake-upstream.js';
import { onEachEngine } from './places.js';
import { until } from './until.js';
import { acme, cal, notified, calendlyTalk, calendlyOptions, group, scenesOn } from './booking-meanings.js';

onEachEngine('a booking means what the provider means:', (open) => {
  const scene = scenesOn(open);

  it('two different seats of one booking are two deliveries, and the same bytes are one', async () => {
    const { companion, store } = await scene(() => calAnswer([]));
    const seat = (n: number): string =>
      calBody('BOOKING_CREATED', 'SEATED', NINE, { seatsPerTimeSlot: 5, attendeeSeatId: `seat-${n}` });
    for (const body of [seat(1), seat(2), seat(1), seat(2)]) await companion.fetch(signedByCal(body));
    const calendly = calendlyBody('invitee.created', 'G', NINE);
    for (let i = 0; i < 2; i++) await companion.fetch(signedByCalendly(calendly, NOW + i * 1000));
    const { jobs } = await store
      .tables<{ job: { id: number } }>()
      .selectFrom('job')
      .select(({ fn }) => fn.countAll<number>().as('jobs'))
      .executeTakeFirstOrThrow();
    assert.equal(jobs, 3);
  });

  it('a seat that is cancelled or moved leaves the booking of the others, and the API says when it was the last', async () => {
    let status = 'accepted';
    const { deliverCal, row, upstream } = await scene(({ path }) =>
      path.startsWith('/v2/bookings/')
        ? json({
            status: 'success',
            data: {
              uid: path.split('/').at(-1),
              status,
              start: iso(NINE),
              end: iso(NINE + HOUR / 2),
              attendees: [{ seatUid: 'x' }],
            },
          })
        : calAnswer([{ start: NINE }]),
    );
    const asked = (): number =>
      upstream.arrived.filter(({ path }) => path.startsWith('/v2/bookings/')).length;
    const seat = (n: number): object => ({ ...acme, seatsPerTimeSlot: 3, attendeeSeatId: `seat-${n}` });
    for (const n of [1, 2, 3]) await deliverCal('BOOKING_CREATED', 'SEATED', NINE, seat(n));
    await deliverCal('BOOKING_CANCELLED', 'SEATED', NINE, { ...seat(2), status: 'CANCELLED' });
    await until(() => asked() === 1);
    assert.equal(await row('SEATED'), 'accepted 05T09:00');
    await deliverCal('BOOKING_RESCHEDULED', 'MOVED', NINE + DAY, {
      ...seat(1),
      rescheduleUid: 'SEATED',
      rescheduleStartTime: iso(NINE),
      rescheduleEndTime: iso(NINE + HOUR / 2),
    });
    await until(() => asked() === 2);
    assert.equal(await row('SEATED'), 'accepted 05T09:00');
    assert.equal(await row('MOVED'), 'accepted 06T09:00');
    status = 'cancelled';
    await deliverCal('BOOKING_CANCELLED', 'SEATED', NINE, { ...seat(3), status: 'CANCELLED' });
    await until(async () => (await row('SEATED')) === 'cancelled 05T09:00');
  });

  it('one invitee of a group who leaves or moves leaves the group’s event', async () => {
    let status = 'active';
    const { deliver, row } = await scene(
      calendlyTalk(
        () => [NINE],
        () => status,
      ),
      calendlyOptions,
    );
    await deliver(
      signedByCalendly(calendlyBody('invitee.created', 'G', NINE, { payload: group('G') }), NOW),
      signedByCalendly(calendlyBody('invitee.canceled', 'G', NINE, { next: 'H', payload: group('G') }), NOW),
      signedByCalendly(calendlyBody('invitee.created', 'H', NINE, { old: 'G', payload: group('H') }), NOW),
    );
    assert.equal(await row(calendlyEvent('G')), 'accepted 05T09:00');
    assert.equal(await row(calendlyEvent('H')), 'accepted 05T09:00');
    status = 'canceled';
    await deliver(
      signedByCalendly(calendlyBody('invitee.created', 'I', NINE, { old: 'G', payload: group('I') }), NOW),
    );
    await until(async () => (await row(calendlyEvent('G'))) === 'cancelled 05T09:00');
  });

  it('a slot with seats left stays, pages ask again, and the last seat is announced as soon as the API shows it', async () => {
    let seats = 2;
    const { slots, listen, deliverCal } = await scene(() =>
      calAnswer([...(seats > 0 ? [{ start: NINE }] : []), { start: NINE + HOUR }]),
    );
    const src = cal('acme/class');
    await slots(src);
    const page = await listen(src);
    const seat = (n: number): object => ({
      ...acme,
      type: 'class',
      seatsPerTimeSlot: 2,
      attendeeSeatId: `seat-${n}`,
    });
    seats = 1;
    await deliverCal('BOOKING_CREATED', 'SEATED', NINE, seat(1));
    await until(() => notified(page).asks === 1);
    assert.deepEqual(await slots(src), ['05T09:00', '05T10:00']);
    assert.deepEqual(notified(page).taken, []);
    seats = 0;
    await deliverCal('BOOKING_CREATED', 'SEATED', NINE, seat(2));
    await until(() => notified(page).taken.length > 0);
    assert.deepEqual(notified(page), { taken: ['05T09:00'], asks: 2 });
    assert.deepEqual(await slots(src), ['05T10:00']);
  });

  it('a slot of a Calendly group with seats left stays, and the last seat is announced as soon as the API shows it', async () => {
    let free = [NINE, NINE + HOUR];
    const { slots, listen, deliver } = await scene(
      calendlyTalk(() => free),
      calendlyOptions,
    );
    const src = 'https://calendly.com/ada/class';
    await slots(src);
    const page = await listen(src);
    const seat = (n: number): Request =>
      signedByCalendly(calendlyBody('invitee.created', `G${n}`, NINE, { payload: group('G', n) }), NOW);
    await deliver(seat(2));
    await until(() => notified(page).asks === 1);
    assert.deepEqual(await slots(src), ['05T09:00', '05T10:00']);
    assert.deepEqual(notified(page).taken, []);
    free = [NINE + HOUR];
    await deliver(seat(3));
    await until(() => notified(page).taken.length > 0);
    assert.deepEqual(notified(page).taken, ['05T09:00']);
    assert.deepEqual(await slots(src), ['05T10:00']);
  });
});
