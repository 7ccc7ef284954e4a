import assert from 'node:assert/strict';
import { it } from 'node:test';
import { forgetBookings } from '../../src/server/bookings/booking-records.js';
import { record } from '../../src/server/bookings/bookings.js';
import { keepFailed, queueDepth } from '../../src/server/queue/jobs.js';
import { calBody, SECRETS, signedByCal } from './deliveries.js';
import { onEachEngine } from './places.js';
import { until } from './until.js';

const token = 'a-token-for-this-test';
const DAY = 86_400_000;
const START = Date.parse('2026-03-05T09:00:00Z');

onEachEngine('one booking', (open) => {
  it('is given out whole and removed whole, by its id, to its owner alone', async () => {
    const place = await open();
    const companion = await place.companion({ token, webhooks: SECRETS });
    const ask = (id: string, method = 'GET', authorization = `Bearer ${token}`): Promise<Response> =>
      companion.fetch(
        new Request(
          `http://companion.test/v1/bookings/record?${new URLSearchParams({ provider: 'cal', id })}`,
          {
            method,
            headers: { authorization },
          },
        ),
      );
    for (const id of ['mine', 'mine-too'])
      assert.equal((await companion.fetch(signedByCal(calBody('BOOKING_CREATED', id, START)))).status, 202);
    const store = await place.store();
    await until(async () => (await queueDepth(store)).waiting === 0);
    for (const id of ['mine', 'mine-too']) {
      const observation = { provider: 'cal', id, source: 'webhook', at: START, state: 'accepted' };
      await keepFailed(
        store,
        { kind: 'webhook', key: `cal ${id}`, data: { observations: [observation] } },
        'x',
      );
    }
    assert.equal((await ask('mine', 'GET', 'Bearer wrong-token-of-somebody')).status, 401);
    const { booking } = (await (await ask('mine')).json()) as { booking: Record<string, unknown> };
    assert.deepEqual([booking['id'], booking['state'], booking['starts_at']], ['mine', 'accepted', START]);
    assert.equal((await ask('mine', 'DELETE')).status, 204);
    assert.equal((await ask('mine')).status, 404);
    assert.equal((await ask('mine', 'DELETE')).status, 404);
    assert.equal((await ask('mine-too')).status, 200);
    const jobs = await store
      .tables<{ job: { key: string; data: string } }>()
      .selectFrom('job')
      .select(['key', 'data'])
      .execute();
    assert.deepEqual(
      jobs.flatMap(({ key, data }) => (/mine/.test(key + data) ? key : [])),
      ['cal mine-too'],
    );
    assert.equal((await ask('')).status, 400);
  });

  it('is removed when it has been over for as long as the owner wants it kept', async () => {
    const place = await open();
    await place.companion();
    const store = await place.store({ now: () => START + 100 * DAY });
    await record(
      store,
      [10, 89, 91, 200].map((days, i) => ({
        provider: 'cal' as const,
        id: `uid-${days}`,
        source: 'webhook' as const,
        at: START + i,
        state: 'accepted' as const,
        start: START + (100 - days) * DAY - 3_600_000,
        end: START + (100 - days) * DAY,
      })),
    );
    await forgetBookings(store, 90);
    const left = await store
      .tables<{ booking: { id: string } }>()
      .selectFrom('booking')
      .select('id')
      .execute();
    assert.deepEqual(left.map(({ id }) => id).sort(), ['uid-10', 'uid-89']);
  });
});
