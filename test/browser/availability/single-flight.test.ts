import { expect } from '@open-wc/testing';
import { waitUntil } from '../../helpers/wait-until.js';
import { withTabLock } from '../../../src/widget/availability/tab-lock.js';
import { browserTimer as real } from '../../helpers/availability.js';

describe('single flight', () => {
  const edges = { locks: navigator.locks, startTimer: real };

  it('single flight runs work of the same name one after another', async () => {
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} begins`);
      await new Promise<void>((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          port1.close();
          resolve();
        };
        port2.postMessage(0);
      });
      order.push(`${name} ends`);
      return name;
    };
    const results = await Promise.all(['a', 'b'].map((name) => withTabLock('test', work(name), edges, 5000)));
    expect(results).to.deep.equal(['a', 'b']);
    expect(order).to.deep.equal(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('single flight stops waiting for the lock after its limit or an abort', async () => {
    let end: () => void = () => undefined;
    const held = withTabLock('test', () => new Promise<void>((resolve) => (end = resolve)), edges, 5000);
    await waitUntil(async () => (await navigator.locks.query()).held?.some(({ name }) => name === 'test'));
    expect(await withTabLock('test', () => Promise.resolve('late'), edges, 10)).to.equal('late');
    const wait = new AbortController();
    const other = withTabLock('test', () => Promise.resolve('ended'), edges, 5000, wait);
    wait.abort();
    expect(await other).to.equal('ended');
    end();
    await held;
  });

  it('single flight rejects with the error of the work and runs the work once', async () => {
    let count = 0;
    const failing = withTabLock(
      'test',
      () => {
        count++;
        return Promise.reject(new Error('Not today'));
      },
      edges,
      5000,
    );
    const error = await failing.catch((cause: unknown) => String(cause));
    expect(error).to.equal('Error: Not today');
    expect(count).to.equal(1);
  });
});
