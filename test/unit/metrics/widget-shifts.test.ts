import { expect } from '@open-wc/testing';
import { isWidgetShift } from '../../../src/widget/metrics/widget-shifts.js';

describe('layout shift', () => {
  const rect = (left: number, top: number, width: number, height: number): DOMRectReadOnly =>
    new DOMRectReadOnly(left, top, width, height);
  const nowhere = rect(0, 0, 0, 0);
  const parent = document.createElement('div');
  const host = parent.appendChild(document.createElement('div'));
  const other = document.createElement('p');
  const box = rect(100, 200, 400, 300);
  const isOwn = (
    from: DOMRectReadOnly,
    to: DOMRectReadOnly,
    { node = other, before = 300 }: { node?: Node | null; before?: number } = {},
  ): boolean =>
    isWidgetShift([{ node, previousRect: from, currentRect: to }], host, box, Math.max(300, before));

  it('a layout shift is the widget’s when it grew and pushed what was below', () => {
    expect(isOwn(rect(100, 220, 400, 20), rect(100, 520, 400, 20))).to.equal(true);
    expect(isOwn(rect(100, 200, 400, 20), nowhere), 'out of sight').to.equal(true);
  });

  it('a layout shift is the widget’s when it shrank and pulled up what was below', () => {
    expect(isOwn(rect(100, 680, 400, 20), rect(100, 510, 400, 20), { before: 470 })).to.equal(true);
    expect(isOwn(nowhere, rect(100, 510, 400, 20), { before: 900 }), 'into sight').to.equal(true);
  });

  it('a layout shift is the widget’s when something moved inside it', () => {
    expect(isOwn(rect(120, 210, 50, 20), rect(120, 260, 50, 20), { node: null })).to.equal(true);
  });

  it('a layout shift is not the widget’s when something else moved the widget', () => {
    expect(isOwn(rect(100, 100, 400, 300), rect(100, 200, 400, 300), { node: host })).to.equal(false);
    expect(isOwn(rect(0, 0, 800, 800), rect(0, 100, 800, 800), { node: parent })).to.equal(false);
    const sources = [
      { node: host, previousRect: rect(100, 100, 400, 300), currentRect: box },
      { node: other, previousRect: rect(100, 410, 400, 20), currentRect: rect(100, 510, 400, 20) },
    ];
    expect(isWidgetShift(sources, host, box, 300)).to.equal(false);
  });

  it('a layout shift is not the widget’s when it happened above, below or beside it', () => {
    expect(isOwn(rect(100, 20, 400, 20), rect(100, 60, 400, 20)), 'above').to.equal(false);
    expect(isOwn(rect(100, 20, 400, 20), nowhere), 'above, out of sight').to.equal(false);
    expect(isOwn(rect(100, 510, 400, 20), rect(100, 600, 400, 20)), 'below').to.equal(false);
    expect(isOwn(rect(520, 220, 200, 20), rect(520, 420, 200, 20)), 'beside').to.equal(false);
    expect(isWidgetShift([], host, box, 300)).to.equal(false);
  });
});
