import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { pino } from 'pino';
import { migrate } from '../../src/server/store/migrate.js';
import { leaseMigrations } from '../../src/server/store/leases.js';
import { budgetMigrations } from '../../src/server/upstreams/budget-tables.js';
import {
  openUpstreams,
  upstreamMigrations,
  type Upstreams,
} from '../../src/server/upstreams/open-upstreams.js';
import { upstreamOptions } from '../../src/server/upstreams/upstream-options.js';
import type { Upstream } from '../../src/server/upstreams/upstream.js';
import { upstreamContract, type UpstreamCase, type UpstreamScene } from '../contracts/upstream-contract.js';
import { fakeUpstream, json, type Arrived, type FakeUpstream, type Talk } from './fake-upstream.js';
import { openPlace, type Place } from './places.js';

const NOW = Date.parse('2026-03-02T08:00:00Z');
const DAY = 86_400_000;
const HOUR = 3_600_000;
const ORGANIZATION = 'https://api.calendly.com/organizations/ORG';
const URI = 'https://api.calendly.com/event_types/AAA';

const services: FakeUpstream[] = [];
const opened: Upstreams[] = [];
const places: Place[] = [];
after(async () => {
  for (const each of opened) await each.close();
  for (const each of services) await each.close();
  for (const each of places) await each.close();
});

type Settings = (service: FakeUpstream) => object;

async function scene(
  settings: Settings,
  talk: Talk,
  place?: Place,
): Promise<UpstreamScene & { place: Place }> {
  const service = await fakeUpstream(talk);
  services.push(service);
  const own = place ?? (await openPlace('embedded'));
  if (!place) places.push(own);
  const upstream = await another(settings, service, own);
  return { upstream, service, now: NOW, place: own };
}

/** One more instance that talks to the same service. */
async function another(settings: Settings, service: FakeUpstream, place: Place): Promise<Upstream> {
  const store = await place.store({ now: () => NOW });
  await migrate(store, { ...budgetMigrations, ...leaseMigrations, ...upstreamMigrations });
  const upstreams = openUpstreams(
    { store, now: () => NOW, log: pino({ level: 'silent' }), closing: new AbortController().signal },
    upstreamOptions.parse([settings(service)]),
  );
  opened.push(upstreams);
  const [upstream] = upstreams.all;
  assert.ok(upstream);
  return upstream;
}

const calTalk =
  (starts: readonly string[]): Talk =>
  () => {
    const data: Record<string, { start: string; end: string }[]> = {};
    for (const start of starts)
      (data[start.slice(0, 10)] ??= []).push({
        start,
        end: new Date(Date.parse(start) + HOUR / 2).toISOString(),
      });
    return json({ status: 'success', data });
  };

const linkOf = (slug: string): string => `https://calendly.com/acme/${slug}`;

/** Calendly with an account whose event types take two pages to list. */
const calendlyTalk =
  (starts: readonly string[]): Talk =>
  ({ path, query }) => {
    if (path === '/users/me')
      return json({
        resource: { uri: 'https://api.calendly.com/users/ME', current_organization: ORGANIZATION },
      });
    if (path === '/event_types') {
      const type = (slug: string, uri: string): object => ({
        uri,
        slug,
        duration: 30,
        scheduling_url: linkOf(slug),
        active: true,
      });
      return query.get('page_token')
        ? json({ collection: [type('30min', URI)], pagination: { next_page_token: null } })
        : json({
            collection: [type('15min', 'https://api.calendly.com/event_types/BBB')],
            pagination: { next_page_token: 'two' },
          });
    }
    return json({
      collection: starts.map((start) => ({
        status: 'available',
        invitees_remaining: 1,
        start_time: start,
        scheduling_url: `${linkOf('30min')}/${start}`,
      })),
    });
  };

const isAboutTimes = ({ path }: Arrived): boolean => path === '/event_type_available_times';

const calCase: Omit<UpstreamCase, 'name'> = {
  page: 'https://cal.com/acme/30min',
  spellings: [
    'https://app.cal.com/acme/30min/',
    'https://www.cal.com/acme/30min?utm_source=x#top',
    'https://cal.com/acme/30min/embed',
  ],
  strangers: [
    'https://cal.com.evil.example/acme/30min',
    'https://evil.example/cal.com/acme/30min',
    'http://127.0.0.1/acme/30min',
    'https://notcal.com/acme/30min',
  ],
  withoutEvent: [
    'https://cal.com/acme',
    'https://cal.com/',
    'https://cal.com/forms/123',
    'https://cal.com/a/b/c',
  ],
  id: '4711',
  noId: 'x',
  talk: calTalk,
  isAboutTimes: () => true,
};

const cases: readonly (UpstreamCase & { readonly settings: Settings })[] = [
  { ...calCase, name: 'Cal.com without a key', settings: ({ origin: api }) => ({ provider: 'cal', api }) },
  {
    ...calCase,
    name: 'Cal.com with a key',
    secret: 'cal_live_1',
    settings: ({ origin: api }) => ({ provider: 'cal', api: `${api}/v2/`, key: 'cal_live_1' }),
  },
  {
    name: 'Calendly',
    page: linkOf('30min'),
    spellings: [`${linkOf('30min')}/?month=2026-03`, 'https://www.calendly.com/ACME/30min'],
    strangers: ['https://calendly.com.evil.example/acme/30min', 'http://calendly.com:8080/acme/30min'],
    withoutEvent: ['https://calendly.com/acme', 'https://calendly.com/acme/60min'],
    id: URI,
    noId: 'https://api.calendly.com/event_types/ZZZ',
    secret: 'calendly-token-1',
    talk: calendlyTalk,
    isAboutTimes,
    settings: ({ origin: api }) => ({ provider: 'calendly', api, token: 'calendly-token-1' }),
  },
];

for (const { settings, ...one } of cases)
  describe(`the upstream ${one.name}`, () => {
    upstreamContract(one, (talk) => scene(settings, talk));
  });

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
