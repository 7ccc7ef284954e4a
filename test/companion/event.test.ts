import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { eventDetailsSchema } from '../../src/protocol/event-details-schema.js';
import { bookingScene, type BookingScene } from './booking-scene.js';
import { CALENDLY_API } from './deliveries.js';
import { json, type Talk } from './fake-upstream.js';
import { onEachEngine } from './places.js';

const MINUTE = 60_000;
const upstreams: { close(): Promise<void> }[] = [];
after(async () => {
  for (const each of upstreams) await each.close();
});

onEachEngine('details of an event type', (open) => {
  async function scene(talk: Talk, options?: Parameters<typeof bookingScene>[2]): Promise<BookingScene> {
    const made = await bookingScene(await open(), talk, options);
    upstreams.push(made.upstream);
    return made;
  }
  const ask = (of: BookingScene, src: string, headers: Record<string, string> = {}): Promise<Response> =>
    of.companion.fetch(
      new Request(`http://companion.test/v1/event?${new URLSearchParams({ src })}`, { headers }),
    );

  it('are Cal.com’s, requested once in ten minutes, and a changed length is seen after that', async () => {
    let minutes = 30;
    const made = await scene(({ path, query }) => {
      assert.equal(path, '/v2/event-types');
      if (query.get('username') !== 'acme') return json({ status: 'success', data: [] });
      return json({
        status: 'success',
        data: [
          {
            id: 7,
            title: 'Intro',
            lengthInMinutes: minutes,
            lengthInMinutesOptions: [15, 30],
            price: 2500,
            currency: 'eur',
            locations: [{ type: 'integration', integration: 'cal-video' }],
            seats: { seatsPerTimeSlot: 5, showAttendeeInfo: false },
            users: [{ name: 'Ada', username: 'acme', avatarUrl: 'https://cdn.example/ada.png' }],
          },
        ],
      });
    });
    const first = await ask(made, 'https://cal.com/Acme/intro/');
    assert.equal(first.status, 200);
    assert.equal(first.headers.get('access-control-allow-origin'), '*');
    const details = eventDetailsSchema.parse(await first.json());
    assert.deepEqual(details, {
      v: 1,
      title: 'Intro',
      minutes: 30,
      lengths: [15, 30],
      price: { amount: 25, currency: 'EUR' },
      locations: ['integration'],
      seats: 5,
      host: { name: 'Ada', image: 'https://cdn.example/ada.png' },
      fetchedAt: made.clock.now,
    });
    minutes = 45;
    made.clock.now += 9 * MINUTE;
    const again = await ask(made, 'https://cal.com/acme/intro');
    assert.match(again.headers.get('cache-status') ?? '', /hit; ttl=60$/);
    assert.equal(made.upstream.arrived.length, 1);
    const etag = again.headers.get('etag') ?? '';
    assert.equal((await ask(made, 'https://cal.com/acme/intro', { 'if-none-match': etag })).status, 304);
    made.clock.now += MINUTE;
    const later = eventDetailsSchema.parse(await (await ask(made, 'https://cal.com/acme/intro')).json());
    assert.equal(later.minutes, 45);
    const nobody = await ask(made, 'https://cal.com/nobody/intro');
    assert.equal(((await nobody.json()) as { code: string }).code, 'no-event-details');
    const calls = made.upstream.arrived.length;
    await ask(made, 'https://cal.com/nobody/intro');
    await ask(made, 'https://cal.com/team/sales/intro');
    assert.equal(made.upstream.arrived.length, calls, 'what there is nothing of is not requested again');
    made.clock.now += 11 * MINUTE;
    made.upstream.talk = () => json({}, { status: 500 });
    const stale = await ask(made, 'https://cal.com/acme/intro');
    assert.equal(stale.status, 200);
    assert.match(stale.headers.get('cache-status') ?? '', /ttl=-60; detail=status/);
  });

  it('are Calendly’s, with a profile of the host that is kept for an hour', async () => {
    let duration = 30;
    const made = await scene(
      ({ path }) => {
        if (path === '/users/me')
          return json({
            resource: {
              uri: `${CALENDLY_API}/users/ADA`,
              current_organization: `${CALENDLY_API}/organizations/O`,
            },
          });
        if (path === '/users/ADA')
          return json({
            resource: { name: 'Ada', avatar_url: 'https://cdn.example/a.png', timezone: 'Europe/Paris' },
          });
        return json({
          collection: [
            {
              uri: `${CALENDLY_API}/event_types/AAA`,
              slug: '30min',
              name: 'Intro',
              duration,
              scheduling_url: 'https://calendly.com/ada/30min',
              kind: 'solo',
              profile: { type: 'User', name: 'Ada', owner: `${CALENDLY_API}/users/ADA` },
              locations: [{ kind: 'zoom_conference' }],
            },
          ],
        });
      },
      (api) => ({
        upstreams: [{ provider: 'calendly', token: 't', pages: ['https://calendly.com/ada'], api }],
      }),
    );
    const read = async (): Promise<unknown> => {
      const { fetchedAt: _, ...rest } = eventDetailsSchema.parse(
        await (await ask(made, 'https://calendly.com/ada/30min')).json(),
      );
      return rest;
    };
    const host = { name: 'Ada', image: 'https://cdn.example/a.png', timeZone: 'Europe/Paris' };
    const expected = { v: 1, title: 'Intro', minutes: 30, locations: ['zoom_conference'], host };
    assert.deepEqual(await read(), expected);
    duration = 45;
    made.clock.now += 10 * MINUTE;
    assert.deepEqual(await read(), { ...expected, minutes: 45 });
    const profiles = (): number => made.upstream.arrived.filter(({ path }) => path === '/users/ADA').length;
    assert.equal(profiles(), 1);
    made.clock.now += 51 * MINUTE;
    await read();
    assert.equal(profiles(), 2);
  });

  it('are refused in words that a page may read', async () => {
    const made = await scene(() => json({}));
    for (const [src, code] of [
      ['nonsense', 'bad-src'],
      ['https://elsewhere.example/a/b', 'unknown-event-type'],
      ['https://cal.com/acme/odd', 'upstream-not-understood'],
    ] as const) {
      const answer = await ask(made, src);
      assert.equal(answer.headers.get('access-control-allow-origin'), '*');
      assert.equal(((await answer.json()) as { code: string }).code, code);
    }
  });
});
