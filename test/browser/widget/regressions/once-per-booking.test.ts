import { expect } from '@open-wc/testing';
import { BookingBookedEvent } from '../../../../src/widget/events.js';
import { frameMessage } from '../../../helpers/frame-message.js';
import { calcom, frameOf, mount, newHost, next, unmountAll, until } from '../../../helpers/widget.js';

describe('once per booking', () => {
  const ready = async () => {
    const widget = mount({ ...calcom(newHost()), loading: 'eager', availability: 'off', 'data-layer': '' });
    await next(widget, 'booking-ready');
    const events: string[] = [];
    widget.addEventListener('booking-booked', ({ bookingId, change }) =>
      events.push(`${bookingId} ${change}`),
    );
    return { widget, events };
  };
  /** A message of Cal.com in the widget's frame. */
  const announce = (widget: Element, uid: string, type = 'bookingSuccessfulV2'): void => {
    const frame = frameOf(widget);
    const { origin, searchParams } = new URL(frame?.src ?? '');
    const data = {
      originator: 'CAL',
      type,
      namespace: searchParams.get('embed'),
      data: { uid, startTime: '2031-03-03T09:00:00Z' },
    };
    dispatchEvent(frameMessage(frame?.contentWindow ?? null, origin, data));
  };
  const isAnnounced = async (widget: HTMLElement, uid: string): Promise<void> => {
    const announced = new Promise<void>((resolve) => {
      widget.addEventListener('booking-booked', ({ bookingId }) => {
        if (bookingId === uid) resolve();
      });
    });
    announce(widget, uid);
    await announced;
  };

  afterEach(() => {
    unmountAll();
    Reflect.deleteProperty(globalThis, 'dataLayer');
  });

  it('two bookings that are announced alternately are emitted once each', async () => {
    const { widget, events } = await ready();
    for (const uid of ['one', 'two', 'one', 'two', 'two', 'one']) announce(widget, uid);
    await isAnnounced(widget, 'marker');
    expect(events).to.deep.equal(['one created', 'two created', 'marker created']);
    const pushed = (): (string | undefined)[] =>
      ((globalThis as { dataLayer?: { event?: string; booking_id?: string }[] }).dataLayer ?? [])
        .filter(({ event }) => event === 'booking_widget.booked')
        .map((entry) => entry.booking_id);
    // The data layer's chunk may arrive after the events.
    await until(() => pushed().includes('marker'));
    expect(pushed()).to.deep.equal(['one', 'two', 'marker']);
    // A page tests its tag manager with an event of its own.
    widget.dispatchEvent(new BookingBookedEvent({ id: 'test', change: 'created' }));
    expect(pushed()).to.deep.equal(['one', 'two', 'marker', 'test']);
  });

  it('a booking that is announced again after an option has changed is not emitted again', async () => {
    const { widget, events } = await ready();
    await isAnnounced(widget, 'one');
    widget.theme = 'dark';
    await next(widget, 'booking-ready');
    announce(widget, 'one');
    await isAnnounced(widget, 'marker');
    expect(events).to.deep.equal(['one created', 'marker created']);
  });

  it('a booking that is announced again after a removal and a retry is not emitted again', async () => {
    const { widget, events } = await ready();
    await isAnnounced(widget, 'one');
    const parent = widget.parentElement;
    widget.remove();
    const again = next(widget, 'booking-ready');
    parent?.append(widget);
    await again;
    announce(widget, 'one');
    await isAnnounced(widget, 'marker');
    expect(events).to.deep.equal(['one created', 'marker created']);
  });

  it('a move and a cancellation of an announced booking are emitted once each', async () => {
    const { widget, events } = await ready();
    for (let times = 0; times < 2; times++) {
      announce(widget, 'one');
      announce(widget, 'one', 'rescheduleBookingSuccessfulV2');
    }
    await isAnnounced(widget, 'marker');
    expect(events).to.deep.equal(['one created', 'one moved', 'marker created']);
  });
});
