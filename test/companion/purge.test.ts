import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import type { Availability } from '../../src/protocol/availability.js';
import { tagOf } from '../../src/server/availability/write-answer.js';
import type { Companion } from '../../src/server/index.js';
import { runCli } from './cli-run.js';
import { readEvents } from './event-reader.js';
import { calSlots, fakeUpstream, type FakeUpstream } from './fake-upstream.js';
import { onEachEngine } from './places.js';
import { openReceiver, type Receiver } from './receiver.js';
import { until } from './until.js';

const token = 'a-token-for-this-test';
const authorization = `Bearer ${token}`;
const page = (path: string): string => `https://cal.com/${path}`;

onEachEngine('emptying the cache', (open) => {
  const upstreams: FakeUpstream[] = [];
  const receivers: Receiver[] = [];
  after(async () => {
    for (const each of [...upstreams, ...receivers]) await each.close();
  });

  async function scene() {
    const upstream = await fakeUpstream((request) => calSlots(request));
    upstreams.push(upstream);
    const network = await openReceiver();
    receivers.push(network);
    const place = await open();
    const options = {
      token,
      upstreams: [{ provider: 'cal' as const, pages: ['https://cal.com'], api: upstream.origin }],
      cdn: { url: `${network.origin}/purge`, headers: { authorization: 'Bearer key-of-the-network' } },
    };
    const companions = [await place.companion(options), await place.companion(options)] as const;
    const call = (companion: Companion, path: string, init: RequestInit = {}): Promise<Response> =>
      companion.fetch(new Request(`http://companion.test${path}`, init));
    /** How many calls it costs to show the slots of these pages at both instances. */
    const cost = async (...paths: readonly string[]): Promise<number> => {
      const before = upstream.arrived.length;
      for (const path of paths)
        for (const companion of companions) {
          const response = await call(companion, `/v1/availability?src=${page(path)}`);
          assert.equal(response.status, 200);
          assert.ok(((await response.json()) as Availability).slots.length > 0);
        }
      return upstream.arrived.length - before;
    };
    return { place, companions, call, cost, network, upstream };
  }

  it('of an event type, a host or all makes every instance request again, and nothing else', async () => {
    const { companions, call, cost } = await scene();
    const [one, other] = companions;
    const paths = ['acme/30min', 'acme/60min', 'bob/30min'] as const;
    assert.equal(await cost(...paths), 3);
    assert.equal(await cost(...paths), 0);
    const forget = async (query: string): Promise<number> => {
      const response = await call(one, `/v1/availability?${query}`, {
        method: 'DELETE',
        headers: { authorization },
      });
      assert.equal(response.status, 200, await response.clone().text());
      return ((await response.json()) as { eventTypes: number }).eventTypes;
    };
    const live = readEvents(await call(other, `/v1/live?src=${page('acme/30min')}`));
    assert.equal(await forget(`src=${page('acme/30min')}`), 1);
    await until(() => live.news().some(({ type }) => type === 'ask-anew'));
    await live.leave();
    assert.equal(await cost(...paths), 1);
    assert.equal(await forget('host=acme'), 2);
    await until(async () => (await cost('acme/30min', 'acme/60min')) === 2);
    assert.equal(await cost('bob/30min'), 0);
    assert.equal(await forget('all=1'), 3);
    for (const query of ['', 'all=0'])
      assert.equal(
        (await call(one, `/v1/availability?${query}`, { method: 'DELETE', headers: { authorization } }))
          .status,
        400,
      );
    assert.equal((await call(one, '/v1/availability?all=1', { method: 'DELETE' })).status, 401);
  });

  it('notifies the content network of the names in `Cache-Tag`, once for all instances, and is a command, too', async () => {
    const { place, companions, call, cost, network, upstream } = await scene();
    await cost('acme/30min');
    const response = await call(companions[0], `/v1/availability?src=${page('acme/30min')}`);
    const tag = response.headers.get('cache-tag') ?? '';
    assert.match(tag, new RegExp(`^${(await tagOf('')).slice(0, 6)}`));
    const words = Object.entries(place.where).map(([name, value]) => `--${name}=${value}`);
    const account = { provider: 'cal', pages: ['https://cal.com'], api: upstream.origin };
    const { said, code } = await runCli(['purge', '--src', page('acme/30min'), ...words], {
      BOOKING_UPSTREAMS: JSON.stringify([account]),
    }).ended;
    assert.equal(code, 0, said);
    assert.match(said, /1 event type forgotten/);
    await until(() => network.received.length > 0);
    assert.equal(await cost('acme/30min'), 1);
    for (const companion of companions) await companion.close(); // whatever they still had to send is sent
    assert.deepEqual(
      network.received.map(({ path, body }) => [path, JSON.parse(body) as unknown]),
      [['/purge', { tags: [tag] }]],
    );
    const [sent] = network.received;
    assert.equal(sent?.headers['surrogate-key'], tag);
    assert.equal(sent.headers['authorization'], 'Bearer key-of-the-network');
    const nothing = await runCli(['purge', ...words]).ended;
    assert.equal(nothing.code, 2);
    assert.match(nothing.said, /Say what to forget/);
  });
});
