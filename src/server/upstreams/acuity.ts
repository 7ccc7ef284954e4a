import * as z from 'zod';
import { MINUTE_MS } from '../../scheduling/durations.js';
import type { Slot } from '../../protocol/availability.js';
import { askDayByDay } from './day-by-day.js';
import { knownList, type Memory } from './known-list.js';
import { pathParts } from '../../scheduling/page-address.js';
import { isWithin, type PagePrefix } from './pages.js';
import { readableEntries, understood } from './understood.js';
import { onBehalfOf, type Ask, type EventType, type Upstream } from './upstream.js';

interface AcuityOptions {
  readonly account: string;
  readonly ask: Ask;
  readonly memory: Memory;
  readonly pages: readonly PagePrefix[];
  readonly now: () => number;
}

/** Its API takes ten calls a second and refuses clients that send more; a little is left for what else the owner runs. */
export const ACUITY_CALLS_A_SECOND = 8;

const text = z.string().max(200);
const typesSchema = readableEntries(
  z.object({
    id: z.int(),
    name: text.nullish(),
    price: z.union([text, z.number()]).nullish(),
    active: z.boolean().nullish(),
    duration: z.number(),
    type: text.nullish(),
    private: z.boolean().nullish(),
    calendarIDs: z.array(z.int()).nullish(),
  }),
  1000,
);
const calendarsSchema = z.array(z.object({ id: z.int(), timezone: text.nullish() }));
const daysSchema = z.array(z.object({ date: text })).max(40);
const timesSchema = readableEntries(
  z.object({ time: text.transform(withColon).refine(isInstant), slotsAvailable: z.number().nullish() }),
  2000,
);

const typeSchema = z.object({
  id: z.number(),
  name: z.string(),
  price: z.number(),
  minutes: z.number(),
  isPublic: z.boolean(),
  calendars: z.array(z.object({ id: z.number(), timeZone: z.string() })),
});
type AppointmentType = z.infer<typeof typeSchema>;

/** `…-0400` as browsers read it. */
function withColon(instant: string): string {
  return instant.replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
}

function isInstant(instant: string): boolean {
  return /T.*(Z|[+-]\d\d:\d\d)$/.test(instant) && !Number.isNaN(Date.parse(instant));
}

function zoneOf(name: string | null | undefined): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name ?? 'UTC' }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}

/** What an address says of type and calendar, in its query or in its path; empty where it says nothing. */
function namedIn(page: URL): { readonly type: string; readonly calendar: string } {
  const parts = pathParts(page);
  const after = (word: string): string =>
    parts.includes(word) ? (parts[parts.indexOf(word) + 1] ?? '') : '';
  const { searchParams: query } = page;
  return {
    type: query.get('appointmentType') ?? query.get('appointmentType[]') ?? after('appointment'),
    calendar: query.get('calendarID') ?? after('calendar'),
  };
}

/** Acuity's API v1: appointment types by the number in the page's address, times day by day. */
export function acuity({ account, ask, memory, pages, now }: AcuityOptions): Upstream {
  async function list(): Promise<AppointmentType[]> {
    const [types, calendars] = await Promise.all([
      ask({ operation: 'event-types', path: '/api/v1/appointment-types', who: account }),
      ask({ operation: 'event-types', path: '/api/v1/calendars', who: account }),
    ]);
    const zones = new Map(
      understood(calendarsSchema, calendars, 'calendars').map(({ id, timezone }) => [id, zoneOf(timezone)]),
    );
    return understood(typesSchema, types, 'appointment types')
      .filter(({ active, type }) => active !== false && (type ?? 'service') === 'service')
      .map(({ id, name, price, duration, private: hidden, calendarIDs }) => ({
        id,
        name: name ?? '',
        price: Number(price ?? 0) || 0,
        minutes: duration,
        isPublic: hidden !== true,
        calendars: (calendarIDs ?? []).map((calendar) => ({
          id: calendar,
          timeZone: zones.get(calendar) ?? 'UTC',
        })),
      }));
  }

  const known = knownList({ memory, now, item: typeSchema, list });

  function event({ id, minutes, calendars }: AppointmentType, calendar = ''): EventType {
    const [usual] = calendars;
    const own = calendars.find((one) => String(one.id) === calendar) ?? usual;
    return {
      key: `${account} ${id}${calendar && ` ${calendar}`}`,
      id: String(id),
      slug: '',
      query: { type: String(id), minutes: String(minutes), calendar, timeZone: own?.timeZone ?? 'UTC' },
    };
  }

  return {
    provider: 'acuity',
    account,
    ask,

    serves: (page) => isWithin(page, pages),

    async eventAt(page) {
      const { type: named, calendar } = namedIn(page);
      const [type, another] = await known(({ id, isPublic }) => (named ? String(id) === named : isPublic));
      // An address without a type is clear only where there is just one, and a calendar only where the type has it.
      if (!type || another || (calendar && !type.calendars.some(({ id }) => String(id) === calendar)))
        return null;
      return event(type, calendar);
    },

    async details({ id }) {
      const [type] = await known((one) => String(one.id) === id);
      if (!type) return null;
      const { name, minutes, price } = type;
      return { ...(name && { title: name }), minutes, ...(price > 0 && { price: { amount: price } }) };
    },

    eventById: async (id) => {
      const [type] = await known((one) => String(one.id) === id);
      return type ? event(type) : null;
    },

    times: ({ query }, span, caller) => {
      const { type = '', calendar = '', timeZone = 'UTC' } = query;
      const wanted = {
        appointmentTypeID: type,
        ...(calendar && { calendarID: calendar }),
        timezone: timeZone,
      };
      const length = Number(query['minutes']) * MINUTE_MS;
      return askDayByDay(span, {
        timeZone,
        now,
        async daysOf(month, isSoonest) {
          const words = new URLSearchParams({ ...wanted, month });
          const body = await ask({
            operation: 'slots',
            path: `/api/v1/availability/dates?${words}`,
            ...onBehalfOf(caller, isSoonest),
          });
          const days = new Set(understood(daysSchema, body, 'days').map(({ date }) => date));
          return (day) => days.has(day);
        },
        async timesOn(day, isSoonest) {
          const words = new URLSearchParams({ ...wanted, date: day });
          const body = await ask({
            operation: 'slots',
            path: `/api/v1/availability/times?${words}`,
            ...onBehalfOf(caller, isSoonest),
          });
          return understood(timesSchema, body, 'times').flatMap(({ time, slotsAvailable }): Slot[] =>
            slotsAvailable === 0
              ? []
              : [{ start: time, end: new Date(Date.parse(time) + length).toISOString() }],
          );
        },
      });
    },
  };
}
