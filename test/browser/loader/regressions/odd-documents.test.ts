import { expect } from '@open-wc/testing';
import { closePages, openPage, type LoaderPage } from '../../../helpers/cdn.js';
import { brings, chunk, SCRIPT, WIDGET } from '../../../helpers/loader-page.js';
import { alive, enhanced, framed, pageOf, shows } from '../../../helpers/pasted.js';
import { waitUntil } from '../../../helpers/wait-until.js';

const LINK = '<a id="link" class="booking-widget" href="{page}">Book a time</a>';

afterEach(closePages);

describe('host page with names that visitors chose', () => {
  it('takes the files from beside the script, not from beside an image that is named currentScript', async () => {
    const image = '<img name="currentScript" alt="" src="{cdn}/elsewhere/booking-widget.js">';
    const page = await openPage(image + SCRIPT + WIDGET);
    const [widget] = await alive(page);
    await shows(widget as Element, pageOf(page));
    expect((await page.requests()).filter((file) => /^elsewhere\/v/.test(file))).to.deep.equal([]);
  });

  it('takes the files from beside the script where an image is named scripts', async () => {
    const image = '<img name="scripts" alt="" src="data:,">';
    const page = await openPage(image + SCRIPT + WIDGET);
    await brings(page, chunk('element'));
    await alive(page);
  });
});

describe('host page with an element of its own under the same name', () => {
  it('keeps its links: a press leads to the scheduling page', async () => {
    const page = await openPage(
      `<script>customElements.define('booking-widget', class extends HTMLElement {});
      addEventListener('error', (event) => event.preventDefault());</script>${SCRIPT}${LINK}`,
    );
    const link = await enhanced(page, '#link');
    let isPrevented: boolean | undefined;
    page.window.addEventListener('click', (event) => {
      isPrevented = event.defaultPrevented;
      event.preventDefault();
    });
    link.click();
    expect(isPrevented).to.equal(false);
  });
});

/** Lit cannot parse its templates there. */
describe('XHTML document', () => {
  async function openXhtml(body: string): Promise<LoaderPage> {
    const page = await openPage('<a href="{cdn}/">The files</a>');
    const folder = page.one<HTMLAnchorElement>('a').href;
    const filled = body
      .replaceAll('{cdn}/', folder)
      .replaceAll('{page}', `${folder}scheduler/acme/30min`)
      .replace('async ', 'async="async" ');
    await page.set({
      page: {
        html: `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>A page</title></head><body>${filled}</body></html>`,
        headers: { 'content-type': 'application/xhtml+xml', 'access-control-allow-origin': '*' },
      },
    });
    const { pathname } = new URL(page.frame.src);
    page.frame.src = `${pathname}?xhtml`;
    await waitUntil(() => page.frame.contentDocument?.contentType === 'application/xhtml+xml');
    const { contentWindow, contentDocument } = page.frame;
    return {
      ...page,
      window: contentWindow as LoaderPage['window'],
      document: contentDocument as Document,
      one: <E extends Element>(selector: string) => contentDocument?.querySelector(selector) as E,
    };
  }

  it('keeps the link in sight, and says what failed', async () => {
    const page = await openXhtml(
      `<script>addEventListener('booking-error', function (event) { document.title = event.code; });</script>${SCRIPT}${WIDGET}`,
    );
    const [widget] = await alive(page);
    await waitUntil(() => page.document.title === 'internal-error');
    expect(widget?.querySelector('a')?.checkVisibility()).to.equal(true);
    expect(framed(widget as Element)).to.equal('');
  });

  it('opens the scheduling page in place of a dialog', async () => {
    const page = await openXhtml(SCRIPT + LINK);
    (await enhanced(page, '#link')).click();
    await brings(page, 'scheduler/acme/30min');
  });
});
