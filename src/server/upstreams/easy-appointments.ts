import * as z from 'zod';
import { MINUTE_MS } from '../../scheduling/durations.js';
import type { Slot } from '../../protocol/availability.js';
import { addDays, startOfDay, wallClock } from '../../scheduling/local-days.js';
import { askDayByDay } from './day-by-day.js';
import { isWithin, type PagePrefix } from './pages.js';
import { understood } from './understood.js';
import { onBehalfOf, type Ask, type EventType, type Upstream } from './upstream.js';

/** One service of an instance: its number, how long it takes in minutes, and whose calendars may be asked for by number. */
export interface EasyService {
  readonly id: number;
  readonly minutes: number;
  readonly staff: readonly number[];
}

interface EasyAppointmentsOptions {
  readonly account: string;
  readonly ask: Ask;
  readonly pages: readonly PagePrefix[];
  readonly services: readonly EasyService[];
  /** The zone of the instance's calendars: its answers do not say which they mean. */
  readonly timeZone: string;
  readonly now: () => number;
}

/** Its word for "any provider that is free". */
const ANYBODY = 'any-provider';

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const daysSchema = z.union([z.array(day).max(40), z.object({ is_month_unavailable: z.literal(true) })]);
const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const hoursSchema = z.union([
  z.array(hour).max(2000),
  // PHP writes a list with gaps as an object.
  z.record(z.string().regex(/^\d+$/), hour).transform((hours) => Object.values(hours)),
]);

/** The instant at which the zone's clocks show `hour` on `date`; none where they skip it. */
function instantAt(date: string, time: string, timeZone: string): number | null {
  const shown = Date.parse(`${date}T${time}:00Z`);
  const midnight = startOfDay(date, timeZone);
  const near = midnight + (shown - wallClock(midnight, timeZone));
  const instant = near + (shown - wallClock(near, timeZone));
  return wallClock(instant, timeZone) === shown && instant < startOfDay(addDays(date, 1), timeZone)
    ? instant
    : null;
}

/** The calls that an Easy!Appointments page (1.5 and later) itself makes, which take no secret. */
export function easyAppointments({
  account,
  ask,
  pages,
  services,
  timeZone,
  now,
}: EasyAppointmentsOptions): Upstream {
  function event({ id, minutes }: EasyService, person: string): EventType {
    return {
      key: `${account} ${id} ${person}`,
      id: String(id),
      slug: '',
      query: { service_id: String(id), provider_id: person, minutes: String(minutes) },
    };
  }

  /** Only what the owner has named is asked for: the instance answers junk with errors, and would seem to be down. */
  function eventOf({ searchParams }: URL): EventType | null {
    const service = searchParams.get('service');
    const person = searchParams.get('provider');
    const one = services.find(({ id }) => service === null || String(id) === service);
    if (!one || (person !== null && !one.staff.some((id) => String(id) === person))) return null;
    return event(one, person ?? ANYBODY);
  }

  return {
    provider: 'easyappointments',
    account,
    ask,
    serves: (page) => isWithin(page, pages),
    eventAt: (page) => Promise.resolve(eventOf(page)),
    eventById: (id) => {
      const one = services.find((service) => String(service.id) === id);
      return Promise.resolve(one ? event(one, ANYBODY) : null);
    },
    details: ({ query }) => Promise.resolve({ minutes: Number(query['minutes']) }),
    times: ({ query: { minutes, ...wanted } }, span, caller) =>
      askDayByDay(span, {
        timeZone,
        now,
        async daysOf(month, isSoonest) {
          const words = new URLSearchParams({ ...wanted, selected_date: `${month}-01` });
          const body = await ask({
            operation: 'slots',
            path: `/index.php/booking/get_unavailable_dates?${words}`,
            ...onBehalfOf(caller, isSoonest),
          });
          const taken = understood(daysSchema, body, 'days');
          return (date) => Array.isArray(taken) && !taken.includes(date);
        },
        async timesOn(date, isSoonest) {
          const words = new URLSearchParams({ ...wanted, selected_date: date });
          const body = await ask({
            operation: 'slots',
            path: `/index.php/booking/get_available_hours?${words}`,
            ...onBehalfOf(caller, isSoonest),
          });
          return understood(hoursSchema, body, 'hours').flatMap((time): Slot[] => {
            const start = instantAt(date, time, timeZone);
            return start === null
              ? []
              : [
                  {
                    start: new Date(start).toISOString(),
                    end: new Date(start + Number(minutes) * MINUTE_MS).toISOString(),
                  },
                ];
          });
        },
      }),
  };
}
