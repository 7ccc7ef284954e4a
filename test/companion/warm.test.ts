import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { record } from '../../src/server/bookings/bookings.js';
import { Times } from '../../src/server/availability/times.js';
import { openContext } from '../../src/server/open-context.js';
import { LeaseTaken } from '../../src/server/store/leases.js';
import { warm, type WarmProgress } from '../../src/server/warm/warm.js';
import { runCli } from './cli-run.js';
import { calSlots, fakeUpstream, json, type FakeUpstream } from './fake-upstream.js';
import { onEachEngine } from './places.js';
import { until } from './until.js';

const DAY = 86_400_000;
const upstreams: FakeUpstream[] = [];
after(async () => {
  for (const each of upstreams) await each.close();
});

onEachEngine('warming', (open) => {
  /** Three event types that pages have asked for; of two there are bookings, of one more often. */
  async function scene() {
    const upstream = await fakeUpstream((request) => calSlots(request));
    upstreams.push(upstream);
    const place = await open();
    const clock = { now: Date.now() };
    const options = {
      ...place.where,
      log: 'silent' as const,
      upstreams: [{ provider: 'cal' as const, pages: ['https://cal.com'], api: upstream.origin, budget: 40 }],
    };
    const companion = await place.companion({ ...options, now: () => clock.now });
    for (const event of ['rare', 'often', 'never', 'old'])
      await companion.fetch(
        new Request(`http://companion.test/v1/availability?src=https://cal.com/acme/${event}`),
      );
    const store = await place.store({ now: () => clock.now });
    const booking = (id: string, slug: string, bookedAt: number) => ({
      provider: 'cal' as const,
      id,
      slug,
      bookedAt,
      source: 'webhook' as const,
      at: bookedAt,
      state: 'accepted' as const,
      start: bookedAt + DAY,
      end: bookedAt + DAY + 1,
    });
    await record(store, [
      booking('1', 'rare', clock.now - DAY),
      booking('2', 'often', clock.now - DAY),
      booking('3', 'often', clock.now - 29 * DAY),
      booking('4', 'old', clock.now - 31 * DAY),
      booking('5', 'unheard-of', clock.now - DAY),
      // Those that were not kept make nothing popular.
      ...['6', '7', '8'].map((id) => ({
        ...booking(id, 'never', clock.now - DAY),
        state: 'cancelled' as const,
      })),
    ]);
    clock.now += 3_600_000;
    upstream.arrived.length = 0;
    return { place, upstream, clock, options, companion };
  }

  const slugs = ({ arrived }: FakeUpstream): (string | null)[] =>
    arrived.map(({ query }) => query.get('eventTypeSlug'));

  it('fetches what was booked lately, the most booked first, and nothing twice', async () => {
    const { upstream, clock, options, companion } = await scene();
    const context = await openContext({ ...options, now: () => clock.now });
    const progressed: WarmProgress[] = [];
    const { signal } = new AbortController();
    const round = (): Promise<WarmProgress> =>
      warm(context, new Times(context), {
        signal,
        gap: 1,
        onProgress: (progress) => progressed.push(progress),
      });
    assert.deepEqual(await round(), { done: 2, total: 2, failed: 0 });
    assert.deepEqual(slugs(upstream), ['often', 'rare']);
    assert.deepEqual(
      progressed.map(({ done }) => done),
      [0, 1, 2],
    );
    await companion.fetch(
      new Request('http://companion.test/v1/availability?src=https://cal.com/acme/often'),
    );
    await round();
    assert.equal(upstream.arrived.length, 2, 'what is fresh is not asked for, by nobody');
    await context.close();
  });

  it('takes how many days and bookings count, and is done by one process at a time', async () => {
    const { upstream, clock, options } = await scene();
    const context = await openContext({ ...options, now: () => clock.now });
    const { signal } = new AbortController();
    const times = new Times(context);
    assert.equal((await warm(context, times, { signal, gap: 1, minBookings: 2 })).total, 1);
    assert.deepEqual(slugs(upstream), ['often']);
    assert.equal((await warm(context, times, { signal, gap: 1, days: 32 })).total, 3);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    clock.now += 3_600_000;
    upstream.talk = async (request) => {
      await held;
      return calSlots(request);
    };
    const first = warm(context, times, { signal, gap: 1 });
    await until(() => upstream.arrived.length > 3);
    await assert.rejects(warm(context, new Times(context), { signal, gap: 1 }), LeaseTaken);
    release();
    await first;
    await context.close();
  });

  it('reports what could not be fetched, and goes on', async () => {
    const { upstream, clock, options } = await scene();
    upstream.talk = (request) =>
      request.query.get('eventTypeSlug') === 'often' ? json({}, { status: 400 }) : calSlots(request);
    const context = await openContext({ ...options, now: () => clock.now });
    const { signal } = new AbortController();
    assert.deepEqual(await warm(context, new Times(context), { signal, gap: 1 }), {
      done: 2,
      total: 2,
      failed: 1,
    });
    await context.close();
  });

  it('waits while visitors need the account, and can be aborted', async () => {
    const { upstream, clock, options, companion } = await scene();
    for (let i = 0; i < 12; i++)
      await companion.fetch(
        new Request(`http://companion.test/v1/availability?src=https://cal.com/acme/visitor-${i}`),
      );
    upstream.arrived.length = 0;
    const context = await openContext({ ...options, now: () => clock.now });
    const stop = new AbortController();
    const first = warm(context, new Times(context), { signal: stop.signal, gap: 1 });
    const early = assert.rejects(first, { name: 'AbortError' });
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    await early;
    assert.deepEqual(slugs(upstream), []);
    const second = warm(context, new Times(context), { signal: new AbortController().signal, gap: 1 });
    clock.now += 120_000;
    assert.equal((await second).done, 2);
    await context.close();
  });

  it('is a command, and an option of a companion that answers', async () => {
    const { place, upstream, clock, options } = await scene();
    const where =
      'data' in options && options.data ? ['--data', options.data] : ['--database', options.database ?? ''];
    const { code, said } = await runCli(['warm', '--once', '--log', 'silent', ...where]).ended;
    assert.equal(code, 0, said);
    assert.match(said, /\d+ event types with bookings in the last 30 days/);
    assert.deepEqual(slugs(upstream), [], 'it asks the accounts it is given, and no other');
    const background = await place.companion({ ...options, now: () => clock.now, warm: { every: 1 } });
    await until(() => upstream.arrived.length > 0);
    assert.deepEqual(slugs(upstream), ['often']);
    await background.close();
  });
});
