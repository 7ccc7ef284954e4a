import { expect } from '@open-wc/testing';
import { waitUntil } from '../../../helpers/wait-until.js';
import { closePages, openPage } from '../../../helpers/cdn.js';
import { SCRIPT } from '../../../helpers/loader-page.js';
import { framed, SMALL } from '../../../helpers/pasted.js';

/** Every placeholder with a relative address. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  'a tag':
    '<booking-widget provider="plain" src="/book/30min"><a href="/book/30min">Book</a></booking-widget>',
  'a tag that takes the address of its link':
    '<booking-widget provider="plain"><a href="/book/30min">Book</a></booking-widget>',
  'a box':
    '<div data-booking-src="/book/30min" data-booking-provider="plain"><a href="/book/30min">Book</a></div>',
  'a link': '<a class="booking-widget" data-booking-provider="plain" href="/book/30min">Book</a>',
};

afterEach(closePages);

describe('relative addresses', () => {
  for (const [what, html] of Object.entries(PLACEHOLDERS))
    it(`${what} with a relative address frames the page of the site itself`, async () => {
      const page = await openPage(`${SCRIPT}${SMALL}${html}`);
      const { document } = page;
      if (what === 'a link') {
        await waitUntil(() => page.one('a').getAttribute('aria-haspopup') === 'dialog', 'no dialog');
        page.one('a').click();
      }
      const frames = (): string[] => [...document.querySelectorAll('booking-widget')].map(framed);
      await waitUntil(() => frames().some(Boolean), 'nothing was framed');
      const [src = ''] = frames().filter(Boolean);
      expect(new URL(src).origin + new URL(src).pathname).to.equal(`${location.origin}/book/30min`);
    });
});
