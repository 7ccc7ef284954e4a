import { expect } from '@open-wc/testing';
import { nothing, render } from 'lit';
import { FAILURE_CODES, type FailureCode } from '../../../src/protocol/failure-code.js';
import strings from '../../../src/widget/locales/languages/en.js';
import { failureView } from '../../../src/widget/views/failure-view.js';

const HREF = 'https://schedule.example/acme/30min?slot=9';

/** What each code leaves the visitor: whether trying again can help. */
const HELPS: Readonly<Record<FailureCode, boolean>> = {
  'bad-config': true,
  offline: true,
  'not-found': false,
  'provider-error': true,
  timeout: true,
  'blocked-csp': false,
  refused: false,
  'blocked-coep': false,
  'blocked-mixed-content': false,
  'rate-limited': true,
  'internal-error': true,
};

function show(code: FailureCode, chosen: string) {
  const box = document.createElement('div');
  const failure = { code, detail: '' };
  render(
    failureView({
      title: nothing,
      strings,
      failure,
      retry: 'none',
      href: HREF,
      chosen,
      onRetry: () => undefined,
    }),
    box,
  );
  return {
    primary: [...box.querySelectorAll('.primary')].map(({ textContent }) => textContent.trim()),
    buttons: [...box.querySelectorAll('button')].map(({ textContent }) => textContent.trim()),
    links: [...box.querySelectorAll('a')].map(({ href, textContent }) => [textContent.trim(), href]),
  };
}

describe('failure view', () => {
  for (const code of FAILURE_CODES) {
    it(`${code}: one primary action, and the link to the scheduling page whatever happened`, () => {
      const { primary, buttons, links } = show(code, '');
      expect(buttons).to.deep.equal(HELPS[code] ? ['Try again'] : []);
      expect(links).to.deep.equal([['Open in a new tab', HREF]]);
      expect(primary).to.deep.equal([HELPS[code] ? 'Try again' : 'Open in a new tab']);
    });

    it(`${code}: a chosen slot goes on in a new tab where trying again cannot help`, () => {
      const { primary, buttons, links } = show(code, '9:30 AM');
      const [[text, href] = []] = links;
      expect(href).to.equal(HREF);
      expect(text).to.equal(HELPS[code] ? 'Open in a new tab' : 'Continue with 9:30 AM in a new tab');
      expect(buttons).to.deep.equal(HELPS[code] ? ['Try again'] : []);
      expect(primary).to.deep.equal([HELPS[code] ? 'Try again' : text]);
    });
  }
});
