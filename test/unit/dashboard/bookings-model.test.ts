import { expect } from '@open-wc/testing';
import {
  bookedPagesList,
  bookingsChart,
  eventTypesList,
  hasBookings,
  sourcesText,
} from '../../../src/dashboard/bookings-model.js';
import { createFormat } from '../../../src/dashboard/format.js';
import type { BookingSummary } from '../../../src/server/bookings/summarize-bookings.js';
import { aSummary } from './summaries.js';

const format = createFormat(['en-US'], 'Asia/Tokyo');
const utc = createFormat(['en-US'], 'UTC');

const none: BookingSummary = {
  v: 1,
  from: '2026-11-21T15:00:00.000Z',
  to: '2026-11-23T15:00:00.000Z',
  timeZone: 'Asia/Tokyo',
  total: { booked: 0, moved: 0, cancelled: 0 },
  delivered: 0,
  synchronised: 0,
  days: [],
  eventTypes: [],
};
const busy: BookingSummary = {
  ...none,
  total: { booked: 5, moved: 1, cancelled: 2 },
  delivered: 4,
  synchronised: 1,
  days: [
    { at: '2026-11-21T15:00:00.000Z', booked: 2, moved: 0, cancelled: 2 },
    { at: '2026-11-22T15:00:00.000Z', booked: 3, moved: 1, cancelled: 0 },
  ],
  eventTypes: [
    {
      provider: 'cal',
      eventType: '4711',
      slug: '30min',
      hosts: ['j%C3%BCrgen'],
      booked: 4,
      moved: 1,
      cancelled: 0,
    },
    {
      provider: 'calendly',
      eventType: 'https://api.calendly.com/event_types/AAA',
      slug: '',
      hosts: ['https://api.calendly.com/users/ME'],
      booked: 1,
      moved: 0,
      cancelled: 2,
    },
  ],
};

describe('the panel of bookings', () => {
  it('shows what was booked, moved and cancelled on each day of the owner’s zone', () => {
    const { sentence, labels, steps, series } = bookingsChart(busy, format, utc);
    expect(sentence).to.equal('5 booked, 1 moved, 2 cancelled.');
    expect(labels).to.deep.equal(['Nov 22', 'Nov 23']);
    expect(steps).to.deep.equal(['Sun, Nov 22', 'Mon, Nov 23']);
    expect(series.map(({ name, values }) => [name, ...values])).to.deep.equal([
      ['Booked', 2, 3],
      ['Moved', 0, 1],
      ['Cancelled', 2, 0],
    ]);
  });

  it('says how the companion learned of them', () => {
    expect(sourcesText(busy, format)).to.equal('4 by webhook, 1 by synchronisation only.');
    expect([hasBookings(none), hasBookings(busy)]).to.deep.equal([false, true]);
  });

  it('names event types by host and address, or as the service names them', () => {
    const { rows } = eventTypesList(busy, format);
    expect(rows.map(({ name, values }) => [name, ...values])).to.deep.equal([
      ['jürgen/30min', '4', '1', '0'],
      ['AAA', '1', '0', '2'],
    ]);
    expect(rows[0]?.title).to.equal('Cal.com: 4711');
  });

  it('lists the pages whose widgets reported a booking, the most often booked first', () => {
    const page = (name: string, booked: number) => ({
      name,
      count: 9,
      errors: 0,
      seen: 9,
      booked,
      cacheShare: null,
      measures: {},
    });
    const pages = ['https://shop.example/a', 'https://shop.example/b', 'https://shop.example/c'];
    const summary = aSummary({
      by: { provider: [], mode: [], calendar: [], slowest: [], page: pages.map((name, i) => page(name, i)) },
    });
    expect(bookedPagesList(summary, format).rows.map(({ name, values }) => [name, ...values])).to.deep.equal([
      ['/c', '2'],
      ['/b', '1'],
    ]);
  });
});
