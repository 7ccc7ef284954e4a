import { expect } from '@open-wc/testing';
import { BookingReadyEvent } from '../../../src/widget/events.js';
import { dataLayer } from '../../../src/widget/observers/data-layer.js';
import { BEGUN, load } from '../../helpers/widget-state.js';
import { FakeObservedHost } from './observed-host.js';

const page = globalThis as { dataLayer?: { readonly event: string }[] };
const FACTS = { booking_provider: 'test', mode: 'inline', loading: 'lazy', widget: 7 };

describe('data layer observer', () => {
  beforeEach(() => {
    page.dataLayer = [];
  });
  after(() => {
    delete page.dataLayer;
  });

  it('the data layer gets a view and every announced event with what is known of the widget', () => {
    const host = new FakeObservedHost();
    host.send(load({ 'data-layer': true }));
    host.attach(dataLayer(host.element));
    host.send({ type: 'visible' });
    host.dispatchEvent(new BookingReadyEvent('test', 1));
    expect(page.dataLayer).to.deep.equal([
      { event: 'booking_widget.view', ...FACTS },
      { event: 'booking_widget.ready', ...FACTS },
    ]);
  });

  it('the data layer gets a view that came before the observer, where the option was set', () => {
    const host = new FakeObservedHost();
    host.send(load({ 'data-layer': true }), { type: 'visible' });
    host.attach(dataLayer(host.element));
    expect(page.dataLayer?.map(({ event }) => event)).to.deep.equal(['booking_widget.view']);
  });

  it('the data layer gets no view from before the option was set', () => {
    const host = new FakeObservedHost();
    host.send(load(), { type: 'visible' });
    const [before, after] = host.history.splice(0);
    const observer = dataLayer(host.element);
    for (const occurrence of [before, after]) if (occurrence) observer.onEvent({ ...occurrence, at: -1 });
    expect(page.dataLayer).to.deep.equal([]);
  });

  it('the data layer gets the names that the site owner has set by then', () => {
    const host = new FakeObservedHost();
    host.attach(dataLayer(host.element));
    host.dataLayerAliases = { ready: 'calendar_ready' };
    host.send(...BEGUN);
    host.dispatchEvent(new BookingReadyEvent('test', 1));
    expect(page.dataLayer?.map(({ event }) => event)).to.deep.equal([
      'booking_widget.ready',
      'calendar_ready',
    ]);
  });

  it('the data layer gets nothing more from a stopped observer', () => {
    const host = new FakeObservedHost();
    const observer = host.attach(dataLayer(host.element));
    observer.stop?.();
    observer.stop?.();
    host.dispatchEvent(new BookingReadyEvent('test', 1));
    expect(page.dataLayer).to.deep.equal([]);
  });
});
