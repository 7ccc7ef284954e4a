import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { Times } from '../../src/server/availability/times.js';
import { openContext } from '../../src/server/open-context.js';
import { askDayByDay } from '../../src/server/upstreams/day-by-day.js';
import { ROOM, RoomInBudget } from '../../src/server/upstreams/room-in-budget.js';
import { UpstreamFailure, type Caller, type Upstream } from '../../src/server/upstreams/upstream.js';
import { calSlots, fakeUpstream, type FakeUpstream } from './fake-upstream.js';
import { onEachEngine } from './places.js';
import { until } from './until.js';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const DAY = 86_400_000;
const spent = (wait: number): UpstreamFailure => new UpstreamFailure('budget', 'the budget is used', wait);
const upstreams: FakeUpstream[] = [];
after(async () => {
  for (const each of upstreams) await each.close();
});

describe('room in a budget', () => {
  const never = new AbortController().signal;

  it('is waited for, and the wait ends with what the attempt gives', async () => {
    const room = new RoomInBudget(never);
    let refusals = 3;
    assert.equal(
      await room.ask('a', () => (refusals-- > 0 ? Promise.reject(spent(1)) : Promise.resolve('slots'))),
      'slots',
    );
    await assert.rejects(
      room.ask('a', () => Promise.reject(new UpstreamFailure('timeout', 'too long'))),
      { code: 'timeout' },
    );
  });

  it('that comes too late is not waited for', async () => {
    let attempts = 0;
    const late = new RoomInBudget(never).ask('a', () => {
      attempts++;
      return Promise.reject(spent(ROOM.patience + 1000));
    });
    await assert.rejects(late, { code: 'budget', wait: ROOM.patience + 1000 });
    assert.equal(attempts, 1);
  });

  it('is waited for by so many of one caller, and then still by others', async () => {
    const room = new RoomInBudget(never);
    let isOpen = false;
    const [ended, refused]: [string[], string[]] = [[], []];
    const ask = (who: string): Promise<unknown> =>
      room
        .ask(who, () => (isOpen ? Promise.resolve() : Promise.reject(spent(500))))
        .then(
          () => ended.push(who),
          () => refused.push(who),
        );
    const all = [
      ...Array.from({ length: ROOM.ofOneCaller + 5 }, () => ask('names that nobody knows')),
      ask('a known event type'),
    ];
    await until(() => refused.length === 5);
    isOpen = true;
    await Promise.all(all);
    assert.equal(ended.length, ROOM.ofOneCaller + 1);
    assert.ok(ended.includes('a known event type'));
    assert.ok(!refused.includes('a known event type'));
  });

  it('is waited for by the soonest days alone', async () => {
    const asked: (readonly [string, boolean])[] = [];
    await askDayByDay(
      { from: NOW, to: NOW + 40 * DAY },
      {
        timeZone: 'UTC',
        now: () => NOW,
        daysOf(month, isSoonest) {
          asked.push([month, isSoonest]);
          return Promise.resolve((day) => /-1[01]$/.test(day));
        },
        timesOn(day, isSoonest) {
          asked.push([day, isSoonest]);
          return Promise.resolve([]);
        },
      },
    );
    assert.deepEqual(asked, [
      ['2026-03', true],
      ['2026-04', false],
      ['2026-03-10', true],
      ['2026-03-11', false],
      ['2026-04-10', false],
      ['2026-04-11', false],
    ]);
  });
});

onEachEngine('a question for which the budget has no room', (open) => {
  async function scene(budget: number) {
    const upstream = await fakeUpstream((request) => calSlots(request));
    upstreams.push(upstream);
    const began = performance.now();
    const clock = { ahead: 0 };
    const companion = await (
      await open()
    ).companion({
      now: () => NOW + clock.ahead + Math.floor(performance.now() - began),
      upstreams: [{ provider: 'cal', pages: ['https://cal.com'], api: upstream.origin, budget }],
    });
    const ask = (event: string, day = 1): Promise<Response> =>
      companion.fetch(
        new Request(
          `http://companion.test/v1/availability?${new URLSearchParams({
            src: `https://cal.com/acme/${event}`,
            start: new Date(NOW + day * DAY).toISOString(),
            end: new Date(NOW + (day + 1) * DAY).toISOString(),
          })}`,
        ),
      );
    return { ask, clock };
  }

  it('is answered as soon as there is room, if that is soon', async () => {
    const { ask, clock } = await scene(4); // event types that are new share three quarters of it
    for (const event of ['a', 'b', 'c']) assert.equal((await ask(event)).status, 200);
    clock.ahead += 59_000;
    assert.equal((await ask('d')).status, 200);
  });

  it('is refused where that takes longer, and those who are refused together do not come back together', async () => {
    const events = Array.from({ length: 12 }, (_, i) => `event-${i}`);
    const { ask } = await scene(16);
    for (const event of events) assert.equal((await ask(event)).status, 200);
    for (const event of events.slice(0, 4)) assert.equal((await ask(event, 8)).status, 200);
    const seconds: number[] = [];
    for (const event of events) {
      const refused = await ask(event, 20);
      assert.equal(refused.status, 503);
      seconds.push(Number(refused.headers.get('retry-after')));
    }
    assert.ok(new Set(seconds).size > 3, seconds.join());
    assert.ok(Math.max(...seconds) <= 92);
  });
});

onEachEngine('who asks for slots', (open) => {
  it('waits for room only where there is nothing to show meanwhile', async () => {
    const { where } = await open();
    let now = NOW;
    const context = await openContext({ ...where, log: 'silent', now: () => now });
    const callers: Caller[] = [];
    const upstream: Upstream = {
      provider: 'cal',
      account: 'cal-1',
      ask: () => Promise.reject(new Error('nothing is asked')),
      serves: () => true,
      eventAt: () => Promise.resolve(null),
      eventById: () => Promise.resolve(null),
      times(_event, { from, to }, caller) {
        callers.push(caller);
        return Promise.resolve([{ from, to, slots: [], at: now }]);
      },
    };
    const times = new Times(context);
    const event = { key: 'cal-1 a', id: '', slug: 'a', query: {} };
    const span = { from: NOW + DAY, to: NOW + 2 * DAY };
    await times.find(upstream, event, span);
    now += 3_600_000;
    await times.find(upstream, event, span);
    await times.find(upstream, { ...event, key: 'cal-1 b' }, span, { background: true });
    assert.deepEqual(
      callers.map(({ patient }) => patient),
      [true, false, false],
    );
    await context.close();
  });
});
