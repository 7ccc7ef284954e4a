import { expect } from '@open-wc/testing';
import { slotsController, type SlotsController } from '../../../src/widget/controllers/slots-controller.js';
import { load, testProvider } from '../../helpers/widget-state.js';
import { FakeHost, settled } from './fake-host.js';

const START = new Date(Date.now() + 86_400_000).toISOString();

describe('slots controller', () => {
  const { fetch } = globalThis;
  let requests: string[];
  let controller: SlotsController;
  let host: FakeHost;
  let count = 0;

  beforeEach(() => {
    requests = [];
    globalThis.fetch = (input) => {
      requests.push(String(input));
      return Promise.resolve(new Response(JSON.stringify([START])));
    };
    const page = new URL(`https://schedule.example/${Date.now()}-${++count}`);
    host = new FakeHost();
    document.body.append(host);
    const provider = testProvider(
      {},
      {
        slots: {
          request: () => ({ url: `https://api-${count}-${Date.now()}.example/slots`, headers: {} }),
          read: (body) => (body as string[]).map((start) => ({ start })),
        },
      },
    );
    host.send(
      load({}, { status: 'page', page, provider: 'test', canRequestSlots: true }),
      { type: 'near', savesData: false },
      { type: 'slots-chunk-loaded' },
      { type: 'provider-loaded', provider },
    );
    host.newEvents();
    controller = slotsController(host.element);
  });
  afterEach(() => {
    controller.perform({ type: 'stop-slots' });
    globalThis.fetch = fetch;
    host.remove();
  });

  const fresh = (): Promise<void> =>
    new Promise((resolve) => {
      const unsubscribe = host.store.subscribe(({ type }) => {
        if (type === 'slots-fresh' && unsubscribe()) resolve();
      });
    });

  it('slots are requested by their effect and by no other', async () => {
    controller.perform({ type: 'start-frame', keepPrevious: false });
    await settled();
    expect(host.newEvents()).to.deep.equal([]);
    const done = fresh();
    controller.perform({ type: 'request-slots' });
    await done;
    expect(requests).to.have.length(1);
    expect(host.store.state.slots.known?.slots).to.deep.equal([{ start: START }]);
  });

  it('a slot that was booked leaves the screen', async () => {
    const done = fresh();
    controller.perform({ type: 'request-slots' });
    await done;
    controller.perform({ type: 'forget-slot', start: START, taken: true });
    expect(host.newEvents()).to.include('slot-taken');
    expect(host.store.state.slots.known?.slots).to.deep.equal([]);
  });

  it('nothing is sent after the slots were stopped, also twice', async () => {
    controller.perform({ type: 'request-slots' });
    controller.perform({ type: 'stop-slots' });
    controller.perform({ type: 'stop-slots' });
    host.newEvents();
    await settled();
    controller.perform({ type: 'revalidate-slots' });
    controller.refresh();
    await settled();
    expect(host.newEvents()).to.deep.equal([]);
  });
});
