import { expect } from '@open-wc/testing';
import { retryDelay } from '../../../src/scheduling/back-off.js';
import { retryLater } from '../../../src/widget/retry-later.js';
import { isTransient } from '../../../src/widget/state/selectors.js';
import type { FailureCode } from '../../../src/protocol/failure-code.js';

describe('retry back-off', () => {
  it('automatic retries wait 5, 10 and 20 s with a jitter of a fifth', () => {
    for (const [attempt, seconds] of [
      [1, 5],
      [2, 10],
      [3, 20],
      [9, 20],
    ] as const) {
      expect(retryDelay(attempt, () => 0)).to.equal(seconds * 800);
      expect(retryDelay(attempt, () => 0.5)).to.equal(seconds * 1000);
      expect(retryDelay(attempt, () => 1)).to.equal(seconds * 1200);
    }
  });

  it('only temporary failures are retried automatically', () => {
    const isRetried = (code: FailureCode): boolean => isTransient({ code, detail: '' });
    expect((['offline', 'timeout', 'provider-error', 'rate-limited'] as const).every(isRetried)).to.equal(
      true,
    );
    expect(
      (
        [
          'bad-config',
          'not-found',
          'blocked-csp',
          'refused',
          'blocked-coep',
          'blocked-mixed-content',
        ] as const
      ).some(isRetried),
    ).to.equal(false);
  });

  /** Calls `wait` on a page whose visibility the test decides. */
  async function onPage(wait: (look: (isHidden: boolean) => void) => Promise<void> | void): Promise<void> {
    let hidden = true;
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    try {
      await wait((isHidden) => {
        hidden = isHidden;
        document.dispatchEvent(new Event('visibilitychange'));
      });
    } finally {
      Reflect.deleteProperty(document, 'hidden');
    }
  }
  const timerFires = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

  it('a retry that is due on a hidden page begins once, when the page is looked at', () =>
    onPage(async (look) => {
      let calls = 0;
      retryLater(0, () => calls++);
      await timerFires();
      expect(calls).to.equal(0);
      look(false);
      look(true);
      look(false);
      expect(calls).to.equal(1);
    }));

  it('a retry begins at once and only once when the browser comes back online', async () => {
    let calls = 0;
    retryLater(0, () => calls++);
    dispatchEvent(new Event('online'));
    expect(calls).to.equal(1);
    dispatchEvent(new Event('online'));
    await timerFires();
    expect(calls).to.equal(1);
  });

  it('a cancelled retry never begins, and cancelling twice is harmless', () =>
    onPage(async (look) => {
      let calls = 0;
      const cancels = [retryLater(0, () => calls++), retryLater(0, () => calls++)];
      cancels[0]?.();
      await timerFires();
      cancels[1]?.();
      cancels[1]?.();
      look(false);
      dispatchEvent(new Event('online'));
      expect(calls).to.equal(0);
    }));
});
