import { expect } from '@open-wc/testing';
import {
  contrast,
  contrastProblem,
  NEEDED,
  readableOn,
  rgbOf,
  type Rgb,
} from '../../../demo/gallery/generator/contrast.js';

const rgb = (color: string): Rgb => rgbOf(color) ?? [0, 0, 0];

describe('snippet generator: contrast', () => {
  it('black on white has a contrast of 21, and a colour on itself of 1', () => {
    expect(contrast(rgb('#000'), rgb('#ffffff'))).to.be.closeTo(21, 0.001);
    expect(contrast(rgb('#2563eb'), rgb('#2563eb'))).to.equal(1);
    // As WebAIM's checker says.
    expect(contrast(rgb('#777777'), rgb('#fff'))).to.be.closeTo(4.48, 0.01);
  });

  it('a pale accent is a problem on light pages and a dark accent on dark ones, each with a colour that is none', () => {
    for (const [accent, theme] of [
      ['#ffb000', ''],
      ['#8ab4ff', 'light'],
      ['#1d4ed8', 'dark'],
      ['#000', 'dark'],
      ['#fff', 'auto'],
    ] as const) {
      const problem = contrastProblem(accent, theme);
      expect(problem?.ratio, accent).to.be.lessThan(NEEDED);
      expect(contrastProblem(problem?.better ?? '', theme), accent).to.equal(null);
    }
  });

  it('a readable accent, and a colour that only a page can resolve, are no problem', () => {
    for (const accent of ['#2563eb', '#0b6b50', '', 'var(--brand)', 'rebeccapurple'])
      expect(contrastProblem(accent, '')).to.equal(null);
  });

  it('the text on a colour is the more readable of white and near-black', () => {
    expect(readableOn('#1d4ed8')).to.equal('#ffffff');
    expect(readableOn('#ffb000')).to.equal('#10131a');
  });
});
