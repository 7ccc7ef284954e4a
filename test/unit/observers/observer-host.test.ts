import { expect } from '@open-wc/testing';
import { ObserverHost } from '../../../src/widget/observers/observer-host.js';
import type { CreateObserver } from '../../../src/widget/observers/observer.js';
import type { ObserverEntry } from '../../../src/widget/observers/observers.js';
import { BEGUN, load } from '../../helpers/widget-state.js';
import { FakeObservedHost } from './observed-host.js';

/** An observer that records its events, `start` and `stop`. */
function recorder(log: string[]): CreateObserver {
  return () => {
    log.push('start');
    return { onEvent: ({ event }) => log.push(event.type), stop: () => log.push('stop') };
  };
}

const forDebug: ObserverEntry['wanted'] = ({ options }) => (options.debug ? 'on' : null);

const options = (host: FakeObservedHost, debug: boolean): void => {
  host.send({ type: 'options', options: { ...host.store.state.options, debug } });
};

/** What waits for nothing but promises has happened. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('observer host', () => {
  const { reportError } = globalThis;
  let reported: unknown[];
  beforeEach(() => {
    reported = [];
    globalThis.reportError = (cause: unknown) => reported.push(cause);
  });
  afterEach(() => {
    globalThis.reportError = reportError;
  });

  it('an observer is given the events of the present load before it', () => {
    const log: string[] = [];
    const host = new FakeObservedHost().send(...BEGUN);
    new ObserverHost(host.element, host.history, [{ wanted: () => 'on', create: recorder(log) }]);
    expect(log).to.deep.equal(['start', 'load', 'near', 'slots-chunk-loaded', 'provider-loaded']);
    host.send({ type: 'frame-ready' });
    expect(log.at(-1)).to.equal('frame-ready');
  });

  it('an observer is started when its option is set and stopped when it is removed', () => {
    const log: string[] = [];
    const host = new FakeObservedHost().send(load());
    new ObserverHost(host.element, host.history, [{ wanted: forDebug, create: recorder(log) }]);
    expect(log).to.deep.equal([]);
    options(host, true);
    expect(log).to.deep.equal(['start', 'load', 'options']);
    options(host, false);
    host.send({ type: 'near', savesData: false });
    expect(log).to.deep.equal(['start', 'load', 'options', 'options', 'stop']);
    options(host, true);
    expect(log.slice(5)).to.deep.equal(['start', 'load', 'options', 'options', 'near', 'options']);
  });

  it('an observer whose option has another value is started again', () => {
    const log: string[] = [];
    const host = new FakeObservedHost().send(load({ companion: 'https://a.example' }));
    const wanted: ObserverEntry['wanted'] = (state) => state.options.companion || null;
    new ObserverHost(host.element, host.history, [{ wanted, create: recorder(log) }]);
    host.send(load({ companion: 'https://b.example' }));
    expect(log).to.deep.equal(['start', 'load', 'load', 'stop', 'start', 'load']);
  });

  it('observers are stopped with the element and started again with its next load', () => {
    const log: string[] = [];
    const host = new FakeObservedHost().send(load());
    new ObserverHost(host.element, host.history, [{ wanted: () => 'on', create: recorder(log) }]);
    host.send({ type: 'unload' }, load());
    expect(log).to.deep.equal(['start', 'load', 'unload', 'stop', 'start', 'load']);
  });

  it('an observer whose chunk comes late is given what it missed, once and in order', async () => {
    const log: string[] = [];
    const host = new FakeObservedHost().send(load());
    const create = { load: () => Promise.resolve(recorder(log)) };
    new ObserverHost(host.element, host.history, [{ wanted: () => 'on', create }]);
    host.send({ type: 'near', savesData: false });
    expect(log).to.deep.equal([]);
    await settled();
    host.send({ type: 'visible' });
    expect(log).to.deep.equal(['start', 'load', 'near', 'visible']);
  });

  it('an observer whose chunk comes after its option was removed is not started', async () => {
    const log: string[] = [];
    const host = new FakeObservedHost().send(load({ debug: true }));
    const create = { load: () => Promise.resolve(recorder(log)) };
    new ObserverHost(host.element, host.history, [{ wanted: forDebug, create }]);
    options(host, false);
    await settled();
    expect(log).to.deep.equal([]);
  });

  it('an observer whose chunk does not come disturbs nobody and is not requested with every event', async () => {
    const log: string[] = [];
    let requests = 0;
    const create = { load: () => Promise.reject<CreateObserver>(new Error(`request ${++requests}`)) };
    const host = new FakeObservedHost().send(load());
    new ObserverHost(host.element, host.history, [
      { wanted: () => 'on', create },
      { wanted: () => 'on', create: recorder(log) },
    ]);
    await settled();
    host.send({ type: 'near', savesData: false }, { type: 'visible' });
    await settled();
    expect(requests).to.equal(1);
    expect(reported).to.have.length(1);
    expect(log).to.deep.equal(['start', 'load', 'near', 'visible']);
  });

  it('an observer whose chunk did not come is requested again with the next load', async () => {
    const log: string[] = [];
    let requests = 0;
    const create = {
      load: () =>
        ++requests === 1
          ? Promise.reject<CreateObserver>(new Error('no network'))
          : Promise.resolve(recorder(log)),
    };
    const host = new FakeObservedHost().send(load());
    new ObserverHost(host.element, host.history, [{ wanted: () => 'on', create }]);
    await settled();
    host.send(load());
    await settled();
    expect(log).to.deep.equal(['start', 'load']);
  });

  it('an observer that throws is reported and disturbs neither the widget nor other observers', () => {
    const log: string[] = [];
    const angry: CreateObserver = () => ({
      onEvent() {
        throw new Error('event');
      },
      stop() {
        throw new Error('stop');
      },
    });
    const host = new FakeObservedHost().send(load({ debug: true }));
    new ObserverHost(host.element, host.history, [
      { wanted: forDebug, create: angry },
      { wanted: forDebug, create: recorder(log) },
    ]);
    host.send({ type: 'near', savesData: false });
    options(host, false);
    expect(log).to.deep.equal(['start', 'load', 'near', 'options', 'stop']);
    expect(reported.map(String)).to.deep.equal([
      'Error: event',
      'Error: event',
      'Error: event',
      'Error: stop',
    ]);
    expect(host.store.state.near).to.equal(true);
  });
});
