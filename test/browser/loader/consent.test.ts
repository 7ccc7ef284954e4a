import { expect, waitUntil } from '@open-wc/testing';
import { closePages, openPage, type LoaderPage } from '../../helpers/cdn.js';

const SCRIPT = '<script async src="{cdn}/booking-widget.js"></script>';
const FORMS = `<style>:root{--booking-height:120px}</style>
  <booking-widget availability="off" src="{page}"><a href="{page}">Book a time</a></booking-widget>
  <a id="link" class="booking-widget" href="{page}">Book a time</a>`;

type Widget = HTMLElement & { open(): void; grant(): void; prefetch(): void };

const guide = await (await fetch('/docs/platforms/consent.md')).text();

/** The script in the guide's section of that name. */
const snippet = (section: string): string =>
  /<script>([^]*?)<\/script>/.exec(guide.slice(guide.indexOf(`## ${section}`)))?.[1] ?? '';

const contacts = async (page: LoaderPage): Promise<string[]> =>
  (await page.requests()).filter((file) => file.startsWith('scheduler/'));

const widgetOf = async (page: LoaderPage): Promise<Widget> => {
  const widget = page.one<Widget>('booking-widget');
  await waitUntil(() => !!widget.shadowRoot?.querySelector('[part=show]'), 'nobody was asked', {
    timeout: 15_000,
  });
  return widget;
};

const isShown = (page: LoaderPage): Promise<void> =>
  waitUntil(async () => (await contacts(page)).length > 0, 'consent changed nothing', { timeout: 15_000 });

/** A turn for whatever might contact somebody after all. */
const aTurn = async ({ window }: LoaderPage): Promise<void> => {
  for (let frames = 0; frames < 3; frames++)
    await new Promise((resolve) => window.requestAnimationFrame(resolve));
};

const open = (): Promise<LoaderPage> => openPage(`<script>${snippet('Ask first')}</script>${SCRIPT}${FORMS}`);

afterEach(closePages);

describe('a widget that needs consent', () => {
  it('contacts nobody, whatever scripts ask of it, until the visitor presses the button', async () => {
    const page = await open();
    const widget = await widgetOf(page);
    widget.prefetch();
    widget.open();
    widget.dispatchEvent(new page.window.Event('pointerenter'));
    await aTurn(page);
    expect(await contacts(page)).to.deep.equal([]);
    widget.shadowRoot?.querySelector<HTMLButtonElement>('[part=show]')?.click();
    await isShown(page);
  });

  it('contacts somebody after grant(), called twice', async () => {
    const page = await open();
    const widget = await widgetOf(page);
    widget.grant();
    widget.grant();
    await isShown(page);
  });

  it('works when consent comes before the script does', async () => {
    const page = await openPage(`<script>${snippet('Ask first')}</script>${FORMS}`);
    page.window.eval('allowBookings()');
    const script = page.document.createElement('script');
    script.src = page.one<HTMLAnchorElement>('#link').href.replace(/scheduler.*/, 'booking-widget.js');
    page.document.head.append(script);
    await isShown(page);
  });

  it('works when a tool has rewritten the script’s type and puts it in again', async () => {
    const page = await openPage(
      `${SCRIPT.replace('async', 'type="text/plain" data-category="marketing"')}${FORMS}`,
    );
    expect(page.window.customElements.get('booking-widget')).to.equal(undefined);
    const blocked = page.one<HTMLScriptElement>('script[type="text/plain"]');
    const script = page.document.createElement('script');
    script.src = blocked.src;
    blocked.replaceWith(script);
    await isShown(page);
  });

  it('works beside a tool that blocks scripts by host as they are inserted', async () => {
    const page = await openPage(`<script>${snippet('Ask first')}
      const blocked = [];
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes) for (const node of addedNodes)
          if (/scheduler/.test(node.src ?? '')) { blocked.push(node.src); node.remove(); }
      }).observe(document, { childList: true, subtree: true });</script>${SCRIPT}${FORMS}`);
    await widgetOf(page);
    page.window.eval('allowBookings()');
    await isShown(page);
    expect(page.window.eval('blocked.length')).to.equal(0);
  });
});

describe('the guide’s snippet', () => {
  /** What each tool does on a page when the visitor refuses, and when they agree. */
  const TOOLS: Readonly<Record<string, readonly [refuses: string, agrees: string]>> = {
    Cookiebot: [
      `window.Cookiebot = { consent: { marketing: false } }; dispatchEvent(new Event('CookiebotOnConsentReady'))`,
      `window.Cookiebot = { consent: { marketing: true } }; dispatchEvent(new Event('CookiebotOnAccept'))`,
    ],
    OneTrust: [
      `dispatchEvent(new CustomEvent('OneTrustGroupsUpdated', { detail: ['C0001'] }))`,
      `dispatchEvent(new CustomEvent('OneTrustGroupsUpdated', { detail: ['C0001', 'C0004'] }))`,
    ],
    Complianz: [
      `document.dispatchEvent(new CustomEvent('cmplz_status_change', { detail: { category: 'marketing', value: 'deny' } }))`,
      `document.dispatchEvent(new CustomEvent('cmplz_status_change', { detail: { category: 'marketing', value: 'allow' } }))`,
    ],
    Klaro: [
      'klaroConfig.services[0].callback(false, klaroConfig.services[0])',
      'klaroConfig.services[0].callback(true, klaroConfig.services[0])',
    ],
  };

  for (const [tool, [refuses, agrees]] of Object.entries(TOOLS))
    it(`for ${tool} lets the calendar come when the visitor agrees, and only then`, async () => {
      const page = await openPage(
        `<script>${snippet('Ask first')}</script><script>${snippet(tool)}</script>${SCRIPT}${FORMS}`,
      );
      await widgetOf(page);
      page.window.eval(refuses);
      await aTurn(page);
      expect(await contacts(page)).to.deep.equal([]);
      page.window.eval(agrees);
      await isShown(page);
    });
});
