import { expect } from '@open-wc/testing';
import { waitUntil } from '../../helpers/wait-until.js';
import { closePages, openPage, type LoaderPage } from '../../helpers/cdn.js';
import { brings, defined, FAR, LOADER, SCRIPT, WIDGET } from '../../helpers/loader-page.js';

afterEach(closePages);

describe('loader under a strict policy', () => {
  const violationsOn = (page: LoaderPage): string[] => {
    const seen: string[] = [];
    page.document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      // The test runner puts a script of its own into every page.
      if (!blockedURI.includes('__web-dev-server__')) seen.push(`${violatedDirective} ${blockedURI}`);
    });
    return seen;
  };

  it('the widget works under default-src none with only its own files and the provider allowed', async () => {
    const page = await openPage(`${SCRIPT}${FAR}${WIDGET}`, {
      headers: {
        'content-security-policy':
          "default-src 'none'; script-src {origin}; connect-src {origin}; frame-src {origin}",
      },
    });
    const violations = violationsOn(page);
    await waitUntil(() => page.one('booking-widget').offsetHeight === 640);
    page.window.scrollTo(0, 3000);
    await defined(page);
    await waitUntil(
      async () => (await page.requests()).some((file) => file.startsWith('scheduler/')),
      'no frame',
    );
    expect(violations).to.deep.equal([]);
  });

  it('the widget works where Trusted Types are required', async () => {
    const page = await openPage(`${SCRIPT}${FAR}${WIDGET}<a class="booking-widget" href="{page}">Book</a>`, {
      headers: { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types lit-html" },
    });
    const violations = violationsOn(page);
    await brings(page, LOADER);
    page.window.scrollTo(0, 4000);
    await defined(page);
    // The space that is reserved for the widget has moved the link away.
    page.one('a.booking-widget').scrollIntoView();
    await waitUntil(() => page.one('a.booking-widget').ariaHasPopup === 'dialog');
    await waitUntil(
      async () => (await page.requests()).some((file) => file.startsWith('scheduler/')),
      'no frame',
    );
    expect(violations).to.deep.equal([]);
  });

  it('the link inside stays and the console says why where the list of policies lacks that of Lit', async () => {
    const page = await openPage(
      `<script>
        console.error = (text) => { document.documentElement.dataset.said = text; };
        addEventListener('unhandledrejection', () => { document.documentElement.dataset.threw = ''; });
      </script>${SCRIPT}${WIDGET}`,
      { headers: { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types other" } },
    );
    const { dataset } = page.document.documentElement;
    await waitUntil(() => dataset['said'], 'nothing was written to the console');
    expect(dataset['said']).to.contain('trusted-types lit-html');
    // The note of the loader comes after the element has failed to start.
    await waitUntil(() => page.one('booking-widget').querySelector('[role="alert"]'));
    expect(page.one('booking-widget a').offsetHeight).to.be.greaterThan(0);
    expect(dataset['threw']).to.equal(undefined);
  });

  it('the single file is loaded with the nonce of the script', async () => {
    const page = await openPage(`${SCRIPT.replace('async', 'async nonce="abc"')}${WIDGET}`, {
      headers: { 'content-security-policy': "script-src 'nonce-abc'" },
      faults: [{ file: 'element', how: 'not-found' }],
    });
    await defined(page);
    expect(await page.requests()).to.include('booking-widget.all.js');
  });
});
