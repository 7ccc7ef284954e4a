import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { easyTalk } from './fake-schedulers.js';
import { json } from './fake-upstream.js';
import { NOW, DAY, scene, easySettings, eventAt, startsIn, at } from './upstream-scene.js';

describe('Easy!Appointments', () => {
  const page = 'https://book.example.com/';

  it('reads the hours of its calendars in their zone, on days when clocks change too', async () => {
    const starts = [
      '2026-03-27T23:30:00.000Z',
      '2026-03-29T00:30:00.000Z',
      '2026-03-29T01:00:00.000Z',
      '2026-03-29T21:30:00.000Z',
    ];
    const { upstream, service } = await scene(easySettings, easyTalk(starts));
    const answers = await upstream.times(
      await eventAt(upstream, page),
      { from: at('2026-03-27T00:00:00Z'), to: at('2026-03-30T00:00:00Z') },
      { who: 'test' },
    );
    assert.deepEqual(startsIn(answers), starts);
    assert.deepEqual(
      service.arrived.map(({ path, query }) => [path.split('/').at(-1), query.get('selected_date')]),
      [
        ['get_unavailable_dates', '2026-03-01'],
        ['get_available_hours', '2026-03-28'],
        ['get_available_hours', '2026-03-29'],
      ],
    );
  });

  it('gives no time that the clocks skip', async () => {
    const { upstream } = await scene(easySettings, ({ path }) =>
      json(path.endsWith('dates') ? [] : ['01:30', '02:30', '03:30']),
    );
    const answers = await upstream.times(
      await eventAt(upstream, page),
      { from: at('2026-03-29T00:00:00Z'), to: at('2026-03-29T12:00:00Z') },
      { who: 'test' },
    );
    assert.deepEqual(startsIn(answers), ['2026-03-29T00:30:00.000Z', '2026-03-29T01:30:00.000Z']);
  });

  it('asks for anybody who is free, or for the person that the address names', async () => {
    const { upstream, service } = await scene(easySettings, easyTalk([]));
    for (const address of ['?service=3', '?service=2&provider=5'])
      await upstream.times(
        await eventAt(upstream, page + address),
        { from: NOW + DAY, to: NOW + 2 * DAY },
        { who: 'test' },
      );
    assert.deepEqual(
      service.arrived.map(({ query }) => [query.get('service_id'), query.get('provider_id')]),
      [
        ['3', 'any-provider'],
        ['2', '5'],
      ],
    );
  });

  it('serves what lies below its address when no pages are named', async () => {
    const { upstream, service } = await scene(
      ({ origin: api }) => ({
        provider: 'easyappointments',
        api: `${api}/index.php`,
        pages: [],
        timeZone: 'UTC',
        services: [{ id: 2, minutes: 30 }],
      }),
      easyTalk([]),
    );
    assert.equal(upstream.serves(new URL(`${service.origin}/?service=2`)), true);
    assert.equal(upstream.serves(new URL('https://book.example.com/')), false);
  });
});
