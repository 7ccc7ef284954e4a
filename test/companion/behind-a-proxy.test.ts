import assert from 'node:assert/strict';
import { it } from 'node:test';
import { pino } from 'pino';
import { runCli } from './cli-run.js';
import { fakeUpstream, json } from './fake-upstream.js';
import { onEachEngine, type Place } from './places.js';

/** Text of the warnings of a companion that got one request, with the addresses as its adapter has them. */
async function warnings(
  place: Place,
  {
    proxies,
    address,
    forwarded,
    path = '/v1/queue',
  }: { proxies: number; address: string; forwarded?: string; path?: string },
): Promise<string[]> {
  const lines: string[] = [];
  const log = pino({ level: 'warn', base: null }, { write: (line: string) => void lines.push(line) });
  const companion = await place.companion({ proxies, log });
  for (let i = 0; i < 3; i++) {
    const request = new Request(`http://companion.test${path}`, {
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    });
    await companion.fetch(request, { address });
  }
  await companion.close();
  return lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
}

async function doctor({ where: { data, database } }: Place): Promise<string> {
  const store = database === undefined ? ['--data', data ?? ''] : ['--database', database];
  const upstream = await fakeUpstream(() => json({}));
  const accounts = JSON.stringify([{ provider: 'cal', api: upstream.origin }]);
  const { said } = await runCli(['doctor', ...store], { BOOKING_UPSTREAMS: accounts }).ended;
  await upstream.close();
  return said;
}

onEachEngine('`proxies` at 0', (open) => {
  it('behind a reverse proxy is named once in the log, and afterwards by `doctor`', async () => {
    const place = await open();
    const found = await warnings(place, { proxies: 0, address: '10.1.2.3', forwarded: '192.0.2.77' });
    assert.equal(found.filter((text) => text.includes('`proxies` is 0')).length, 1);
    assert.match(await doctor(place), /^warning +requests come through a reverse proxy, and `proxies` is 0/m);
  });

  it('without one is not, nor is a number that was set', async () => {
    const place = await open();
    for (const seen of [
      { proxies: 0, address: '10.1.2.3' },
      { proxies: 0, address: '192.0.2.1', forwarded: '10.0.0.1' }, // a stranger may write anything
      { proxies: 1, address: '10.1.2.3', forwarded: '192.0.2.77' },
    ])
      assert.deepEqual(
        (await warnings(place, seen)).filter((text) => text.includes('proxies')),
        [],
      );
    const said = await doctor(place);
    assert.doesNotMatch(said, /^warning .*`proxies`/m);
    assert.match(said, /^ok +No request of the last week had headers of reverse proxies/m);
  });
});

onEachEngine('`proxies` above the number of proxies', (open) => {
  const path = '/v1/availability';

  it('is named once in the log, and afterwards by `doctor`: visitors could choose what counts for them', async () => {
    for (const forwarded of [undefined, '192.0.2.77']) {
      const place = await open();
      const seen = { proxies: 2, address: '10.1.2.3', path, ...(forwarded !== undefined && { forwarded }) };
      const found = await warnings(place, seen);
      assert.equal(found.filter((text) => text.includes('fewer entries')).length, 1);
      assert.match(await doctor(place), /^warning +requests of visitors come with fewer entries/m);
    }
  });

  it('is not concluded from requests that do not come from visitors, nor from a full header', async () => {
    const place = await open();
    for (const seen of [
      { proxies: 1, address: '10.1.2.3', path: '/healthz' },
      { proxies: 1, address: '10.1.2.3', path: '/v1/status' },
      { proxies: 2, address: '10.1.2.3', path, forwarded: '192.0.2.77, 10.0.0.9' },
    ])
      assert.deepEqual(
        (await warnings(place, seen)).filter((text) => text.includes('fewer entries')),
        [],
      );
  });
});
