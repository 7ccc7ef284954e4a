import { expect } from '@open-wc/testing';
import type { Frame, FrameEvent } from '../../../src/widget/frame/frame-controller.js';
import { prepareFrame } from '../../../src/widget/frame/prepared-frame.js';
import type { FrameContext } from '../../../src/widget/providers/provider.js';

const context = {} as FrameContext;

describe('a frame that is made ready out of sight', () => {
  const made = () => {
    const done: string[] = [];
    const frame: Frame = { show: () => done.push('show'), stop: () => done.push('stop') };
    let say: (event: FrameEvent) => void = () => undefined;
    const prepared = prepareFrame((hear) => {
      say = hear;
      return frame;
    });
    return { prepared, done, frame, say: (event: FrameEvent) => say(event) };
  };

  it('keeps what it says to itself until somebody looks, and tells it then, in order', () => {
    const { prepared, done, frame, say } = made();
    const heard: string[] = [];
    say({ type: 'load' });
    say({ type: 'ready' });
    expect(heard).to.deep.equal([]);
    expect(prepared.reveal(context, ({ type }) => heard.push(type))).to.equal(frame);
    expect(heard).to.deep.equal(['load', 'ready']);
    expect(done).to.deep.equal(['show']);
    say({ type: 'closed' });
    expect(heard.at(-1)).to.equal('closed');
  });

  it('is of no use once it has failed, and says nothing about it', () => {
    const { prepared, done, say } = made();
    const heard: string[] = [];
    say({ type: 'failed', code: 'provider-error', detail: '' });
    expect(prepared.reveal(context, ({ type }) => heard.push(type))).to.equal(null);
    expect(heard).to.deep.equal([]);
    expect(done).to.deep.equal(['stop']);
  });
});
