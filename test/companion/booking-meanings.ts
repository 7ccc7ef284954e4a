import { after } from 'node:test';
import { TIMES_GONE } from '../../src/server/availability/forget.js';
import { bookingScene, HOUR, iso, NINE, type BookingScene } from './booking-scene.js';
import { CALENDLY_API, calendlyEvent } from './deliveries.js';
import type { EventReader } from './event-reader.js';
import { json, type Talk } from './fake-upstream.js';
import { type Place } from './places.js';

const upstreams: { close(): Promise<void> }[] = [];
after(async () => {
  for (const each of upstreams) await each.close();
});
export const acme = { organizer: { username: 'acme' } };
export const cal = (path: string): string => `https://cal.com/${path}`;

/** Starts that open pages were notified of as taken, and how often they had to ask again. */
export const notified = (reader: EventReader): { taken: string[]; asks: number } => ({
  taken: reader
    .news()
    .flatMap(({ type, data }) =>
      type === TIMES_GONE && (data as { taken: boolean }).taken
        ? [(data as { start: string }).start.slice(8, 16)]
        : [],
    ),
  asks: reader.news().filter(({ type }) => type === 'ask-anew').length,
});

export const TYPE = `${CALENDLY_API}/event_types`;
export const ADA = `${CALENDLY_API}/users/ADA`;

/** A Calendly account with event types of two hosts, of a group and of a team in turn; all have the same slots. */
export const calendlyTalk =
  (free: () => readonly number[], status: () => string = () => 'active'): Talk =>
  ({ path }) => {
    const type = (id: string, slug: string, owner: string, kind = 'solo', pooling?: string): object => ({
      uri: `${TYPE}/${id}`,
      slug,
      name: slug,
      duration: 30,
      kind,
      ...(pooling && { pooling_type: pooling }),
      scheduling_url: `https://calendly.com/${slug}`,
      profile: { type: 'User', name: owner, owner: `${CALENDLY_API}/users/${owner}` },
    });
    if (path === '/users/me')
      return json({ resource: { uri: ADA, current_organization: `${CALENDLY_API}/organizations/O` } });
    if (path === '/event_types')
      return json({
        collection: [
          type('AAA', 'ada/short', 'ADA'),
          type('BBB', 'ada/long', 'ADA'),
          type('CCC', 'bob/short', 'BOB'),
          type('GGG', 'ada/class', 'ADA', 'group'),
          type('RRR', 'sales/intro', 'SALES', 'solo', 'round_robin'),
        ],
      });
    if (path.startsWith('/scheduled_events/'))
      return json({
        resource: {
          uri: calendlyEvent(path.split('/').at(-1) ?? ''),
          status: status(),
          start_time: iso(NINE),
          end_time: iso(NINE + HOUR),
          event_type: `${TYPE}/GGG`,
        },
      });
    return json({ collection: free().map((at) => ({ status: 'available', start_time: iso(at) })) });
  };

export const calendlyOptions = (origin: string) => ({
  upstreams: [
    { provider: 'calendly' as const, token: 't', pages: ['https://calendly.com'], api: origin, budget: 1000 },
  ],
});

export const scheduled = (
  id: string,
  type: string,
  counter: object,
  user = ADA,
): Readonly<Record<string, unknown>> => ({
  scheduled_event: {
    uri: calendlyEvent(id),
    status: 'active',
    start_time: iso(NINE),
    end_time: iso(NINE + HOUR),
    event_type: `${TYPE}/${type}`,
    event_memberships: [{ user }],
    invitees_counter: counter,
  },
});
export const group = (id: string, active = 2): Readonly<Record<string, unknown>> =>
  scheduled(id, 'GGG', { total: active, active, limit: 3 });

/** Opens scenes whose upstreams are closed when the file's tests are over. */
export const scenesOn =
  (open: () => Promise<Place>) =>
  async (talk: Talk, options?: Parameters<typeof bookingScene>[2]): Promise<BookingScene> => {
    const made = await bookingScene(await open(), talk, options);
    upstreams.push(made.upstream);
    return made;
  };
