import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { forgetAll, TIMES_GONE, type TimesGone } from '../../src/server/availability/forget.js';
import { openBus } from '../../src/server/store/bus.js';
import { accountsOf } from '../../src/server/sync/accounts.js';
import { syncAccount } from '../../src/server/sync/sync-account.js';
import { openContext } from '../../src/server/open-context.js';
import {
  bookingScene,
  calAnswer,
  DAY,
  HOUR,
  iso,
  NINE,
  NOW,
  TOKEN,
  type BookingScene,
} from './booking-scene.js';
import { calList } from './cal-bookings.js';
import {
  calBody,
  CALENDLY_API,
  calendlyBody,
  calendlyEvent,
  signedByCal,
  signedByCalendly,
} from './deliveries.js';
import type { EventReader } from './event-reader.js';
import { json, type Talk } from './fake-upstream.js';
import { onEachEngine, type Place } from './places.js';
import { until } from './until.js';

const upstreams: { close(): Promise<void> }[] = [];
after(async () => {
  for (const each of upstreams) await each.close();
});

const acme = { organizer: { username: 'acme' } };
const cal = (path: string): string => `https://cal.com/${path}`;

/** Starts that open pages were notified of as taken, and how often they had to ask again. */
const notified = (reader: EventReader): { taken: string[]; asks: number } => ({
  taken: reader
    .news()
    .flatMap(({ type, data }) =>
      type === TIMES_GONE && (data as { taken: boolean }).taken
        ? [(data as { start: string }).start.slice(8, 16)]
        : [],
    ),
  asks: reader.news().filter(({ type }) => type === 'ask-anew').length,
});

const TYPE = `${CALENDLY_API}/event_types`;
const ADA = `${CALENDLY_API}/users/ADA`;

/** A Calendly account with event types of two hosts, of a group and of a team in turn; all have the same slots. */
const calendlyTalk =
  (free: () => readonly number[], status: () => string = () => 'active'): Talk =>
  ({ path }) => {
    const type = (id: string, slug: string, owner: string, kind = 'solo', pooling?: string): object => ({
      uri: `${TYPE}/${id}`,
      slug,
      name: slug,
      duration: 30,
      kind,
      ...(pooling && { pooling_type: pooling }),
      scheduling_url: `https://calendly.com/${slug}`,
      profile: { type: 'User', name: owner, owner: `${CALENDLY_API}/users/${owner}` },
    });
    if (path === '/users/me')
      return json({ resource: { uri: ADA, current_organization: `${CALENDLY_API}/organizations/O` } });
    if (path === '/event_types')
      return json({
        collection: [
          type('AAA', 'ada/short', 'ADA'),
          type('BBB', 'ada/long', 'ADA'),
          type('CCC', 'bob/short', 'BOB'),
          type('GGG', 'ada/class', 'ADA', 'group'),
          type('RRR', 'sales/intro', 'SALES', 'solo', 'round_robin'),
        ],
      });
    if (path.startsWith('/scheduled_events/'))
      return json({
        resource: {
          uri: calendlyEvent(path.split('/').at(-1) ?? ''),
          status: status(),
          start_time: iso(NINE),
          end_time: iso(NINE + HOUR),
          event_type: `${TYPE}/GGG`,
        },
      });
    return json({ collection: free().map((at) => ({ status: 'available', start_time: iso(at) })) });
  };

const calendlyOptions = (origin: string) => ({
  upstreams: [
    { provider: 'calendly' as const, token: 't', pages: ['https://calendly.com'], api: origin, budget: 1000 },
  ],
});

const scheduled = (
  id: string,
  type: string,
  counter: object,
  user = ADA,
): Readonly<Record<string, unknown>> => ({
  scheduled_event: {
    uri: calendlyEvent(id),
    status: 'active',
    start_time: iso(NINE),
    end_time: iso(NINE + HOUR),
    event_type: `${TYPE}/${type}`,
    event_memberships: [{ user }],
    invitees_counter: counter,
  },
});
const group = (id: string, active = 2): Readonly<Record<string, unknown>> =>
  scheduled(id, 'GGG', { total: active, active, limit: 3 });

onEachEngine('a booking means what the provider means:', (open) => {
  async function scene(talk: Talk, options?: Parameters<typeof bookingScene>[2]): Promise<BookingScene> {
    const made = await bookingScene(await open(), talk, options);
    upstreams.push(made.upstream);
    return made;
  }

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
    const { slots, upstream, slotCalls } = await bookingScene(
      place,
      (request, response) =>
        request.path === '/v2/bookings' ? list(request, response) : calAnswer([{ start: NINE }]),
      (origin) => ({ upstreams: [{ provider: 'cal', key: 'k', pages: ['https://cal.com'], api: origin }] }),
    );
    upstreams.push(upstream);
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

onEachEngine('forgetting', (open: () => Promise<Place>) => {
  it('takes a booking that names no event type for nobody’s', async () => {
    const { store, upstream } = await bookingScene(await open(), () => calAnswer([]));
    upstreams.push(upstream);
    const bus = await openBus(store);
    assert.deepEqual(
      await forgetAll({ store, bus }, [{ provider: 'cal', start: NINE, end: NINE + HOUR }]),
      [],
    );
    bus.close();
  });
});
