import { expect } from '@open-wc/testing';
import { isSliceOver } from '../../../src/widget/platform/update-slice.js';

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('what updates of widgets may take of one task', () => {
  const now = performance.now.bind(performance);
  let elapsed = 0;

  beforeEach(async () => {
    await nextTask();
    elapsed = 0;
    performance.now = () => elapsed;
  });

  afterEach(() => {
    performance.now = now;
  });

  it('a widget by itself never waits, however long its updates take', () => {
    const widget = {};
    expect(isSliceOver(widget)).to.be.false;
    elapsed = 200;
    expect(isSliceOver(widget)).to.be.false;
  });

  it('widgets after it are updated in the same task until its share is used up', () => {
    expect(isSliceOver({})).to.be.false;
    elapsed = 5;
    expect(isSliceOver({})).to.be.false;
    elapsed = 20;
    expect(isSliceOver({})).to.be.true;
  });

  it('the next task has a share of its own', async () => {
    const late = {};
    expect(isSliceOver({})).to.be.false;
    elapsed = 20;
    expect(isSliceOver(late)).to.be.true;
    await nextTask();
    expect(isSliceOver(late)).to.be.false;
  });
});
