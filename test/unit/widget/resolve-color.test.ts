import { expect } from '@open-wc/testing';
import { resolveColor } from '../../../src/widget/resolve-color.js';

describe('an accent colour', () => {
  let element: HTMLElement;

  beforeEach(() => {
    element = document.createElement('div');
    element.attachShadow({ mode: 'open' });
    element.style.setProperty('--brand', '#c2185b');
    element.style.color = 'rgb(1, 2, 3)';
    document.body.append(element);
  });
  afterEach(() => {
    element.remove();
  });

  for (const [written, hex] of [
    ['#c2185b', '#c2185b'],
    ['#c15', '#cc1155'],
    ['rgb(194, 24, 91)', '#c2185b'],
    ['crimson', '#dc143c'],
    ['hsl(0 100% 50%)', '#ff0000'],
    ['#c2185bff', '#c2185b'],
    ['#c2185b80', '#c2185b'],
    ['var(--brand)', '#c2185b'],
    ['currentColor', '#010203'],
    ['color(display-p3 0 1 0)', '#00ff00'],
    ['color-mix(in srgb, white, black)', '#808080'],
    ['var(--none)', ''],
    ['transparent', ''],
    ['soon', ''],
    ['red;background:url(x)', ''],
    ['', ''],
  ] as const)
    it(`${hex ? `reaches the provider as ${hex}` : 'is none'} when written as “${written}”`, () => {
      expect(resolveColor(written, element)).to.equal(hex);
    });

  it('leaves the page’s own elements alone', () => {
    const before = document.body.cloneNode(true);
    resolveColor('red', element);
    expect(document.body.isEqualNode(before)).to.equal(true);
    expect(element.shadowRoot?.childNodes).to.have.length(0);
  });

  it('is none where the widget is not in the page', () => {
    element.remove();
    expect(resolveColor('red', element)).to.equal('');
  });
});
