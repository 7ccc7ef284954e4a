import { expect } from '@open-wc/testing';
import { BookingTimingEvent } from '../../../src/widget/events.js';
import { timings } from '../../../src/widget/observers/timings.js';
import type { WidgetEvent } from '../../../src/widget/state/events.js';
import { BEGUN, frameFailed, load } from '../../helpers/widget-state.js';
import { FakeObservedHost } from './observed-host.js';

const READY: WidgetEvent = { type: 'frame-ready' };

/** A widget whose `booking-timing` events are recorded. */
function widget() {
  const host = new FakeObservedHost();
  const outcomes: string[] = [];
  host.addEventListener('booking-timing', (event) => {
    if (event instanceof BookingTimingEvent) outcomes.push(event.report.outcome);
  });
  return { host, outcomes, observer: timings(host.element) };
}

const ours = (type: string): PerformanceEntry[] =>
  performance.getEntriesByType(type).filter(({ name }) => name.startsWith('booking-widget:'));

describe('timings observer', () => {
  beforeEach(() => {
    performance.clearMarks();
    performance.clearMeasures();
  });

  it('booking-timing is dispatched once per outcome of a load', () => {
    const { host, outcomes, observer } = widget();
    host.attach(observer);
    host.send(...BEGUN);
    expect(outcomes).to.deep.equal([]);
    host.send(READY, { type: 'frame-doubt' }, { type: 'use-slots' }, { type: 'list-zones' });
    expect(outcomes).to.deep.equal(['ready']);
    host.send(load(), { type: 'near', savesData: false }, READY);
    expect(outcomes, 'once more for another load').to.deep.equal(['ready', 'ready']);
  });

  it('booking-timing is dispatched for a failure, not for its retry, and again when the page is ready after all', () => {
    const { host, outcomes, observer } = widget();
    host.attach(observer);
    host.send(...BEGUN, frameFailed(), { type: 'retry', automatic: true });
    expect(outcomes).to.deep.equal(['failed']);
    host.send(READY);
    expect(outcomes).to.deep.equal(['failed', 'ready']);
  });

  it('booking-timing is dispatched for an outcome that came before the observer', () => {
    const { host, outcomes, observer } = widget();
    host.send(...BEGUN, READY);
    expect(outcomes).to.deep.equal([]);
    host.attach(observer);
    expect(outcomes).to.deep.equal(['ready']);
  });

  it('User Timing has a mark for each step of a load and a measure of what the visitor waited for', () => {
    const { host, observer } = widget();
    const states = host.send(...BEGUN, { type: 'frame-load' }, READY).history;
    const at: Readonly<Record<string, number>> = { near: 2, 'frame-load': 3, 'frame-ready': 4 };
    for (const occurrence of states) observer.onEvent({ ...occurrence, at: at[occurrence.event.type] ?? 1 });
    expect(ours('mark').map(({ name, startTime }) => [name, startTime])).to.have.deep.members([
      ['booking-widget:defined', 1],
      ['booking-widget:frame-start', 2],
      ['booking-widget:frame-load', 3],
      ['booking-widget:ready', 4],
    ]);
    expect(
      ours('measure').map(({ name, startTime, duration }) => [name, startTime, duration]),
    ).to.have.deep.members([
      ['booking-widget:frame-load', 2, 1],
      ['booking-widget:ready', 2, 2],
    ]);
    for (const entry of [...ours('mark'), ...ours('measure')] as PerformanceMark[])
      expect(entry.detail).to.deep.equal({ instance: 7, devtools: { track: 'booking-widget 7' } });
  });

  it('a load is recorded where User Timing has no options or was replaced', () => {
    try {
      for (const broken of [
        () => {
          throw new TypeError('options?');
        },
        undefined,
      ]) {
        Object.assign(performance, { mark: broken, measure: broken });
        const { host, outcomes, observer } = widget();
        host.attach(observer);
        host.send(...BEGUN, READY);
        expect(outcomes).to.deep.equal(['ready']);
      }
    } finally {
      for (const name of ['mark', 'measure']) Reflect.deleteProperty(performance, name);
    }
    expect(performance.mark('still there').name).to.equal('still there');
  });
});
