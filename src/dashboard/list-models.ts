import type { ListModel } from './chart-model.js';
import type { Summary } from './figures.js';
import type { Format } from './format.js';
import { clientName, failureName, outcomeName, pageName, providerName } from './names.js';

/** Rows of one list. */
const MAX_ROWS = 8;

const largest = (values: readonly number[]): number => Math.max(1e-9, ...values);

const namesOf = ({ by }: Summary): string[] => by.page.map(({ name }) => name);

/** From the first look to the booking. */
export function funnelList({ funnel }: Summary, format: Format): ListModel {
  const { seen, opened, chosen, booked } = funnel;
  const steps = [
    ['Saw a widget', seen],
    ['Opened it', opened],
    ['Chose a time', chosen],
    ['Booked', booked],
  ] as const;
  return {
    heading: 'From view to booking',
    sentence: seen > 0 ? `${format.percent(booked / seen)} of the views led to a booking.` : '',
    names: 'Step',
    columns: ['Views', 'Share'],
    rows: steps.map(([name, views]) => ({
      name,
      title: name,
      values: [format.count(views), format.percent(seen > 0 ? views / seen : null)],
      share: views / largest([seen]),
    })),
    color: '--first',
    empty: 'Nobody has seen a widget in this period.',
  };
}

export function topPages(summary: Summary, format: Format): ListModel {
  const names = namesOf(summary);
  const pages = [...summary.by.page]
    .sort((a, b) => b.booked - a.booked || b.seen - a.seen)
    .slice(0, MAX_ROWS);
  const most = largest(pages.map(({ seen }) => seen));
  return {
    heading: 'Pages',
    sentence: '',
    names: 'Page',
    columns: ['Bookings', 'Views'],
    rows: pages.map(({ name, booked, seen }) => ({
      name: pageName(name, names),
      title: name,
      values: [format.count(booked), format.count(seen)],
      share: seen / most,
    })),
    color: '--first',
    empty: 'No page has reported in this period.',
  };
}

export function slowestPages(summary: Summary, format: Format): ListModel {
  const names = namesOf(summary);
  const pages = summary.by.slowest.slice(0, MAX_ROWS).map(({ name, measures }) => ({
    name,
    wait: measures['calendar-wait']?.p75 ?? 0,
  }));
  const most = largest(pages.map(({ wait }) => wait));
  return {
    heading: 'Slowest pages',
    sentence: '',
    names: 'Page',
    columns: [`${format.percent(0.75)} within`],
    rows: pages.map(({ name, wait }) => ({
      name: pageName(name, names),
      title: name,
      values: [format.duration(wait)],
      share: wait / most,
    })),
    color: '--third',
    empty: 'No page has enough loads to tell.',
  };
}

function countList(
  counts: Readonly<Record<string, number>>,
  all: number,
  format: Format,
  nameOf: (id: string) => string,
): Pick<ListModel, 'columns' | 'rows'> {
  const found = Object.entries(counts)
    .filter(([, loads]) => loads > 0)
    .sort(([, a], [, b]) => b - a);
  const most = largest(found.map(([, loads]) => loads));
  return {
    columns: ['Loads', 'Share'],
    rows: found.map(([id, loads]) => ({
      name: nameOf(id),
      title: nameOf(id) === id ? id : `${nameOf(id)} (${id})`,
      values: [format.count(loads), format.percent(all > 0 ? loads / all : null)],
      share: loads / most,
    })),
  };
}

export const failuresList = ({ failures, errors }: Summary, format: Format): ListModel => ({
  heading: 'Failures',
  sentence: '',
  names: 'Reason',
  ...countList(failures, errors, format, failureName),
  color: '--bad',
  empty: 'No load failed in this period.',
});

export const outcomesList = ({ outcomes, count }: Summary, format: Format): ListModel => ({
  heading: 'How loads ended',
  sentence: '',
  names: 'Outcome',
  ...countList(outcomes, count, format, outcomeName),
  color: '--second',
  empty: 'No loads in this period.',
});

/** Bookings and views of each scheduling page, which several pages and widgets may show. */
export function calendarsList({ by }: Summary, format: Format): ListModel {
  const names = by.calendar.map(({ name }) => name);
  const most = largest(by.calendar.map(({ seen }) => seen));
  return {
    heading: 'Calendars',
    sentence: '',
    names: 'Calendar',
    columns: ['Bookings', 'Views'],
    rows: by.calendar.slice(0, MAX_ROWS).map(({ name, booked, seen }) => ({
      name: pageName(name, names),
      title: name,
      values: [format.count(booked), format.count(seen)],
      share: seen / most,
    })),
    color: '--first',
    empty: 'No calendar is named in this period.',
  };
}

/** Families of browsers and classes of devices; reports say nothing finer. */
export const browsersList = ({ browsers, count }: Summary, format: Format): ListModel => ({
  heading: 'Browsers',
  sentence: '',
  names: 'Browser',
  ...countList(browsers, count, format, clientName),
  color: '--second',
  empty: 'No browser is named in this period.',
});

export const devicesList = ({ devices, count }: Summary, format: Format): ListModel => ({
  heading: 'Devices',
  sentence: '',
  names: 'Device',
  ...countList(devices, count, format, clientName),
  color: '--second',
  empty: 'No device is named in this period.',
});

export function providersList({ by }: Summary, format: Format): ListModel {
  const most = largest(by.provider.map(({ seen }) => seen));
  return {
    heading: 'Scheduling services',
    sentence: '',
    names: 'Service',
    columns: ['Bookings', 'Views'],
    rows: by.provider.slice(0, MAX_ROWS).map(({ name, booked, seen }) => ({
      name: providerName(name),
      title: providerName(name),
      values: [format.count(booked), format.count(seen)],
      share: seen / most,
    })),
    color: '--second',
    empty: 'No loads in this period.',
  };
}
