import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { after, it } from 'node:test';
import { Catalogue } from '../../demo/service/catalogue.js';
import type { Booking as DemoBooking } from '../../demo/service/booking.js';
import { Webhooks, type Change } from '../../demo/service/webhooks.js';
import type { Availability } from '../../src/protocol/availability.js';
import { findBooking } from '../../src/server/bookings/bookings.js';
import { statusOf } from '../../src/server/bookings/merge.js';
import type { Companion, CompanionOptions } from '../../src/server/index.js';
import { Problem, problemResponse } from '../../src/server/http/problem.js';
import { serve } from '../../src/server/node.js';
import { openContext } from '../../src/server/open-context.js';
import { queueDepth } from '../../src/server/queue/jobs.js';
import type { Store } from '../../src/server/store/store.js';
import { webhooksFeature } from '../../src/server/webhooks/webhooks-routes.js';
import { MAX_BYTES } from '../../src/server/webhooks/signed-body.js';
import {
  CAL_SECRET,
  calBody,
  calendlyBody,
  calendlyEvent,
  SECRETS,
  signedByCal,
  signedByCalendly,
} from './deliveries.js';
import { calSlots, fakeUpstream, type FakeUpstream } from './fake-upstream.js';
import { onEachEngine } from './places.js';
import { until } from './until.js';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const HOUR = 3_600_000;
const START = Date.parse('2026-03-05T09:00:00Z');
const TOKEN = 'a-token-for-this-test';
const upstreams: FakeUpstream[] = [];
after(async () => {
  for (const each of upstreams) await each.close();
});

const codeOf = async (answer: Response): Promise<string> => {
  assert.equal(answer.headers.get('content-type'), 'application/problem+json');
  return ((await answer.json()) as { code: string }).code;
};

const times = async (companion: Companion): Promise<string[]> => {
  const answer = await companion.fetch(
    new Request(
      'http://companion.test/v1/availability?src=https://cal.com/acme/30min&start=2026-03-03T00:00:00Z&end=2026-03-10T00:00:00Z',
    ),
  );
  assert.equal(answer.status, 200);
  return ((await answer.json()) as Availability).slots.map(({ start }) => start.slice(5, 16));
};

/** A booking as the row says it. */
async function rowOf(store: Store, id: string): Promise<string> {
  const provider = id.startsWith('https:') ? 'calendly' : 'cal';
  const booking = await findBooking(store, provider, id);
  if (!booking) return 'none';
  const { state, start } = statusOf(booking);
  const moved = [
    booking.movedFrom && `from ${booking.movedFrom}`,
    booking.movedTo && `to ${booking.movedTo}`,
  ];
  return [state, start === null ? '?' : new Date(start).toISOString().slice(5, 16), ...moved]
    .filter(Boolean)
    .join(' ');
}

onEachEngine('deliveries', (open) => {
  async function scene(
    options: CompanionOptions = {},
    instances = 1,
  ): Promise<{
    upstream: FakeUpstream;
    companion: Companion;
    companions: Companion[];
    store: Store;
    clock: { now: number };
    deliver: (request: Request) => Promise<Response>;
    drained: () => Promise<void>;
  }> {
    const upstream = await fakeUpstream((request) => calSlots(request));
    upstreams.push(upstream);
    const clock = { now: NOW };
    const place = await open();
    const companions = [];
    for (let i = 0; i < instances; i++)
      companions.push(
        await place.companion({
          now: () => clock.now,
          webhooks: SECRETS,
          token: TOKEN,
          upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin }],
          ...options,
        }),
      );
    const [companion] = companions;
    assert.ok(companion);
    const store = await place.store({ now: () => clock.now });
    return {
      upstream,
      companion,
      companions,
      store,
      clock,
      deliver: (request) => companion.fetch(request),
      drained: () => until(async () => (await queueDepth(store)).waiting === 0),
    };
  }

  // Nothing of what is refused or ignored stays behind, so all of it can go to one companion.
  let shared: ReturnType<typeof scene> | undefined;
  const sharedScene = (): ReturnType<typeof scene> => (shared ??= scene());

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

  for (const [about, request, status, code] of [
    ['without a signature', () => unsigned('cal'), 401, 'no-signature'],
    ['of a webhook without secret', () => unsigned('cal', 'no-secret-provided'), 401, 'no-signature'],
    ['signed with another secret', () => signedByCal(created(), 'another secret'), 401, 'bad-signature'],
    ['with a signature that is none', () => unsigned('cal', 'sha256=abc'), 401, 'bad-signature'],
    [
      'signed in capitals and too long',
      () => unsigned('cal', `${'A'.repeat(64)}${'b'.repeat(9000)}`),
      401,
      'bad-signature',
    ],
    ['changed on its way', () => changed(signedByCal(created())), 401, 'bad-signature'],
    ['without a signature (Calendly)', () => unsigned('calendly'), 401, 'no-signature'],
    [
      'signed four minutes ago',
      () => signedByCalendly(createdAtCalendly(), NOW - 4 * 60_000),
      401,
      'stale-signature',
    ],
    [
      'signed in four minutes',
      () => signedByCalendly(createdAtCalendly(), NOW + 4 * 60_000),
      401,
      'stale-signature',
    ],
    [
      'signed with another key (Calendly)',
      () => signedByCalendly(createdAtCalendly(), NOW, 'another key'),
      401,
      'bad-signature',
    ],
    ['too large', () => signedByCal('x'.repeat(MAX_BYTES + 1)), 413, 'too-large'],
  ] as const)
    it(`are refused ${about}, and nothing of them is kept`, async () => {
      const { store, deliver } = await sharedScene();
      const answer = await deliver(request());
      assert.equal(await codeOf(answer), code);
      assert.equal(answer.status, status);
      assert.deepEqual(await queueDepth(store), { waiting: 0, underWay: 0, failed: 0, oldest: 0 });
    });

  it('are refused while no secret is set, and the answer says which', async () => {
    const { deliver } = await scene({ webhooks: { calendly: 'only-calendlys' } });
    const answer = await deliver(signedByCal(created()));
    assert.equal(answer.status, 403);
    const problem = (await answer.json()) as { code: string; detail: string };
    assert.equal(problem.code, 'no-webhook-secret');
    assert.match(problem.detail, /`webhooks.cal`/);
  });

  it('are believed with any of several secrets, while one replaces another', async () => {
    const { deliver } = await scene({ webhooks: { cal: ['the-new-secret', CAL_SECRET] } });
    assert.equal((await deliver(signedByCal(created('a')))).status, 202);
    assert.equal((await deliver(signedByCal(created('b'), 'the-new-secret'))).status, 202);
    assert.equal((await deliver(signedByCal(created('c'), 'the-third-secret'))).status, 401);
  });

  for (const [about, body] of [
    ['about a meeting', JSON.stringify({ triggerEvent: 'MEETING_STARTED', payload: {} })],
    ['about something new', JSON.stringify({ triggerEvent: 'BOOKING_DREAMED_OF', payload: { uid: 1 } })],
    ['that only try the address out', JSON.stringify({ triggerEvent: 'PING', payload: {} })],
    ['that are empty', '{}'],
    ['named like a part of every object', JSON.stringify({ triggerEvent: 'constructor' })],
    ['that are null', 'null'],
    ['that are a list', '[]'],
    ['that are a number', '7'],
  ] as const)
    it(`${about} are acknowledged, and there is nothing to do`, async () => {
      const { store, deliver } = await sharedScene();
      const answer = await deliver(signedByCal(body));
      assert.equal(answer.status, 200);
      assert.deepEqual(await answer.json(), { is: 'ignored' });
      assert.deepEqual(await queueDepth(store), { waiting: 0, underWay: 0, failed: 0, oldest: 0 });
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

  it('that cannot be stored are not acknowledged, and are taken when they are sent again', async () => {
    const context = await openContext({ ...(await open()).where, log: 'silent', webhooks: SECRETS });
    let isOut = true;
    const stored: string[] = [];
    const { ownLimits } = webhooksFeature(context, {
      add(jobs) {
        if (isOut) return Promise.reject(new Error('the disk is full'));
        stored.push(...jobs.map(({ key }) => key));
        return Promise.resolve(jobs.length);
      },
    });
    assert.ok(ownLimits);
    ownLimits.onError((cause, c) => {
      assert.ok(cause instanceof Problem);
      return problemResponse(c, cause);
    });
    const refused = await ownLimits.fetch(signedByCal(created()));
    assert.equal(refused.status, 503);
    assert.ok(Number(refused.headers.get('retry-after')) >= 1);
    const text = await refused.text();
    assert.match(text, /not-stored/);
    assert.doesNotMatch(text, /disk/);
    isOut = false;
    assert.equal((await ownLimits.fetch(signedByCal(created()))).status, 202);
    assert.deepEqual(stored, [`cal ${createHash('sha256').update(created()).digest('hex')}`]);
    await context.close();
  });

  it('are not held back by the limits of clients', async () => {
    const { deliver } = await scene({ clientLimit: 1 });
    for (let i = 0; i < 5; i++) assert.equal((await deliver(signedByCal(created(`uid-${i}`)))).status, 202);
  });

  it('without end are read no further than they may be', async () => {
    const { deliver } = await scene();
    let given = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        given += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    const answer = await deliver(
      new Request('http://companion.test/v1/webhooks/cal', {
        method: 'POST',
        headers: { 'x-cal-signature-256': 'a'.repeat(64) },
        body: endless,
        duplex: 'half',
      } as RequestInit),
    );
    assert.equal(await codeOf(answer), 'too-large');
    assert.ok(given < MAX_BYTES + 1_000_000);
  });

  it('that are large and genuine are read, over a socket too, and larger ones are refused', async () => {
    const { companion, store, drained } = await scene();
    const { origin, stop } = await serve(companion, { port: 0 });
    const large = calBody('BOOKING_CREATED', 'large', START, { metadata: { x: 'x'.repeat(5_000_000) } });
    assert.equal((await fetch(signedByCal(large, CAL_SECRET, origin))).status, 202);
    await drained();
    assert.equal(await rowOf(store, 'large'), 'accepted 03-05T09:00');
    // Without a length it cannot be refused at once.
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sending = httpRequest(
        `${origin}/v1/webhooks/cal`,
        { method: 'POST', headers: { 'x-cal-signature-256': 'a'.repeat(64) } },
        (answer) => {
          resolve(answer.statusCode);
          sending.destroy();
        },
      );
      sending.on('error', reject);
      for (let i = 0; i < 12; i++) sending.write(Buffer.alloc(1_048_576));
      sending.end();
    });
    assert.equal(status, 413);
    await stop();
  });
});

const created = (uid = 'uid-1'): string => calBody('BOOKING_CREATED', uid, START);
const createdAtCalendly = (): string => calendlyBody('invitee.created', 'ONE', START);

const unsigned = (provider: string, signature?: string): Request =>
  new Request(`http://companion.test/v1/webhooks/${provider}`, {
    method: 'POST',
    body: provider === 'cal' ? created() : createdAtCalendly(),
    headers: signature === undefined ? {} : { 'x-cal-signature-256': signature },
  });

const changed = (request: Request): Request =>
  new Request(request.url, { method: 'POST', headers: request.headers, body: `${created()} ` });
