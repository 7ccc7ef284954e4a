import assert from 'node:assert/strict';
import { after } from 'node:test';
import { pino } from 'pino';
import { migrate } from '../../src/server/store/migrate.js';
import { openConnections } from '../../src/server/on-node/connections.js';
import { leaseMigrations } from '../../src/server/store/leases.js';
import { budgetMigrations } from '../../src/server/upstreams/budget-schema.js';
import { openUpstreams, upstreamMigrations } from '../../src/server/upstreams/open-upstreams.js';
import { upstreamOptions } from '../../src/server/upstreams/upstream-options.js';
import type { Store } from '../../src/server/store/store.js';
import type { Upstream } from '../../src/server/upstreams/upstream.js';
import type { Upstreams } from '../../src/server/upstreams/upstreams.js';
import { type UpstreamCase, type UpstreamScene } from '../contracts/upstream-contract.js';
import { fakeUpstream, json, type Arrived, type FakeUpstream, type Talk } from './fake-upstream.js';
import { openPlace, type Place } from './places.js';

export const NOW = Date.parse('2026-03-02T08:00:00Z');
export const DAY = 86_400_000;
export const HOUR = 3_600_000;
export const ORGANIZATION = 'https://api.calendly.com/organizations/ORG';
export const URI = 'https://api.calendly.com/event_types/AAA';

const services: FakeUpstream[] = [];
const opened: Upstreams[] = [];
const places: Place[] = [];
after(async () => {
  for (const each of opened) await each.close();
  for (const each of services) await each.close();
  for (const each of places) await each.close();
});

export type Settings = (service: FakeUpstream) => object;

/** An account, and the service that it talks to. */
export async function scene(settings: Settings, talk: Talk): Promise<UpstreamScene & { place: Place }> {
  const service = await fakeUpstream(talk);
  services.push(service);
  const place = await openPlace('embedded');
  places.push(place);
  return { upstream: await another(settings, service, place), service, now: NOW, place };
}

/** One more instance that talks to the same service. */
export const another = async (settings: Settings, service: FakeUpstream, place: Place): Promise<Upstream> =>
  instanceOn(await place.store({ now: () => NOW }), settings, service);

export async function instanceOn(store: Store, settings: Settings, service: FakeUpstream): Promise<Upstream> {
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

export const calTalk =
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

export const linkOf = (slug: string): string => `https://calendly.com/acme/${slug}`;

/** Calendly with an account whose event types take two pages to list. */
export const calendlyTalk =
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

export const isAboutTimes = ({ path }: Arrived): boolean => path === '/event_type_available_times';

export const calCase: Omit<UpstreamCase, 'name'> = {
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

export const acuitySettings: Settings = ({ origin: api }) => ({
  provider: 'acuity',
  api: `${api}/api/v1/`,
  userId: 4711,
  apiKey: 'acuity-key-1',
  pages: ['https://acme.as.me', 'https://app.acuityscheduling.com/schedule.php?owner=1'],
});

export const hubspotSettings: Settings = ({ origin: api }) => ({
  provider: 'hubspot',
  api,
  token: 'hubspot-token-1',
  pages: ['https://meetings.hubspot.com', 'https://meet.example.com/meetings'],
});

export const easySettings: Settings = ({ origin: api }) => ({
  provider: 'easyappointments',
  api,
  pages: ['https://book.example.com'],
  timeZone: 'Europe/Berlin',
  services: [
    { id: 2, minutes: 30, staff: [5] },
    { id: 3, minutes: 60 },
  ],
});

export const eventAt = async (
  upstream: Upstream,
  page: string,
): Promise<NonNullable<Awaited<ReturnType<Upstream['eventAt']>>>> => {
  const event = await upstream.eventAt(new URL(page));
  assert.ok(event, page);
  return event;
};

export const startsIn = (answers: Awaited<ReturnType<Upstream['times']>>): string[] =>
  answers.flatMap((answer) =>
    'slots' in answer ? answer.slots.map(({ start }) => new Date(start).toISOString()) : [],
  );

export const at = (text: string): number => Date.parse(text);
