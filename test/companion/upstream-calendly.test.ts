import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Upstream } from '../../src/server/upstreams/upstream.js';
import { json, type FakeUpstream } from './fake-upstream.js';
import {
  NOW,
  DAY,
  HOUR,
  scene,
  another,
  linkOf,
  calendlyTalk,
  isAboutTimes,
  type Settings,
} from './upstream-scene.js';

describe('Calendly', () => {
  const settings: Settings = ({ origin: api }) => ({ provider: 'calendly', api, token: 'calendly-token-1' });
  const eventOf = async (
    upstream: Upstream,
  ): Promise<NonNullable<Awaited<ReturnType<Upstream['eventAt']>>>> => {
    const event = await upstream.eventAt(new URL(linkOf('30min')));
    assert.ok(event);
    return event;
  };
  const windowsIn = (service: FakeUpstream): number[] =>
    service.arrived
      .filter(isAboutTimes)
      .map(({ query }) =>
        Math.round(
          (Date.parse(query.get('end_time') ?? '') - Date.parse(query.get('start_time') ?? '')) / DAY,
        ),
      );

  it('keeps the address of each time, and knows its end from the length of the event type', async () => {
    const start = '2026-03-04T09:00:00Z';
    const { upstream } = await scene(settings, calendlyTalk([start]));
    const [answer] = await upstream.times(
      await eventOf(upstream),
      { from: NOW + DAY, to: NOW + 5 * DAY },
      { who: 'test' },
    );
    assert.deepEqual(answer && 'slots' in answer && answer.slots, [
      { start, end: '2026-03-04T09:30:00.000Z', url: `${linkOf('30min')}/${start}` },
    ]);
  });

  it('asks for long ranges in windows of 31 days, side by side', async () => {
    const { upstream, service } = await scene(settings, calendlyTalk([]));
    const event = await eventOf(upstream);
    const waiting: (() => void)[] = [];
    service.talk = async () => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 3) for (const go of waiting) go();
      });
      return json({ collection: [] });
    };
    const answers = await upstream.times(event, { from: NOW + DAY, to: NOW + 91 * DAY }, { who: 'test' });
    assert.equal(answers.length, 3);
    assert.deepEqual(windowsIn(service), [31, 31, 28]);
  });

  it('gives the times of the other windows when one fails', async () => {
    const { upstream, service } = await scene(settings, calendlyTalk([]));
    const event = await eventOf(upstream);
    service.talk = ({ query }) =>
      Date.parse(query.get('start_time') ?? '') > NOW + 40 * DAY
        ? json({}, { status: 403 })
        : json({ collection: [] });
    const answers = await upstream.times(event, { from: NOW + DAY, to: NOW + 91 * DAY }, { who: 'test' });
    assert.deepEqual(
      answers.map((answer) => 'slots' in answer),
      [true, true, false],
    );
    service.talk = () => json({}, { status: 403 });
    await assert.rejects(upstream.times(event, { from: NOW + DAY, to: NOW + 91 * DAY }, { who: 'test' }), {
      code: 'refused',
    });
  });

  it('is content with seven days at a time where the service takes no more', async () => {
    const { upstream, service } = await scene(settings, calendlyTalk([]));
    const event = await eventOf(upstream);
    service.talk = ({ query }) => {
      const [start, end] = ['start_time', 'end_time'].map((name) => Date.parse(query.get(name) ?? ''));
      return (end ?? 0) - (start ?? 0) > 7 * DAY
        ? json({ title: 'Invalid' }, { status: 400 })
        : json({ collection: [] });
    };
    const answers = await upstream.times(event, { from: NOW + DAY, to: NOW + 21 * DAY }, { who: 'test' });
    assert.ok(answers.every((answer) => 'slots' in answer));
    assert.deepEqual(windowsIn(service), [20, 7, 7, 6]);
  });

  it('never asks for a start that has passed', async () => {
    const { upstream, service } = await scene(settings, calendlyTalk([]));
    await upstream.times(await eventOf(upstream), { from: NOW - 8 * HOUR, to: NOW + DAY }, { who: 'test' });
    const asked = service.arrived.find(isAboutTimes);
    assert.ok(Date.parse(asked?.query.get('start_time') ?? '') > NOW);
  });

  it('asks once which event types there are, for all instances, and again for a link that is new', async () => {
    const { upstream, service, place } = await scene(settings, calendlyTalk([]));
    const second = await another(settings, service, place);
    await Promise.all([eventOf(upstream), eventOf(second)]);
    const asked = service.arrived.length;
    assert.equal(asked, 3);
    assert.equal(await second.eventAt(new URL(linkOf('unknown'))), null);
    assert.equal(service.arrived.length, asked, 'a young list is believed');
  });
});

describe('a slot that cannot be read', () => {
  it('does not spoil the others of a month (Calendly)', async () => {
    const start = new Date(NOW + DAY).toISOString();
    const { upstream, service } = await scene(
      ({ origin: api }) => ({ provider: 'calendly', api, token: 'calendly-token-1' }),
      calendlyTalk([]),
    );
    const event = await upstream.eventAt(new URL(linkOf('30min')));
    assert.ok(event);
    const good = { status: 'available', start_time: start };
    service.talk = () => json({ collection: [{ status: 'available', start_time: 'soon' }, null, good] });
    const [answer] = await upstream.times(event, { from: NOW, to: NOW + 5 * DAY }, { who: 'test' });
    assert.deepEqual(answer && 'slots' in answer && answer.slots.map((slot) => slot.start), [start]);
    service.talk = () => json({ collection: [null] });
    await assert.rejects(upstream.times(event, { from: NOW, to: NOW + 5 * DAY }, { who: 'test' }), {
      code: 'not-understood',
    });
  });
});
