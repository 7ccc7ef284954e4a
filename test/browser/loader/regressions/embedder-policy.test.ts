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

  for (const policy of ['require-corp', 'credentialless'])
    it(`that says ${policy}: a scheduling page without one is named blocked-coep`, async () => {
      expect(await codeOn({ 'cross-origin-embedder-policy': policy })).to.equal('blocked-coep');
    });

  it('that only reports leaves a silent page a timeout', async () => {
    expect(await codeOn({ 'cross-origin-embedder-policy-report-only': 'require-corp' })).to.equal('timeout');
  });
});
