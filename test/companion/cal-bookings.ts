import { calSlots, json, type Talk } from './fake-upstream.js';

const HOUR = 3_600_000;
const iso = (at: number): string => new Date(at).toISOString();

/** One of Cal.com’s list, with people in it that nobody should find again. */
export interface CalBooking {
  readonly uid: string;
  readonly start: number;
  readonly status?: string;
  readonly changed?: number;
  readonly more?: object;
}

/** Cal.com’s list of these bookings, a page as it is asked for; they were made and last changed at a moment. */
export const calList =
  (bookings: readonly CalBooking[], made = Date.parse('2025-05-06T08:00:00Z')): Talk =>
  (request) => {
    if (request.path !== '/v2/bookings') return calSlots(request);
    const { query } = request;
    const number = (name: string): number => Number(query.get(name));
    const [from, to] = ['afterStart', 'beforeEnd'].map((name) => Date.parse(query.get(name) ?? ''));
    const found = bookings
      .filter(({ start }) => start >= (from ?? 0) && start < (to ?? 0))
      .sort((a, b) => a.start - b.start);
    const page = found.slice(number('skip'), number('skip') + number('take'));
    return json({
      status: 'success',
      data: page.map(({ uid, start, status = 'accepted', changed = made, more }) => ({
        uid,
        status,
        start: iso(start),
        end: iso(start + HOUR),
        createdAt: iso(made),
        updatedAt: iso(changed),
        eventTypeId: 4711,
        eventType: { id: 4711, slug: '30min' },
        attendees: [{ name: 'Grace Personal', email: 'grace@personal.example' }],
        ...more,
      })),
      pagination: {
        totalItems: found.length,
        hasNextPage: number('skip') + page.length < found.length,
      },
    });
  };
