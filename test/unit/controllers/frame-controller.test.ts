import { expect } from '@open-wc/testing';
import { frameController } from '../../../src/widget/controllers/frame-controller.js';
import { preparedFrameController } from '../../../src/widget/controllers/prepared-frame-controller.js';
import type { FrameSignal } from '../../../src/widget/providers/provider.js';
import { load, testProvider } from '../../helpers/widget-state.js';
import { FakeHost, settled } from './fake-host.js';
import { frameMessage } from '../../helpers/frame-message.js';

const START = { type: 'start-frame', keepPrevious: false } as const;

/** A page of this origin that sends no messages. */
const emptyPage = URL.createObjectURL(new Blob(['<!doctype html>'], { type: 'text/html' }));

/** A widget with a place for frames, whose page is empty and says what the test posts as it. */
function mount(mode: 'inline' | 'popup' = 'inline') {
  // Eager: frames of other tests are not waited for.
  const options = { mode, loading: 'eager' } as const;
  const host = new FakeHost().set(options);
  document.body.append(host);
  const holder = document.createElement('div');
  holder.className = 'holder';
  host.renderRoot.append(holder);
  const provider = testProvider(
    {},
    {
      frameUrl: () => new URL(emptyPage),
      read: (data) => (data as { signal?: FrameSignal }).signal ?? null,
    },
  );
  host.send(load(options), { type: 'near', savesData: false }, { type: 'provider-loaded', provider });
  let label = 'Book';
  const controller = frameController(host.element, { label: () => label });
  const frames = (): HTMLIFrameElement[] => [...holder.querySelectorAll('iframe')];
  host.newEvents();
  return {
    host,
    controller,
    frames,
    rename: (name: string) => (label = name),
  };
}

describe('frame controller', () => {
  afterEach(() => {
    for (const host of document.querySelectorAll('fake-host')) host.remove();
  });

  it('a frame is started with its name, renamed with the widget, and stopped, also twice', async () => {
    const { controller, frames, rename } = mount();
    controller.perform(START);
    await settled();
    expect(frames().map(({ title }) => title)).to.deep.equal(['Book']);
    rename('Termin');
    controller.hostUpdated();
    expect(frames()[0]?.title).to.equal('Termin');
    controller.perform({ type: 'stop-frame' });
    controller.perform({ type: 'stop-frame' });
    expect(frames()).to.have.length(0);
  });

  it('a frame that is stopped before it has begun never begins', async () => {
    const { controller, frames } = mount();
    controller.perform(START);
    controller.perform({ type: 'stop-frame' });
    await settled();
    expect(frames()).to.have.length(0);
  });

  it('another frame takes the place of the one before, which stays beside it only where the effect says so', async () => {
    const { controller, frames } = mount();
    controller.perform(START);
    controller.perform(START);
    await settled();
    const [first] = frames();
    expect(frames()).to.have.length(1);
    controller.perform({ ...START, keepPrevious: true });
    await settled();
    expect(frames()).to.have.length(2);
    expect(frames()[0]).to.equal(first);
    controller.perform(START);
    await settled();
    expect(frames()).to.have.length(1);
    controller.perform({ type: 'stop-frame' });
  });

  it('the previous frame is kept when it is ready first', async () => {
    const { host, controller, frames } = mount();
    controller.perform(START);
    await settled();
    controller.perform({ ...START, keepPrevious: true });
    await settled();
    const [previous] = frames();
    const source = previous?.contentWindow ?? null;
    const data = { signal: { type: 'ready' } };
    dispatchEvent(frameMessage(source, location.origin, data));
    expect(host.store.state.frame.status).to.equal('ready');
    expect(frames()).to.deep.equal([previous]);
    controller.perform({ type: 'stop-frame' });
  });

  it('what the page posts becomes events, and heights stay within the provider’s bounds', async () => {
    const { host, controller, frames } = mount();
    controller.perform(START);
    await settled();
    const source = frames()[0]?.contentWindow ?? null;
    const post = (signal: FrameSignal): boolean =>
      dispatchEvent(frameMessage(source, location.origin, { signal }));
    post({ type: 'resize', height: 99 });
    expect(host.store.state.height, 'too low to be believed').to.equal(null);
    post({ type: 'resize', height: 5000 });
    expect(host.store.state.height).to.equal(1000);
    post({ type: 'ready' });
    post({ type: 'slot-selected' });
    post({ type: 'slot-selected', doubtful: true });
    expect(host.store.state.frame).to.include({ status: 'ready', doubtful: true });
    post({ type: 'booked', booking: { id: 'b1', change: 'created' } });
    expect(host.store.state.booking?.id).to.equal('b1');
    controller.perform({ type: 'stop-frame' });
    host.newEvents();
    post({ type: 'ready' });
    expect(host.newEvents(), 'a stopped frame sends no more events').to.deep.equal([]);
  });

  it('a frame is prepared while it is wanted and dropped with its effect', async () => {
    const { host, controller, frames } = mount('popup');
    const prepared = new Promise<void>((resolve) => {
      host.store.subscribe(({ type }) => {
        if (type === 'prepared') resolve();
      });
    });
    host.send({ type: 'prefetch', savesData: false });
    const prepares = preparedFrameController(host.element, controller);
    prepares.perform({ type: 'prepare-frame' });
    await prepared;
    expect(frames()).to.have.length(1);
    prepares.perform({ type: 'drop-prepared-frame' });
    prepares.perform({ type: 'drop-prepared-frame' });
    expect(frames()).to.have.length(0);
  });
});
