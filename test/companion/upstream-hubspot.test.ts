import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hubspotTalk } from './fake-schedulers.js';
import { json } from './fake-upstream.js';
import { scene, hubspotSettings, eventAt, startsIn, at } from './upstream-scene.js';

describe('HubSpot', () => {
  const page = 'https://meetings.hubspot.com/ada/intro';

  it('asks for each month by how far it is from this one, also over the end of a year', async () => {
    const starts = ['2026-12-31T23:30:00.000Z', '2027-01-01T00:00:00.000Z'];
    const { upstream, service } = await scene(hubspotSettings, hubspotTalk(starts));
    const answers = await upstream.times(
      await eventAt(upstream, page),
      { from: at('2026-12-20T00:00:00Z'), to: at('2027-01-10T00:00:00Z') },
      { who: 'test' },
    );
    assert.deepEqual(startsIn(answers), starts);
    const asked = service.arrived.filter(({ path }) => path.includes('/availability-page/'));
    assert.deepEqual(asked.map(({ query }) => query.get('monthOffset')).sort(), ['10', '9']);
    assert.ok(asked.every(({ path }) => path.endsWith('/Ada%2FIntro')));
  });

  it('gives the shortest of several lengths, and nothing beyond what was asked', async () => {
    const starts = ['2026-03-04T09:00:00.000Z', '2026-03-06T09:00:00.000Z'];
    const { upstream } = await scene(hubspotSettings, hubspotTalk(starts));
    const span = { from: at('2026-03-04T00:00:00Z'), to: at('2026-03-05T00:00:00Z') };
    const [answer] = await upstream.times(await eventAt(upstream, page), span, { who: 'test' });
    assert.deepEqual(answer && 'slots' in answer && answer.slots, [
      { start: starts[0], end: '2026-03-04T09:30:00.000Z' },
    ]);
  });

  it('gives the times of the other months when one fails', async () => {
    const well = hubspotTalk([]);
    const { upstream, service } = await scene(hubspotSettings, well);
    const event = await eventAt(upstream, page);
    service.talk = (request, response) =>
      request.query.get('monthOffset') === '1' ? json({}, { status: 403 }) : well(request, response);
    const span = { from: at('2026-03-20T00:00:00Z'), to: at('2026-05-10T00:00:00Z') };
    assert.deepEqual(
      (await upstream.times(event, span, { who: 'test' })).map((answer) => 'slots' in answer),
      [true, false, true],
    );
  });
});
