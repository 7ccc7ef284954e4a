import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { acuityTalk } from './fake-schedulers.js';
import { json } from './fake-upstream.js';
import { NOW, DAY, scene, acuitySettings, instanceOn, eventAt, startsIn, at } from './upstream-scene.js';

describe('Acuity', () => {
  const page = 'https://acme.as.me/?appointmentType=101';

  it('asks in the zone of the calendar, and only for days that have times', async () => {
    // The last hours of a day in New York are the next day in UTC, and on 8 March its clocks are put forward.
    const starts = ['2026-03-08T04:30:00.000Z', '2026-03-08T13:00:00.000Z', '2026-03-09T03:30:00.000Z'];
    const { upstream, service } = await scene(acuitySettings, acuityTalk(starts));
    const event = await eventAt(upstream, page);
    const answers = await upstream.times(
      event,
      { from: at('2026-03-08T00:00:00Z'), to: at('2026-03-11T00:00:00Z') },
      { who: 'test' },
    );
    assert.deepEqual(startsIn(answers), starts);
    assert.deepEqual(answers[0] && 'slots' in answers[0] && answers[0].slots[1], {
      start: '2026-03-08T09:00:00-04:00',
      end: '2026-03-08T13:30:00.000Z',
    });
    const asked = service.arrived.filter(({ path }) => path.startsWith('/api/v1/availability/'));
    assert.deepEqual(
      asked.map(({ query }) => query.get('month') ?? query.get('date')),
      ['2026-03', '2026-03-07', '2026-03-08'],
    );
    assert.ok(asked.every(({ query }) => query.get('timezone') === 'America/New_York'));
  });

  it('keeps to a UTC day what a time of a neighbouring local day would add', async () => {
    const starts = ['2026-03-08T04:30:00.000Z', '2026-03-08T13:00:00.000Z', '2026-03-09T03:30:00.000Z'];
    const { upstream } = await scene(acuitySettings, acuityTalk(starts));
    const span = { from: at('2026-03-08T00:00:00Z'), to: at('2026-03-09T00:00:00Z') };
    const [answer, ...more] = await upstream.times(await eventAt(upstream, page), span, { who: 'test' });
    assert.deepEqual(startsIn(answer ? [answer] : []), starts.slice(0, 2));
    assert.deepEqual(more, []);
  });

  it('gives the days around one that fails, and says so of that one', async () => {
    const starts = [3, 4, 5, 6, 7].map((day) => `2026-03-0${day}T15:00:00.000Z`);
    const well = acuityTalk(starts);
    const { upstream, service } = await scene(acuitySettings, well);
    const event = await eventAt(upstream, page);
    service.talk = (request, response) =>
      request.query.get('date') === '2026-03-05' ? json({}, { status: 400 }) : well(request, response);
    const span = { from: at('2026-03-03T00:00:00Z'), to: at('2026-03-08T00:00:00Z') };
    const answers = await upstream.times(event, span, { who: 'test' });
    // The failed day of New York lies in two days of UTC.
    assert.deepEqual(
      answers.map((answer) => ['slots' in answer, (answer.to - answer.from) / DAY]),
      [
        [true, 2],
        [false, 2],
        [true, 1],
      ],
    );
    assert.equal(answers[0]?.from, span.from);
    assert.equal(answers.at(-1)?.to, span.to);
  });

  it('asks for the calendar that the address names, also for a type that only a link leads to', async () => {
    const { upstream, service } = await scene(acuitySettings, acuityTalk([]));
    const [one, other] = [
      await eventAt(upstream, 'https://acme.as.me/schedule/0a1b/appointment/102/calendar/72'),
      await eventAt(upstream, 'https://acme.as.me/?appointmentType=101&calendarID=72'),
    ];
    assert.notEqual(one.key, other.key);
    assert.notEqual(other.key, (await eventAt(upstream, page)).key);
    await upstream.times(one, { from: NOW + DAY, to: NOW + 2 * DAY }, { who: 'test' });
    const asked = service.arrived.at(-1)?.query;
    assert.ok(asked);
    assert.equal(asked.get('appointmentTypeID'), '102');
    assert.equal(asked.get('calendarID'), '72');
    assert.equal(asked.get('timezone'), 'UTC', 'a zone that nobody knows');
  });

  it('never sends more than eight calls in a second, from all instances', async () => {
    const starts = Array.from({ length: 14 }, (_, i) => new Date(NOW + (i + 1) * DAY).toISOString());
    const { service, place } = await scene(acuitySettings, acuityTalk(starts));
    const store = await place.store();
    const instances = [
      await instanceOn(store, acuitySettings, service),
      await instanceOn(store, acuitySettings, service),
    ];
    await Promise.all(
      instances.map(async (instance, i) => {
        const event = await eventAt(instance, page);
        const from = NOW + DAY + i * 7 * DAY;
        await instance.times(event, { from, to: from + 7 * DAY }, { who: 'test' });
      }),
    );
    const times = service.arrived.map((one) => one.at).sort((a, b) => a - b);
    assert.ok(times.length > 16, String(times.length));
    for (const [i, time] of times.entries())
      assert.ok((times[i + 8] ?? Infinity) - time >= 1000, `${i}: ${(times[i + 8] ?? 0) - time} ms for nine`);
  });
});
