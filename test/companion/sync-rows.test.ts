import assert from 'node:assert/strict';
import { it } from 'node:test';
import { findBooking } from '../../src/server/bookings/bookings.js';
import { statusOf } from '../../src/server/bookings/merge.js';
import { TIMES_GONE } from '../../src/server/availability/forget.js';
import { readSync } from '../../src/server/sync/sync-account.js';
import { webhookJobs } from '../../src/server/webhooks/webhook-jobs.js';
import { calDeliveries } from '../../src/server/webhooks/cal-com.js';
import { calList } from './cal-bookings.js';
import { calBody, CALENDLY_TYPE, calendlyEvent } from './deliveries.js';
import { json, type Talk } from './fake-upstream.js';
import { onEachEngine } from './places.js';
import { NOW, DAY, HOUR, iso, lists, rows, syncScenesOn } from './sync-scene.js';

onEachEngine('synchronising', (open) => {
  const scene = syncScenesOn(open);

  it('comes to the same row as deliveries, whichever is first', async () => {
    for (const first of ['delivery', 'sync']) {
      const list = [
        { uid: 'A', start: NOW + DAY, more: { rescheduledToUid: 'B' }, status: 'cancelled' },
        { uid: 'B', start: NOW + 2 * DAY, more: { rescheduledFromUid: 'A' } },
      ];
      const { context, sync, account } = await scene(calList(list));
      const receive = async (): Promise<void> => {
        const { handle } = webhookJobs(context);
        const bodies = [
          calBody('BOOKING_RESCHEDULED', 'B', NOW + 2 * DAY, { rescheduleUid: 'A' }, NOW),
          calBody('BOOKING_CREATED', 'A', NOW + DAY, {}, NOW - 1000),
        ];
        const jobs = bodies.map((body, id) => {
          const delivery = calDeliveries.read(JSON.parse(body), NOW);
          assert.ok(delivery.is === 'booking');
          return {
            id,
            kind: 'webhook',
            key: `delivery ${id}`,
            attempts: 0,
            data: { observations: delivery.observations, about: delivery.about },
          };
        });
        await handle(jobs);
      };
      if (first === 'delivery') await receive();
      await sync();
      if (first === 'sync') await receive();
      const [a, b] = [
        await findBooking(context.store, 'cal', 'A'),
        await findBooking(context.store, 'cal', 'B'),
      ];
      assert.ok(a && b);
      assert.equal(await rows(context.store), 2);
      assert.deepEqual(
        [statusOf(a), a.movedTo, a.account, a.slug, a.eventType],
        [
          { state: 'cancelled', start: NOW + DAY, end: NOW + DAY + HOUR },
          'B',
          account.account,
          '30min',
          '4711',
        ],
      );
      assert.deepEqual([statusOf(b).state, b.movedFrom, b.account], ['accepted', 'A', account.account]);
      assert.equal(a.bookedAt, NOW - 300 * DAY);
    }
  });

  it('takes times off widgets that no delivery named, and leaves alone what is long known', async () => {
    const list = [
      { uid: 'old', start: NOW + 2 * DAY },
      { uid: 'new', start: NOW + 3 * DAY, changed: NOW - HOUR },
    ];
    const { place, options, context, sync } = await scene(calList(list));
    const companion = await place.companion(options);
    const asked = await companion.fetch(
      new Request('http://companion.test/v1/availability?src=https://cal.com/acme/30min'),
    );
    assert.equal(asked.status, 200);
    const published: number[] = [];
    context.bus.subscribe(TIMES_GONE, ({ data }) => published.push((data as { start: number }).start));
    await sync();
    assert.deepEqual(published, [NOW + 3 * DAY]);
    await sync();
    assert.deepEqual(published, [NOW + 3 * DAY], 'published once');
  });

  it('skips entries that are no bookings, and counts them', async () => {
    const list = [
      { uid: 'good', start: NOW + DAY },
      { uid: '', start: NOW + DAY + HOUR },
      { uid: 'odd', start: NOW + DAY + 2 * HOUR, status: 'dreaming' },
    ];
    const { context, account, sync } = await scene(calList(list));
    await sync();
    assert.equal(await rows(context.store), 1);
    assert.equal((await readSync(context.store, account.account))?.unreadable, 2);
  });

  it('reads Calendly’s events by its tokens, from the last one on when a token has become too old', async () => {
    const events = Array.from({ length: 5 }, (_, i) => ({
      uri: calendlyEvent(`E${i}`),
      status: i === 3 ? 'canceled' : 'active',
      start_time: iso(NOW + i * HOUR),
      end_time: iso(NOW + (i + 1) * HOUR),
      event_type: CALENDLY_TYPE,
      created_at: iso(NOW - DAY * 9),
      updated_at: iso(NOW - DAY * 9),
    }));
    let isOld = true;
    const talk: Talk = ({ path, query }) => {
      if (path === '/users/me')
        return json({
          resource: {
            uri: 'https://api.calendly.com/users/ME',
            current_organization: 'https://api.calendly.com/organizations/ORG',
          },
        });
      // This one may see its own events only.
      if (query.has('organization')) return json({}, { status: 403 });
      const from = Date.parse(query.get('min_start_time') ?? '');
      const token = query.get('page_token');
      if (token === 'two' && isOld) {
        isOld = false;
        return json({ title: 'Invalid Argument' }, { status: 400 });
      }
      const found = events.filter(({ start_time: start }) => Date.parse(start) >= from);
      const begin = token === 'two' ? 3 : 0;
      const page = found.slice(begin, begin + 3);
      const isLast = begin + 3 >= found.length;
      return json({ collection: page, pagination: { next_page_token: isLast ? null : 'two' } });
    };
    const { context, sync, upstream } = await scene(talk, { provider: 'calendly', token: 'calendly-1' });
    await sync();
    assert.equal(await rows(context.store), 5);
    const cancelled = await findBooking(context.store, 'calendly', calendlyEvent('E3'));
    assert.ok(cancelled);
    assert.equal(statusOf(cancelled).state, 'cancelled');
    assert.equal(cancelled.eventType, CALENDLY_TYPE);
    const last = lists(upstream).at(-1)?.query;
    assert.equal(last?.get('min_start_time'), iso(NOW + 2 * HOUR));
    assert.equal(last.get('user'), 'https://api.calendly.com/users/ME');
  });
});
