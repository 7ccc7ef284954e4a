import assert from 'node:assert/strict';
import { it } from 'node:test';
import { LIMITS } from '../../src/server/upstreams/account.js';
import { json, type Talk } from './fake-upstream.js';
import { onEachEngine } from './places.js';
import { DAY, upstreamThat, normal, ask, read, codeOf, scene } from './availability-scene.js';

onEachEngine('availability', (open) => {
  for (const [about, talk, code, status] of [
    ['is slow', () => null, 'upstream-timeout', 504],
    ['fails', () => json({}, { status: 500 }), 'upstream-status', 502],
    ['has had enough', () => json({}, { status: 429 }), 'upstream-rate-limited', 503],
    ['answers HTML', () => ({ body: '<!doctype html><title>Down</title>' }), 'upstream-not-understood', 502],
    ['answers nothing', () => ({ body: '' }), 'upstream-not-understood', 502],
    [
      'answers something else',
      () => json({ data: { x: [{ start: 'soon' }] } }),
      'upstream-not-understood',
      502,
    ],
    [
      'answers without end',
      (_request, response) => {
        const more = (): void => {
          while (!response.destroyed && response.write('x'.repeat(65_536)));
        };
        response.on('drain', more);
        more();
        return null;
      },
      'upstream-not-understood',
      502,
    ],
    [
      'is cut off',
      (_request, response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('{"data":', () => response.destroy());
        return null;
      },
      'upstream-unreachable',
      502,
    ],
    [
      'sends elsewhere',
      () => ({ status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data' } }),
      'upstream-refused',
      502,
    ],
  ] as [string, Talk, string, number][])
    it(`says so when the upstream ${about}, and gives older times where there are some`, async (t) => {
      const { companion, upstream, clock } = await scene(open, talk);
      // An upstream that is slow is not waited for in real time.
      if (code === 'upstream-timeout') {
        t.mock.timers.enable({ apis: ['setTimeout'] });
        upstream.talk = (request, response) => {
          setImmediate(() => t.mock.timers.tick(LIMITS.timeout));
          return talk(request, response);
        };
      }
      const unwell = upstream.talk;
      const failed = await ask(companion);
      assert.equal(failed.status, status);
      assert.equal(await codeOf(failed), code);
      assert.ok(code === 'upstream-refused' || Number(failed.headers.get('retry-after')) >= 1);

      clock.now += 600_000;
      upstream.talk = normal;
      const good = await read(await ask(companion));
      assert.equal(good.slots.length, 9);
      upstream.talk = unwell;
      clock.now += 3_600_000;
      const stale = await ask(companion);
      assert.match(
        stale.headers.get('cache-status') ?? '',
        new RegExp(`ttl=-\\d+; detail=${code.slice(9)}$`),
      );
      const old = await read(stale);
      assert.deepEqual(old.slots, good.slots);
      assert.equal(old.fetchedAt, good.fetchedAt);
    });

  it('does not pass on what an upstream says in its errors, nor its key', async () => {
    const upstream = await upstreamThat(() => json({ error: 'secret-of-theirs' }, { status: 500 }));
    const companion = await (
      await open()
    ).companion({
      upstreams: [
        { provider: 'cal', pages: ['https://cal.com'], api: upstream.origin, key: 'cal_live_secret' },
      ],
    });
    const words = {
      start: new Date(Date.now() + DAY).toISOString(),
      end: new Date(Date.now() + 2 * DAY).toISOString(),
    };
    const text = await (await ask(companion, words)).text();
    assert.doesNotMatch(text, /secret/);
    assert.equal(upstream.arrived[0]?.headers['authorization'], 'Bearer cal_live_secret');
  });

  it('stops asking an upstream that fails again and again', async () => {
    const { companion, upstream } = await scene(open, () => json({}, { status: 500 }));
    for (let i = 0; i < 12; i++) await ask(companion, { src: `https://cal.com/acme/event-${i}` });
    assert.equal(upstream.arrived.length, 5);
    assert.equal(await codeOf(await ask(companion, { src: 'https://cal.com/acme/other' })), 'upstream-open');
  });

  it('does not ask again in a minute for an event type that is not there', async () => {
    const { companions, upstream } = await scene(open, () => json({}, { status: 404 }), 2);
    for (const companion of companions)
      assert.equal(await codeOf(await ask(companion)), 'unknown-event-type');
    assert.equal(upstream.arrived.length, 1);
  });
});
