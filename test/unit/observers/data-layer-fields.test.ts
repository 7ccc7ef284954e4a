import { expect } from '@open-wc/testing';
import type { WidgetReport } from '../../../src/protocol/load-report.js';
import {
  BookingAvailabilityEvent,
  BookingBookedEvent,
  BookingCloseEvent,
  BookingErrorEvent,
  BookingOpenEvent,
  BookingReadyEvent,
  BookingSlotSelectEvent,
  BookingTimingEvent,
} from '../../../src/widget/events.js';
import {
  dataLayerEntry,
  pushToDataLayer,
  type DataLayerAliases,
} from '../../../src/widget/observers/data-layer-fields.js';

const start = '2026-11-23T09:00:00Z';
const end = '2026-11-23T09:30:00Z';
const timing: WidgetReport = {
  instance: 1,
  provider: 'cal',
  mode: 'inline',
  loading: 'lazy',
  outcome: 'ready',
  attempts: 1,
  cache: 'miss',
  marks: { visible: 200, 'frame-start': 210, 'frame-load': 600, ready: 950 },
};

describe('data layer', () => {
  it('the data layer gets a namespaced event with flat fields for each event that matters to marketing', () => {
    const entries = [
      new BookingAvailabilityEvent(12, 'cached'),
      new BookingOpenEvent(),
      new BookingSlotSelectEvent({ start, end }),
      new BookingReadyEvent('cal', 1),
      new BookingBookedEvent({ id: 'b1', change: 'created', start }),
      new BookingBookedEvent({ id: 'b2', change: 'moved' }),
      new BookingBookedEvent({ id: 'b2', change: 'cancelled' }),
      new BookingErrorEvent('timeout', 'https://cal.com/acme?email=a@b.example said nothing', 1, true),
      new BookingTimingEvent(timing),
    ].map(dataLayerEntry);
    expect(entries).to.deep.equal([
      ['availability', { times_count: 12 }],
      ['open', {}],
      ['slot_click', { slot_start: start, slot_end: end }],
      ['ready', {}],
      ['booked', { booking_id: 'b1', slot_start: start }],
      ['moved', { booking_id: 'b2' }],
      ['cancelled', { booking_id: 'b2' }],
      ['error', { error_code: 'timeout' }],
      ['load', { outcome: 'ready', load_ms: 750 }],
    ]);
    expect(dataLayerEntry(new BookingCloseEvent())).to.equal(null);
    expect(dataLayerEntry(new Event('click'))).to.equal(null);
  });

  it('the data layer gets the visitor’s waiting time from opening, at least 0, up to the load where there is no ready message', () => {
    const wait = (marks: WidgetReport['marks']): unknown =>
      dataLayerEntry(new BookingTimingEvent({ ...timing, marks }))?.[1]['load_ms'];
    expect(wait({ visible: 200, opened: 900, ready: 950 })).to.equal(50);
    expect(wait({ visible: 200, 'frame-load': 600 })).to.equal(400);
    expect(wait({ visible: 200, ready: 100 })).to.equal(0);
    expect(wait({ visible: 200 })).to.equal(undefined);
  });

  it('the data layer gets no event and no field beyond its list', () => {
    const event = Object.assign(new BookingBookedEvent({ id: 'b1', change: 'created' }), {
      email: 'a@b.example',
      name: 'Ada',
      answers: { why: 'because' },
    });
    expect(dataLayerEntry(event)).to.deep.equal(['booked', { booking_id: 'b1' }]);
  });

  it('the data layer is extended, created where it is missing and left alone where it is no list', () => {
    const scope: { dataLayer?: unknown } = {};
    pushToDataLayer('view', { widget: 1 }, {}, scope);
    pushToDataLayer('ready', {}, {}, scope);
    expect(scope.dataLayer).to.deep.equal([
      { event: 'booking_widget.view', widget: 1 },
      { event: 'booking_widget.ready' },
    ]);
    for (const junk of ['x', 1, {}, { push: 'no' }]) {
      const page = { dataLayer: junk };
      pushToDataLayer('view', {}, {}, page);
      expect(page.dataLayer).to.equal(junk);
    }
    const angry = {
      dataLayer: {
        push() {
          throw new Error('a tag failed');
        },
      },
    };
    pushToDataLayer('view', {}, {}, angry);
  });

  it('the data layer gets the same event under the site owner’s names as well', () => {
    const scope: { dataLayer?: unknown } = {};
    const aliases: DataLayerAliases = { booked: 'generate_lead', booking_id: 'transaction_id' };
    pushToDataLayer('booked', { booking_id: 'b1' }, aliases, scope);
    pushToDataLayer('ready', {}, aliases, scope);
    const fields = { booking_id: 'b1', transaction_id: 'b1' };
    expect(scope.dataLayer).to.deep.equal([
      { event: 'booking_widget.booked', ...fields },
      { event: 'generate_lead', ...fields },
      { event: 'booking_widget.ready' },
    ]);
  });
});
