import type { BookingSummary } from '../server/bookings/summarize-bookings.js';
import type { ChartModel, ListModel } from './chart-model.js';
import type { Summary } from './figures.js';
import { DAY, type Format } from './format.js';
import { pageName, providerName, readable } from './names.js';

/** Rows of one list. */
const MAX_ROWS = 8;

const largest = (values: readonly number[]): number => Math.max(1e-9, ...values);

/** Whether anything became of bookings in the period. */
export const hasBookings = ({ total }: BookingSummary): boolean =>
  total.booked + total.moved + total.cancelled > 0;

/** Bookings of each day: new ones, and those that were moved or cancelled on that day. */
export function bookingsChart(
  { total, days, timeZone }: BookingSummary,
  format: Format,
  utc: Format,
): ChartModel {
  const times = timeZone === format.zone ? format : utc;
  const { count } = format;
  const series = (name: string, kind: keyof typeof total, color: string) => ({
    name,
    values: days.map((day) => day[kind]),
    color,
    kind: 'bar' as const,
  });
  return {
    heading: 'Bookings by day',
    sentence: `${count(total.booked)} booked, ${count(total.moved)} moved, ${count(total.cancelled)} cancelled.`,
    labels: times.ticks(
      days.map(({ at }) => at),
      DAY,
    ),
    steps: days.map(({ at }) => times.step(at, DAY)),
    series: [
      series('Booked', 'booked', '--first'),
      series('Moved', 'moved', '--second'),
      series('Cancelled', 'cancelled', '--bad'),
    ],
    format: count,
    scale: 'count',
    empty: 'Nothing was booked, moved or cancelled in this period.',
  };
}

/** How the companion learned of the new bookings. */
export const sourcesText = ({ delivered, synchronised }: BookingSummary, { count }: Format): string =>
  `${count(delivered)} by webhook, ${count(synchronised)} by synchronisation only.`;

/** A name for people: the end of the page's address with its host, where the service names them. */
function eventTypeName({ provider, eventType, slug, hosts }: BookingSummary['eventTypes'][number]): string {
  const host = hosts.length === 1 && provider === 'cal' ? `${readable(hosts[0] ?? '')}/` : '';
  return slug ? `${host}${slug}` : (eventType.split('/').at(-1) ?? eventType) || providerName(provider);
}

/** What became of bookings of each event type. */
export function eventTypesList({ eventTypes }: BookingSummary, format: Format): ListModel {
  const most = largest(eventTypes.map(({ booked }) => booked));
  return {
    heading: 'Bookings by event type',
    sentence: '',
    names: 'Event type',
    columns: ['Booked', 'Moved', 'Cancelled'],
    rows: eventTypes.slice(0, MAX_ROWS).map((type) => ({
      name: eventTypeName(type),
      title: [providerName(type.provider), type.eventType].filter(Boolean).join(': '),
      values: [type.booked, type.moved, type.cancelled].map(format.count),
      share: type.booked / most,
    })),
    color: '--first',
    empty: 'No event type was booked in this period.',
  };
}

/** Bookings of each page with a widget: a page is known only from what its widgets report. */
export function bookedPagesList({ by }: Summary, format: Format): ListModel {
  const names = by.page.map(({ name }) => name);
  const pages = by.page
    .filter(({ booked }) => booked > 0)
    .sort((a, b) => b.booked - a.booked)
    .slice(0, MAX_ROWS);
  const most = largest(pages.map(({ booked }) => booked));
  return {
    heading: 'Bookings by page',
    sentence: '',
    names: 'Page',
    columns: ['Booked'],
    rows: pages.map(({ name, booked }) => ({
      name: pageName(name, names),
      title: name,
      values: [format.count(booked)],
      share: booked / most,
    })),
    color: '--second',
    empty: 'No widget has reported a booking in this period.',
  };
}
