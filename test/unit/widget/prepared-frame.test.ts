import { expect } from '@open-wc/testing';
import { prepareFrame } from '../../../src/widget/frame/prepared-frame.js';
import type { FrameEvent, SchedulingFrame } from '../../../src/widget/frame/scheduling-frame.js';
import type { FrameContext } from '../../../src/widget/providers/provider.js';

const context = {} as FrameContext;

describe('prerendered frame', () => {
  const made = ({ postsMessages = true, loadedAt = null as number | null } = {}) => {
    const done: string[] = [];
    const frame: SchedulingFrame = {
      element: document.createElement('iframe'),
      loadedAt,
      reveal: () => done.push('reveal'),
      stop: () => done.push('stop'),
    };
    let emit: (event: FrameEvent) => void = () => undefined;
    const prepared = prepareFrame((onEvent) => {
      emit = onEvent;
      return frame;
    }, postsMessages);
    return { prepared, done, frame, emit: (event: FrameEvent) => emit(event) };
  };

  it('a prerendered frame queues its events until it is revealed and emits them in order', () => {
    const { prepared, done, frame, emit } = made();
    const emitted: string[] = [];
    emit({ type: 'load' });
    emit({ type: 'ready' });
    expect(emitted).to.deep.equal([]);
    expect(prepared.reveal(context, ({ type }) => emitted.push(type))).to.equal(frame);
    expect(emitted).to.deep.equal(['load', 'ready']);
    expect(done).to.deep.equal(['reveal']);
    emit({ type: 'closed' });
    expect(emitted.at(-1)).to.equal('closed');
  });

  it('a prerendered frame that has failed is dropped without an event', () => {
    const { prepared, done, emit } = made();
    const emitted: string[] = [];
    emit({ type: 'failed', code: 'provider-error', detail: '' });
    expect(prepared.reveal(context, ({ type }) => emitted.push(type))).to.equal(null);
    expect(emitted).to.deep.equal([]);
    expect(done).to.deep.equal(['stop']);
  });

  /** Loaded so long ago that a page with messages would have posted one. */
  const longAgo = (): number => performance.now() - 2000;

  it('a prerendered frame that has loaded and stays silent is dropped, for it may show an error page', () => {
    const { prepared, done, emit } = made({ loadedAt: longAgo() });
    emit({ type: 'load' });
    expect(prepared.reveal(context, () => undefined)).to.equal(null);
    expect(done).to.deep.equal(['stop']);
  });

  for (const sign of [{ type: 'ready' }, { type: 'prepared' }, { type: 'resize', height: 500 }] as const)
    it(`a prerendered frame that has loaded long ago is kept after its page has posted "${sign.type}"`, () => {
      const { prepared, frame, emit } = made({ loadedAt: longAgo() });
      emit(sign);
      expect(prepared.reveal(context, () => undefined)).to.equal(frame);
    });

  it('a prerendered frame of a provider without messages is kept although it is silent', () => {
    const { prepared, frame } = made({ postsMessages: false, loadedAt: longAgo() });
    expect(prepared.reveal(context, () => undefined)).to.equal(frame);
  });

  it('a prerendered frame that has just loaded is given time to post its first message', () => {
    const { prepared, frame } = made({ loadedAt: performance.now() });
    expect(prepared.reveal(context, () => undefined)).to.equal(frame);
  });

  it('a prerendered frame that has waited for more than a quarter of an hour is dropped', () => {
    const { now } = Date;
    const { prepared, done } = made();
    try {
      Date.now = () => now() + 16 * 60_000;
      expect(prepared.reveal(context, () => undefined)).to.equal(null);
    } finally {
      Date.now = now;
    }
    expect(done).to.deep.equal(['stop']);
  });

  it('a prerendered frame is stopped with what prepared it', () => {
    const { prepared, done } = made();
    prepared.stop();
    expect(done).to.deep.equal(['stop']);
  });
});
