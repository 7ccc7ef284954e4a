import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { json } from './fake-upstream.js';
import { NOW, DAY, scene, calTalk, type Settings } from './upstream-scene.js';

describe('Cal.com', () => {
  const settings: Settings = ({ origin: api }) => ({ provider: 'cal', api });
  for (const [page, query] of [
    ['https://cal.com/team/sales/intro', { teamSlug: 'sales', eventTypeSlug: 'intro' }],
    [
      'https://acme-inc.cal.com/bella/30min',
      { username: 'bella', eventTypeSlug: '30min', organizationSlug: 'acme-inc' },
    ],
    [
      'https://acme-inc.cal.com/bella+nora/dynamic',
      { usernames: 'bella,nora', organizationSlug: 'acme-inc' },
    ],
    [
      'https://acme-inc.cal.com/Bella+Nora/45min',
      { usernames: 'bella,nora', organizationSlug: 'acme-inc', duration: '45' },
    ],
    [
      'https://app.cal.com/Acme/Multi/?duration=15',
      { username: 'acme', eventTypeSlug: 'multi', duration: '15' },
    ],
    ['https://cal.com/acme/multi?duration=15', { username: 'acme', eventTypeSlug: 'multi', duration: '15' }],
  ] as const)
    it(`addresses ${page} as its API wants it`, async () => {
      const { upstream, service } = await scene(settings, calTalk([]));
      const event = await upstream.eventAt(new URL(page));
      assert.ok(event);
      await upstream.times(event, { from: NOW + DAY, to: NOW + 2 * DAY }, { who: 'test' });
      const asked = Object.fromEntries(service.arrived[0]?.query ?? []);
      assert.deepEqual(asked, {
        ...query,
        start: new Date(NOW + DAY).toISOString(),
        end: new Date(NOW + 2 * DAY - 1).toISOString(),
        format: 'range',
      });
    });

  it('serves a self-hosted instance where its owner says so, and then nothing else', async () => {
    const { upstream } = await scene(
      ({ origin: api }) => ({ provider: 'cal', api, pages: ['https://meet.example.com'] }),
      calTalk([]),
    );
    assert.equal(upstream.serves(new URL('https://meet.example.com/acme/30min')), true);
    assert.equal(upstream.serves(new URL('https://cal.com/acme/30min')), false);
  });
});

describe('odd answers of Cal.com', () => {
  const settings: Settings = ({ origin: api }) => ({ provider: 'cal', api });
  const start = new Date(NOW + DAY).toISOString();
  for (const [about, data, expected] of [
    ['an empty list', [], []],
    ['an empty object', {}, []],
    ['a day that is null', { '2026-03-03': null }, []],
    ['a day that is no list', { '2026-03-03': 'x', '2026-03-04': [{ start }] }, [start]],
    ['a slot that is none', { '2026-03-03': [{ start: 'soon' }, { start }] }, [start]],
    ['a day without a readable slot', { '2026-03-03': [{ begin: 1 }], '2026-03-04': [{ start }] }, [start]],
  ] as const)
    it(`are read as far as they can be: ${about}`, async () => {
      const { upstream } = await scene(settings, () => json({ status: 'success', data }));
      const event = await upstream.eventAt(new URL('https://cal.com/acme/30min'));
      assert.ok(event);
      const [answer] = await upstream.times(event, { from: NOW, to: NOW + 5 * DAY }, { who: 'test' });
      assert.deepEqual(answer && 'slots' in answer && answer.slots.map((slot) => slot.start), expected);
    });

  it('in which nothing can be read are failures', async () => {
    for (const data of ['x', [1], { '2026-03-03': 'x' }, { '2026-03-03': [{ begin: 1 }] }]) {
      const { upstream } = await scene(settings, () => json({ status: 'success', data }));
      const event = await upstream.eventAt(new URL('https://cal.com/acme/30min'));
      assert.ok(event);
      await assert.rejects(upstream.times(event, { from: NOW, to: NOW + DAY }, { who: 'test' }), {
        code: 'not-understood',
      });
    }
  });

  it('may begin with a byte order mark', async () => {
    const { upstream } = await scene(settings, () => ({
      body: `\uFEFF${JSON.stringify({ data: { x: [{ start }] } })}`,
    }));
    const event = await upstream.eventAt(new URL('https://cal.com/acme/30min'));
    assert.ok(event);
    const [answer] = await upstream.times(event, { from: NOW, to: NOW + 5 * DAY }, { who: 'test' });
    assert.equal(answer && 'slots' in answer && answer.slots.length, 1);
  });
});
