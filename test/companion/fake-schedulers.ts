import { dayOf, wallClock } from '../../src/scheduling/local-days.js';
import { json, type Arrived, type Reply, type Talk } from './fake-upstream.js';

/*
 * Schedulers as their documents and their users describe them, strict where they are: whatever they would not understand
 * is an error here too.
 */

const HALF_AN_HOUR = 1_800_000;

const isOnly = ({ query }: Arrived, required: readonly string[], allowed: readonly string[] = []): boolean =>
  required.every((name) => query.get(name)) &&
  [...query.keys()].every((name) => [...required, ...allowed].includes(name));

// ── Acuity ──────────────────────────────────────────────────────────────────────────────────────────────────────

export const ACUITY_AUTHORIZATION = `Basic ${Buffer.from('4711:acuity-key-1').toString('base64')}`;

const acuityError = (status: number, error: string): Reply =>
  json({ status_code: status, message: error, error }, { status });

/** `2026-03-08T09:00:00-0400`: the clock of the zone, and how far it is from UTC, without a colon. */
export function acuityTime(start: string, timeZone: string): string {
  const at = Date.parse(start);
  const shown = wallClock(at, timeZone);
  const minutes = Math.round((shown - at) / 60_000);
  const offset = `${String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0')}${String(Math.abs(minutes) % 60).padStart(2, '0')}`;
  return `${new Date(shown).toISOString().slice(0, 19)}${minutes < 0 ? '-' : '+'}${offset}`;
}

/** An account with one public type of half an hour, a private one, one that is over, and a class. */
export const acuityTalk =
  (starts: readonly string[], timeZone = 'America/New_York'): Talk =>
  (request) => {
    const { path, query, headers } = request;
    if (headers['authorization'] !== ACUITY_AUTHORIZATION) return acuityError(401, 'unauthorized');
    const type = (id: number, more: object): object => ({
      id,
      name: `Type ${id}`,
      active: true,
      duration: 30,
      price: '0.00',
      type: 'service',
      private: false,
      calendarIDs: [71, 72],
      ...more,
    });
    switch (path) {
      case '/api/v1/appointment-types':
        return json([
          type(101, {}),
          type(102, { private: true, duration: 60, calendarIDs: [72] }),
          type(103, { active: false }),
          type(104, { type: 'class' }),
        ]);
      case '/api/v1/calendars':
        return json([
          { id: 71, name: 'Ada', timezone: timeZone },
          { id: 72, name: 'Bob', timezone: 'Not/AZone' },
        ]);
      case '/api/v1/availability/dates':
      case '/api/v1/availability/times': {
        const isDates = path.endsWith('dates');
        if (!isOnly(request, ['appointmentTypeID', 'timezone', isDates ? 'month' : 'date'], ['calendarID']))
          return acuityError(400, 'bad_request');
        const zone = query.get('timezone') ?? '';
        if (isDates) {
          const days = new Set(starts.map((start) => dayOf(Date.parse(start), zone)));
          return json(
            [...days].filter((day) => day.startsWith(`${query.get('month')}-`)).map((date) => ({ date })),
          );
        }
        return json(
          starts
            .filter((start) => dayOf(Date.parse(start), zone) === query.get('date'))
            .map((start) => ({ time: acuityTime(start, zone), slotsAvailable: 1 })),
        );
      }
    }
    return acuityError(404, 'not_found');
  };

// ── HubSpot ─────────────────────────────────────────────────────────────────────────────────────────────────────

const LINKS = '/scheduler/v3/meetings/meeting-links';

/** A portal with three scheduling pages, two to a page of the list; times in two lengths. */
export const hubspotTalk =
  (starts: readonly string[], now = '2026-03-02T08:00:00Z'): Talk =>
  (request) => {
    const { path, query, headers } = request;
    if (headers['authorization'] !== 'Bearer hubspot-token-1')
      return json({ status: 'error', category: 'INVALID_AUTHENTICATION' }, { status: 401 });
    const link = (id: string, slug: string): object => ({
      id,
      slug,
      link: `https://meetings.hubspot.com/${slug}`,
      name: slug,
      type: 'PERSONAL_LINK',
    });
    if (path === LINKS)
      return query.get('after')
        ? json({ total: 3, results: [link('903', 'Ada/Intro')] })
        : json({
            total: 3,
            results: [link('901', 'bob'), link('902', 'ada')],
            paging: { next: { after: '902', link: '…' } },
          });
    if (!path.startsWith(`${LINKS}/book/availability-page/`)) return json({}, { status: 404 });
    // One part of the path: a slug with an unescaped stroke is another address.
    const slug = decodeURIComponent(
      path.slice(`${LINKS}/book/availability-page/`.length).split('/').join('?'),
    );
    if (!['bob', 'ada', 'Ada/Intro'].includes(slug))
      return json({ status: 'error', message: 'slug does not exist' }, { status: 404 });
    if (!isOnly(request, ['timezone', 'monthOffset'])) return json({ status: 'error' }, { status: 400 });
    const month = new Date(now);
    const first = Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + Number(query.get('monthOffset')));
    const next = Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + Number(query.get('monthOffset')) + 1);
    const times = (length: number): object => ({
      meetingDurationMillis: length,
      availabilities: starts
        .map((start) => Date.parse(start))
        .filter((start) => start >= first && start < next)
        .map((start) => ({ startMillisUtc: start, endMillisUtc: start + length })),
    });
    return json({
      allUsersBusyTimes: [],
      linkAvailability: {
        hasMore: true,
        linkAvailabilityByDuration: { '3600000': times(2 * HALF_AN_HOUR), '1800000': times(HALF_AN_HOUR) },
      },
    });
  };

// ── Easy!Appointments ───────────────────────────────────────────────────────────────────────────────────────────

/** An instance whose calendars are in `timeZone`. It answers errors with 500, and lists with gaps as objects. */
export const easyTalk =
  (starts: readonly string[], timeZone = 'Europe/Berlin'): Talk =>
  (request) => {
    const { path, query } = request;
    const wrong = (message: string): Reply => json({ success: false, message, trace: [] }, { status: 500 });
    if (!isOnly(request, ['provider_id', 'service_id', 'selected_date'])) return wrong('Undefined array key');
    if (!/^[23]$/.test(query.get('service_id') ?? '')) return wrong('The provided service ID was not found');
    const dayOfStart = (start: string): string => dayOf(Date.parse(start), timeZone);
    const date = query.get('selected_date') ?? '';
    switch (path) {
      case '/index.php/booking/get_available_hours': {
        const hours = starts
          .filter((start) => dayOfStart(start) === date)
          .map((start) => new Date(wallClock(Date.parse(start), timeZone)).toISOString().slice(11, 16));
        const isOdd = hours.length % 2 === 1;
        return json(isOdd ? Object.fromEntries(hours.map((hour, i) => [String(i * 2), hour])) : hours);
      }
      case '/index.php/booking/get_unavailable_dates': {
        const [year = 0, month = 1] = date.split('-').map(Number);
        const days = Array.from({ length: new Date(Date.UTC(year, month, 0)).getUTCDate() }, (_, i) =>
          new Date(Date.UTC(year, month - 1, i + 1)).toISOString().slice(0, 10),
        );
        const taken = days.filter((day) => !starts.some((start) => dayOfStart(start) === day));
        return json(taken.length === days.length ? { is_month_unavailable: true } : taken);
      }
    }
    return { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>404 Page Not Found</h1>' };
  };
