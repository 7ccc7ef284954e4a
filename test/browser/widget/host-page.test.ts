import { expect } from '@open-wc/testing';
import { calcom, mount, newHost, next, part, unmountAll, until } from '../../helpers/widget.js';

/** What pages do to everything on them. */
const STYLES: Readonly<Record<string, string>> = {
  'styles iframes, buttons and links':
    'iframe{display:none;width:1px;height:1px}button{all:unset;display:none}a{color:transparent;pointer-events:none}',
  'resets everything': '*{all:unset}',
  'sizes everything':
    '*{box-sizing:content-box;margin:0;padding:0;max-width:100%;min-height:0;display:block}',
  'has a tiny root font': 'html{font-size:3px}',
  'has a huge root font': 'html{font-size:60px}',
};

describe('a page that', () => {
  const sheet = new CSSStyleSheet();
  before(() => {
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  });
  afterEach(() => {
    sheet.replaceSync('');
    unmountAll();
  });
  after(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
  });

  for (const [what, css] of Object.entries(STYLES))
    it(`${what} still shows a calendar that can be used`, async () => {
      sheet.replaceSync(css);
      const widget = mount({ ...calcom(newHost()), availability: 'off', loading: 'eager' });
      await next(widget, 'booking-ready');
      const frame = await until(() => part(widget, 'frame'));
      const { width, height } = frame.getBoundingClientRect();
      expect(width, 'width').to.be.greaterThan(200);
      expect(height, 'height').to.be.greaterThan(150);
      expect(getComputedStyle(frame).display).not.to.equal('none');
    });

  for (const [what, css] of Object.entries(STYLES))
    it(`${what} still shows a question whose button can be pressed`, async () => {
      sheet.replaceSync(css);
      const widget = mount({ ...calcom(newHost()), consent: 'required' });
      const button = await until(() => part(widget, 'show'));
      const { width, height } = button.getBoundingClientRect();
      expect(Math.min(width, height)).to.be.at.least(24);
      button.click();
      await next(widget, 'booking-ready');
    });
});
