import { expect } from '@open-wc/testing';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { PollingController, type PollingOptions } from '../../../src/dashboard/polling-controller.js';

/** A page that can be hidden, and timers that a test lets go. */
function fakePlatform() {
  const events = new EventTarget();
  const scheduled: { work: () => void; ms: number }[] = [];
  const page = {
    hidden: false,
    addEventListener: events.addEventListener.bind(events),
    removeEventListener: events.removeEventListener.bind(events),
  };
  return {
    page,
    /** Milliseconds of the timers that are set. */
    pauses: (): number[] => scheduled.map(({ ms }) => ms),
    /** Lets the next timer go off. */
    elapse(): void {
      scheduled.shift()?.work();
    },
    setHidden(hidden: boolean): void {
      page.hidden = hidden;
      events.dispatchEvent(new Event('visibilitychange'));
    },
    schedule(work: () => void, ms: number) {
      const entry = { work, ms };
      scheduled.push(entry);
      return () => {
        const at = scheduled.indexOf(entry);
        if (at >= 0) scheduled.splice(at, 1);
      };
    },
  };
}

interface Read {
  readonly signal: AbortSignal;
  readonly resolve: (value: string) => void;
  readonly reject: (cause: Error) => void;
}

/** A connected controller whose reads a test answers. */
function polling(options: Partial<PollingOptions<string>> = {}) {
  const platform = fakePlatform();
  const reads: Read[] = [];
  let updates = 0;
  let updated = (): void => undefined;
  const host: ReactiveControllerHost = {
    addController: (_: ReactiveController) => undefined,
    removeController: () => undefined,
    requestUpdate: () => {
      updates++;
      updated();
    },
    updateComplete: Promise.resolve(true),
  };
  const controller = new PollingController<string>(
    host,
    {
      read: (signal) => new Promise((resolve, reject) => reads.push({ signal, resolve, reject })),
      interval: () => 1000,
      ...options,
    },
    platform,
  );
  controller.hostConnected();
  return {
    controller,
    platform,
    reads,
    updates: () => updates,
    /** Waits until the host is asked to update by what `work` does. */
    async settled(work: () => void): Promise<void> {
      const update = new Promise<void>((resolve) => (updated = resolve));
      work();
      await update;
      await Promise.resolve();
    },
  };
}

describe('the polling controller', () => {
  it('reads at once and again after the interval', async () => {
    const { controller, platform, reads, settled } = polling();
    await settled(() => reads[0]?.resolve('first'));
    expect(controller.value).to.equal('first');
    expect(platform.pauses()).to.deep.equal([1000]);
    platform.elapse();
    await settled(() => reads[1]?.resolve('second'));
    expect(controller.value).to.equal('second');
  });

  it('keeps the value and doubles the pause with every further failure, to five minutes at most', async () => {
    const { controller, platform, reads, settled } = polling();
    await settled(() => reads[0]?.resolve('kept'));
    const pauses: number[] = [];
    for (let i = 1; i <= 10; i++) {
      platform.elapse();
      await settled(() => reads[i]?.reject(new Error('offline')));
      pauses.push(...platform.pauses());
    }
    expect(pauses.slice(0, 4)).to.deep.equal([2000, 4000, 8000, 16_000]);
    expect(pauses.at(-1)).to.equal(300_000);
    expect(controller.value).to.equal('kept');
    expect(controller.failure).to.be.an('error');
    platform.elapse();
    await settled(() => reads[11]?.resolve('again'));
    expect(controller.failure).to.equal(undefined);
    expect(platform.pauses()).to.deep.equal([1000]);
  });

  it('does not read while the page is hidden, and reads at once when it is visible again', async () => {
    const { platform, reads, settled } = polling();
    await settled(() => reads[0]?.resolve('first'));
    platform.setHidden(true);
    expect(platform.pauses()).to.deep.equal([]);
    platform.setHidden(false);
    expect(reads).to.have.length(2);
    platform.page.hidden = true;
    await settled(() => reads[1]?.resolve('while hidden'));
    expect(platform.pauses()).to.deep.equal([]);
  });

  it('aborts a read under way when a new one is wanted, and ignores its late result', async () => {
    const { controller, reads, settled, updates } = polling();
    controller.refresh();
    expect(reads.map(({ signal }) => signal.aborted)).to.deep.equal([true, false]);
    reads[0]?.resolve('late');
    await settled(() => reads[1]?.resolve('new'));
    expect(controller.value).to.equal('new');
    expect(updates()).to.equal(1);
  });

  it('aborts and reads no more once its host is disconnected, and begins again when it comes back', async () => {
    const { controller, platform, reads, settled } = polling();
    controller.hostDisconnected();
    expect(reads[0]?.signal.aborted).to.equal(true);
    platform.setHidden(true);
    platform.setHidden(false);
    expect(reads).to.have.length(1);
    controller.hostConnected();
    await settled(() => reads[1]?.resolve('back'));
    expect(controller.value).to.equal('back');
  });

  it('stops after a failure that is final', async () => {
    const { platform, reads, settled } = polling({ isFinal: (cause) => cause instanceof RangeError });
    await settled(() => reads[0]?.reject(new RangeError('signed out')));
    expect(platform.pauses()).to.deep.equal([]);
  });
});
