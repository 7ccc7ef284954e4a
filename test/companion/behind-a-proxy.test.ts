import assert from 'node:assert/strict';
import { it } from 'node:test';
import { pino } from 'pino';
import { runCli } from './cli-run.js';
import { onEachEngine, type Place } from './places.js';

/** Text of the warnings of a companion that got one request, with the addresses as its adapter has them. */
async function warnings(
  place: Place,
  { proxies, address, forwarded }: { proxies: number; address: string; forwarded?: string },
): Promise<string[]> {
  const lines: string[] = [];
  const log = pino({ level: 'warn', base: null }, { write: (line: string) => void lines.push(line) });
  const companion = await place.companion({ proxies, log });
  for (let i = 0; i < 3; i++) {
    const request = new Request('http://companion.test/v1/queue', {
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    });
    await companion.fetch(request, { address });
  }
  await companion.close();
  return lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
}

async function doctor({ where: { data, database } }: Place): Promise<string> {
  const store = database === undefined ? ['--data', data ?? ''] : ['--database', database];
  return (await runCli(['doctor', ...store]).ended).said;
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
    assert.doesNotMatch(await doctor(place), /`proxies`/);
  });
});
