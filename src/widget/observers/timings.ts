import type { Mark } from '../../protocol/load-report.js';
import { BookingTimingEvent } from '../events.js';
import { LoadRecord } from '../metrics/load-record.js';
import type { CreateObserver } from './observer.js';

/**
 * Writes the load as User Timing marks and measures named `booking-widget:<mark>`, for DevTools and any monitoring on
 * the page, and fires `booking-timing` once per outcome of a load.
 */
export const timings: CreateObserver = (host) => {
  const detail = { instance: host.instance, devtools: { track: `booking-widget ${host.instance}` } };

  const onMark = (mark: Mark, at: number, since: number | undefined): void => {
    const name = `booking-widget:${mark}`;
    try {
      performance.mark(name, { startTime: at, detail });
      if (since !== undefined && since < at)
        performance.measure(name, { start: Math.min(at, since), end: at, detail });
    } catch {
      // User Timing is a courtesy: an old or a replaced one must not disturb the page.
    }
  };

  const record = new LoadRecord(host.instance, { onMark });
  record.mark('defined', host.definedAt);
  let announced = '';

  return {
    onEvent({ event, state, at }) {
      if (event.type === 'load') announced = '';
      record.record(event, state, at);
      const { status } = state.frame;
      if (status !== 'ready' && status !== 'shown' && status !== 'linked' && status !== 'failed') return;
      if (status === announced) return;
      announced = status;
      host.dispatchEvent(new BookingTimingEvent(record.snapshot()));
    },
  };
};
