import { expect } from '@open-wc/testing';
import { until } from '../../../helpers/widget.js';
import { reserveHeight, type ReservedHeight } from '../../../../src/widget/frame/reserved-height.js';

describe('height of a frame whose lower edge the visitor sees', () => {
  const section = document.createElement('section');
  const above = document.createElement('div');
  const box = document.createElement('div');
  section.append(above, box);
  let reserved: ReservedHeight;
  const height = (): number => box.getBoundingClientRect().height;

  beforeEach(async () => {
    above.style.height = '';
    box.style.cssText = 'min-height: 100px';
    document.body.prepend(section);
    scrollTo(0, 0);
    // Before the first paint nothing can move.
    await until(() => document.timeline.currentTime);
    reserved = reserveHeight({
      box,
      option: 'auto',
      page: `https://schedule.example/${Math.random()}`,
      fit: () => undefined,
      hasActed: () => false,
    });
  });
  afterEach(() => {
    reserved.stop();
    section.remove();
  });

  it('the asked height is taken once the layout has moved the edge out of view', async () => {
    reserved.request(300);
    expect(height(), 'while the edge is in view').to.equal(100);
    above.style.height = `${innerHeight}px`;
    await until(() => height() === 300);
  });

  it('nothing is watched after the height has been taken', async () => {
    reserved.request(300);
    above.style.height = `${innerHeight}px`;
    await until(() => height() === 300);
    box.style.minHeight = '100px';
    above.style.height = `${innerHeight + 10}px`;
    // A later observer of the same kind is notified after all earlier ones.
    await new Promise<void>((resolve) => {
      const observer = new ResizeObserver(() => {
        observer.disconnect();
        resolve();
      });
      observer.observe(document.body);
    });
    expect(height()).to.equal(100);
  });
});
