import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { pino } from 'pino';
import { migrate } from '../../src/server/store/migrate.js';
import { leaseMigrations } from '../../src/server/store/leases.js';
import { budgetMigrations } from '../../src/server/upstreams/budget-schema.js';
import { openUpstreams, upstreamMigrations } from '../../src/server/upstreams/open-upstreams.js';
import { upstreamOptions } from '../../src/server/upstreams/upstream-options.js';
import type { Upstream } from '../../src/server/upstreams/upstream.js';
import type { Upstreams } from '../../src/server/upstreams/upstreams.js';
import { upstreamContract, type UpstreamCase, type UpstreamScene } from '../contracts/upstream-contract.js';
import { ACUITY_AUTHORIZATION, acuityTalk, acuityTime, easyTalk, hubspotTalk } from './fake-schedulers.js';
import { fakeUpstream, json, type Arrived, type FakeUpstream, type Talk } from './fake-upstream.js';
import { openPlace, type Place } from './places.js';
import { openConnections } from '../../src/server/on-node/connections.js';

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
  const upstreams = await openUpstreams(
    { store, now: () => NOW, log: pino({ level: 'silent' }), closing: new AbortController().signal },
    upstreamOptions.parse([settings(service)]),
    openConnections(),
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

const acuitySettings: Settings = ({ origin: api }) => ({
  provider: 'acuity',
  api: `${api}/api/v1/`,
  userId: 4711,
  apiKey: 'acuity-key-1',
  pages: ['https://acme.as.me', 'https://app.acuityscheduling.com/schedule.php?owner=1'],
});

const hubspotSettings: Settings = ({ origin: api }) => ({
  provider: 'hubspot',
  api,
  token: 'hubspot-token-1',
  pages: ['https://meetings.hubspot.com', 'https://meet.example.com/meetings'],
});

const easySettings: Settings = ({ origin: api }) => ({
  provider: 'easyappointments',
  api,
  pages: ['https://book.example.com'],
  timeZone: 'Europe/Berlin',
  services: [
    { id: 2, minutes: 30, staff: [5] },
    { id: 3, minutes: 60 },
  ],
});

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
  {
    name: 'Acuity',
    page: 'https://acme.as.me/schedule.php?appointmentType=101',
    spellings: [
      'https://acme.as.me/schedule.php?appointmentType[]=101&ref=embedded_csp',
      'https://acme.as.me/schedule/0a1b/appointment/101',
      // The only one that everybody may see.
      'https://acme.as.me/',
    ],
    strangers: [
      'https://other.as.me/schedule.php?appointmentType=101',
      'https://app.acuityscheduling.com/schedule.php?owner=2&appointmentType=101',
      'https://app.acuityscheduling.com/schedule.php?appointmentType=101',
      'https://acme.as.me.evil.example/',
    ],
    withoutEvent: [
      'https://acme.as.me/?appointmentType=999',
      'https://acme.as.me/?appointmentType=103',
      'https://acme.as.me/?appointmentType=104',
      'https://acme.as.me/?appointmentType=category:Cuts',
      'https://acme.as.me/?appointmentType=101&calendarID=9',
    ],
    id: '101',
    noId: '999',
    secret: 'acuity-key-1',
    authorization: ACUITY_AUTHORIZATION,
    written: (start) => acuityTime(start, 'America/New_York').replace(/00$/, ':00'),
    talk: (starts) => acuityTalk(starts),
    isAboutTimes: ({ path }) => path.startsWith('/api/v1/availability/'),
    settings: acuitySettings,
  },
  {
    name: 'HubSpot',
    page: 'https://meetings.hubspot.com/ada/intro',
    spellings: [
      'https://meetings.hubspot.com/Ada/Intro/?embed=true',
      'https://meet.example.com/meetings/ada/intro#top',
    ],
    strangers: ['https://meetings.hubspot.com.evil.example/ada/intro', 'https://meet.example.com/ada/intro'],
    withoutEvent: ['https://meetings.hubspot.com/nobody', 'https://meetings.hubspot.com/'],
    id: '903',
    noId: '904',
    secret: 'hubspot-token-1',
    talk: (starts) => hubspotTalk(starts),
    isAboutTimes: ({ path }) => path.includes('/availability-page/'),
    settings: hubspotSettings,
  },
  {
    name: 'Easy!Appointments',
    page: 'https://book.example.com/?service=2',
    spellings: ['https://book.example.com/', 'https://book.example.com/index.php?service=2&utm_source=x'],
    strangers: ['https://book.example.org/', 'http://book.example.com/', 'https://other.example.com/'],
    withoutEvent: ['https://book.example.com/?service=4', 'https://book.example.com/?service=2&provider=9'],
    id: '3',
    noId: '4',
    talk: (starts) => easyTalk(starts),
    isAboutTimes: () => true,
    settings: easySettings,
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

const eventAt = async (
  upstream: Upstream,
  page: string,
): Promise<NonNullable<Awaited<ReturnType<Upstream['eventAt']>>>> => {
  const event = await upstream.eventAt(new URL(page));
  assert.ok(event, page);
  return event;
};

const startsIn = (answers: Awaited<ReturnType<Upstream['times']>>): string[] =>
  answers.flatMap((answer) =>
    'slots' in answer ? answer.slots.map(({ start }) => new Date(start).toISOString()) : [],
  );

const at = (text: string): number => Date.parse(text);

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
    const place = await openPlace('embedded');
    places.push(place);
    const service = await fakeUpstream(acuityTalk(starts));
    services.push(service);
    const store = await place.store();
    await migrate(store, { ...budgetMigrations, ...leaseMigrations, ...upstreamMigrations });
    const open = async () => {
      const upstreams = await openUpstreams(
        { store, now: () => NOW, log: pino({ level: 'silent' }), closing: new AbortController().signal },
        upstreamOptions.parse([acuitySettings(service)]),
        openConnections(),
      );
      opened.push(upstreams);
      return upstreams.all[0];
    };
    const instances = [await open(), await open()];
    await Promise.all(
      instances.map(async (upstream, i) => {
        assert.ok(upstream);
        const event = await eventAt(upstream, page);
        const from = NOW + DAY + i * 7 * DAY;
        await upstream.times(event, { from, to: from + 7 * DAY }, { who: 'test' });
      }),
    );
    const times = service.arrived.map((one) => one.at).sort((a, b) => a - b);
    assert.ok(times.length > 16, String(times.length));
    for (const [i, time] of times.entries())
      assert.ok((times[i + 8] ?? Infinity) - time >= 1000, `${i}: ${(times[i + 8] ?? 0) - time} ms for nine`);
  });
});

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

describe('accounts that are configured wrongly', () => {
  for (const [about, settings, words] of [
    ['no pages for Acuity', { provider: 'acuity', userId: '1', apiKey: 'k' }, /pages/],
    [
      'a name for a number',
      { provider: 'acuity', userId: 'ada', apiKey: 'k', pages: ['https://a.as.me'] },
      /userId[^]*number/,
    ],
    ['no token for HubSpot', { provider: 'hubspot' }, /token/],
    [
      'a zone that nobody knows',
      {
        provider: 'easyappointments',
        api: 'https://b.example',
        timeZone: 'Berlin',
        services: [{ id: 1, minutes: 5 }],
      },
      /timeZone[^]*IANA/,
    ],
    [
      'no services',
      { provider: 'easyappointments', api: 'https://b.example', timeZone: 'UTC', services: [] },
      /service/,
    ],
    ['a word that is none', { provider: 'hubspot', token: 't', key: 'x' }, /key/],
  ] as const)
    it(`are named: ${about}`, () => {
      const { error } = upstreamOptions.safeParse([settings]);
      assert.ok(error);
      assert.match(JSON.stringify(error.issues), words);
    });
});

describe('ranges', () => {
  const near = NOW + 30_000;
  for (const [name, settings, page, talk] of [
    [
      'Cal.com',
      (service: FakeUpstream) => ({ provider: 'cal', api: service.origin }),
      'https://cal.com/acme/30min',
      calTalk([]),
    ],
    [
      'Calendly',
      (service: FakeUpstream) => ({ provider: 'calendly', api: service.origin, token: 'calendly-token-1' }),
      linkOf('30min'),
      calendlyTalk([]),
    ],
    ['HubSpot', hubspotSettings, 'https://meetings.hubspot.com/ada/intro', hubspotTalk([])],
  ] as const)
    it(`are never inverted where they end at this moment, or in half a minute (${name})`, async () => {
      const { upstream, service } = await scene(settings, talk);
      const event = await upstream.eventAt(new URL(page));
      assert.ok(event);
      for (const to of [NOW - 1, NOW, near]) {
        const answers = await upstream.times(event, { from: NOW - DAY, to }, { who: 'test' });
        for (const answer of answers) assert.deepEqual('slots' in answer && answer.slots, []);
      }
      for (const { query } of service.arrived) {
        const [start, end] = ['start', 'end'].map(
          (word) => query.get(`${word}_time`) ?? query.get(word) ?? undefined,
        );
        if (start !== undefined && end !== undefined)
          assert.ok(Math.max(Date.parse(start), NOW) < Date.parse(end), `${start} to ${end}`);
        assert.ok(Number(query.get('monthOffset') ?? 0) >= 0);
      }
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

describe('the budget of an account', () => {
  it('is that of Calendly’s free plan where its owner does not say another', () => {
    const budgets = (options: object): (number | undefined)[] =>
      upstreamOptions.parse([options]).map(({ budget }) => budget);
    assert.deepEqual(budgets({ provider: 'calendly', token: 't' }), [50]);
    assert.deepEqual(budgets({ provider: 'calendly', token: 't', budget: 500 }), [500]);
    assert.deepEqual(budgets({ provider: 'cal' }), [120]);
  });
});
