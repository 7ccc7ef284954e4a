import { expect } from '@open-wc/testing';
import { closePages, openPage } from '../../../helpers/cdn.js';
import { waitUntil } from '../../../helpers/wait-until.js';

const WIDGET =
  '<script async crossorigin src="{cdn}/booking-widget.js"></script><script>addEventListener("booking-error", ({ code }) => { window.code = code; })</script>' +
  '<booking-widget provider="cal" availability="off" loading="eager" timeout="4" src="{page}"><a href="{page}">Book</a></booking-widget>';

const codeOn = async (headers: Readonly<Record<string, string>>): Promise<unknown> => {
  const page = await openPage(WIDGET, { headers });
  const code = (): unknown => (page.window as { code?: unknown }).code;
  await waitUntil(code, 'the widget did not fail');
  return code();
};

describe('host page with a Cross-Origin-Embedder-Policy', () => {
  afterEach(closePages);

  // WebKit does not know `credentialless` and keeps no frame out: https://caniuse.com/mdn-http_headers_cross-origin-embedder-policy_credentialless
  const isWebKit = navigator.vendor.startsWith('Apple');
  for (const [policy, expected] of [
    ['require-corp', 'blocked-coep'],
    ['credentialless', isWebKit ? 'timeout' : 'blocked-coep'],
  ] as const)
    it(`that says ${policy}: a scheduling page that it keeps out is named blocked-coep`, async () => {
      expect(await codeOn({ 'cross-origin-embedder-policy': policy })).to.equal(expected);
    });

  it('that only reports leaves a silent page a timeout', async () => {
    expect(await codeOn({ 'cross-origin-embedder-policy-report-only': 'require-corp' })).to.equal('timeout');
  });
});
