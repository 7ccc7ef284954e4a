import { expect } from '@open-wc/testing';
import { observe } from '../../../src/widget/observers/observe.js';
import type { Occurrence } from '../../../src/widget/observers/observer.js';
import { BEGUN, frameFailed, load } from '../../helpers/widget-state.js';
import { FakeObservedHost } from './observed-host.js';

type Chunk = typeof import('../../../src/widget/observers/observers-chunk.js');

/** A widget whose observers' chunk comes and fails as the test says. */
function widget() {
  const host = new FakeObservedHost();
  const requests: { come(): Promise<void>; fail(): Promise<void> }[] = [];
  const started: (readonly Occurrence[])[] = [];
  const chunk = {
    startObservers: (_host: unknown, history: readonly Occurrence[]) => void started.push([...history]),
  } as unknown as Chunk;
  /** Later than whatever a settled promise of a chunk sets off. */
  const settled = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve));
  observe(host.element, () => {
    const { promise, resolve, reject } = withResolvers<Chunk>();
    requests.push({
      come: () => (resolve(chunk), settled()),
      fail: () => (reject(new Error('no network')), settled()),
    });
    return promise;
  });
  return { host, requests, started };
}

function withResolvers<T>() {
  let resolve!: (value: T) => void;
  let reject!: (cause: Error) => void;
  const promise = new Promise<T>((...settle) => ([resolve, reject] = settle));
  return { promise, resolve, reject };
}

const setOnline = (isOnline: boolean): void => {
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => isOnline });
  dispatchEvent(new Event(isOnline ? 'online' : 'offline'));
};

describe("observers' chunk", () => {
  afterEach(() => {
    Reflect.deleteProperty(navigator, 'onLine');
  });

  it('that did not come without a network is requested when the browser is online, and gets the events of the load', async () => {
    const { host, requests, started } = widget();
    setOnline(false);
    host.send(...BEGUN, frameFailed('offline'));
    expect(requests).to.have.length(1);
    await requests[0]?.fail();
    host.send({ type: 'use-slots' });
    expect(requests, 'other events do not request it again').to.have.length(1);
    setOnline(true);
    expect(requests).to.have.length(2);
    await requests[1]?.come();
    expect(started).to.have.length(1);
    expect(started[0]?.map(({ event }) => event.type)).to.include.members(['load', 'frame-failed']);
    setOnline(true);
    expect(requests, 'it is there').to.have.length(2);
  });

  it('that fails only after the network has come back is requested at once', async () => {
    const { host, requests } = widget();
    setOnline(false);
    host.send(...BEGUN, frameFailed('offline'));
    setOnline(true);
    await requests[0]?.fail();
    expect(requests).to.have.length(2);
    await requests[1]?.fail();
    expect(requests, 'once').to.have.length(2);
  });

  it('is requested by the next load alone when that has begun', async () => {
    const { host, requests } = widget();
    setOnline(false);
    host.send(...BEGUN, frameFailed('offline'));
    await requests[0]?.fail();
    host.send(load());
    setOnline(true);
    expect(requests).to.have.length(1);
  });
});
