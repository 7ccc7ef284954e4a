import { expect } from '@open-wc/testing';
import { dataLayer } from '../../../src/widget/observers/data-layer.js';
import { timings } from '../../../src/widget/observers/timings.js';
import { ObserverHost } from '../../../src/widget/observers/observer-host.js';
import type { WidgetEvent } from '../../../src/widget/state/events.js';
import { BEGUN, load } from '../../helpers/widget-state.js';
import { FakeObservedHost } from './observed-host.js';

const page = globalThis as { dataLayer?: { readonly event: string; readonly booking_id?: string }[] };
const FACTS = { booking_provider: 'test', mode: 'inline', loading: 'lazy', widget: 7 };
const READY: WidgetEvent = { type: 'frame-ready' };
const booked = (id: string): WidgetEvent => ({ type: 'booked', booking: { id, change: 'created' } });
const [, ...AFTER_LOAD] = BEGUN;

const names = (): string[] | undefined => page.dataLayer?.map(({ event }) => event);

describe('data layer observer', () => {
  beforeEach(() => {
    page.dataLayer = [];
  });
  after(() => {
    delete page.dataLayer;
  });

  it('the data layer gets a view and every announced event with what is known of the widget', () => {
    const host = new FakeObservedHost();
    host.send(load({ 'data-layer': true }), ...AFTER_LOAD);
    host.attach(dataLayer(host.element));
    host.send({ type: 'visible' }, READY);
    expect(page.dataLayer).to.deep.equal([
      { event: 'booking_widget.view', ...FACTS },
      { event: 'booking_widget.ready', ...FACTS },
    ]);
  });

  it('the data layer gets what happened before the observer’s code came, where the option was set', () => {
    const host = new FakeObservedHost();
    host.send(load({ 'data-layer': true }), { type: 'visible' }, ...AFTER_LOAD, READY, booked('one'));
    host.attach(dataLayer(host.element));
    host.send(booked('two'));
    expect(names()).to.deep.equal([
      'booking_widget.view',
      'booking_widget.ready',
      'booking_widget.booked',
      'booking_widget.booked',
    ]);
    expect(page.dataLayer?.slice(2).map((entry) => entry.booking_id)).to.deep.equal(['one', 'two']);
  });

  it('the data layer gets the timings of a load that was over before the observers’ code came', () => {
    const host = new FakeObservedHost();
    host.send(load({ 'data-layer': true }), ...AFTER_LOAD, READY);
    new ObserverHost(host.element, host.history);
    expect(names()).to.deep.equal(['booking_widget.ready', 'booking_widget.load']);
  });

  it('the data layer gets nothing from before the option was set', () => {
    const host = new FakeObservedHost();
    host.send(load(), { type: 'visible' }, ...AFTER_LOAD, READY);
    const observer = dataLayer(host.element);
    for (const occurrence of host.history.splice(0)) observer.onEvent({ ...occurrence, at: -1 });
    expect(page.dataLayer).to.deep.equal([]);
  });

  it('the data layer gets nothing twice when the option is removed and set again', () => {
    const host = new FakeObservedHost();
    host.send(load({ 'data-layer': true }), ...AFTER_LOAD, READY);
    for (let time = 0; time < 2; time++) {
      const observer = dataLayer(host.element);
      for (const occurrence of host.history) observer.onEvent(occurrence);
      observer.stop?.();
    }
    expect(names()).to.deep.equal(['booking_widget.ready']);
  });

  it('the data layer gets the names that the site owner has set by then', () => {
    const host = new FakeObservedHost();
    host.attach(dataLayer(host.element));
    host.dataLayerAliases = { ready: 'calendar_ready' };
    host.send(...BEGUN, READY);
    expect(names()).to.deep.equal(['booking_widget.ready', 'calendar_ready']);
  });

  it('the data layer gets no timings from a stopped observer, also when it is stopped twice', () => {
    const host = new FakeObservedHost();
    const observer = dataLayer(host.element);
    observer.stop?.();
    observer.stop?.();
    host.attach(timings(host.element));
    host.send(...BEGUN, READY);
    expect(page.dataLayer).to.deep.equal([]);
  });
});
