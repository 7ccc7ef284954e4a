import { expect } from '@open-wc/testing';
import { waitUntil } from '../../helpers/wait-until.js';
import { closePages, openPage, type LoaderPage } from '../../helpers/cdn.js';
import { laterWidgetContacts } from '../../helpers/pasted.js';

const SCRIPT = '<script async src="{cdn}/booking-widget.js"></script>';
const PLACEHOLDERS = `<style>:root{--booking-height:120px}</style>
  <booking-widget availability="off" src="{page}"><a href="{page}">Book a time</a></booking-widget>
  <a id="link" class="booking-widget" href="{page}">Book a time</a>`;

type Widget = HTMLElement & { open(): void; grant(): void; prefetch(): void };

const guide = await (await fetch('/docs/platforms/consent.md')).text();

/** The script in the guide's section of that name. */
const snippet = (section: string): string =>
  /<script>([^]*?)<\/script>/.exec(guide.slice(guide.indexOf(`## ${section}`)))?.[1] ?? '';

const contacts = async (page: LoaderPage): Promise<string[]> =>
  (await page.requests()).filter((file) => file.startsWith('scheduler/acme/'));

const widgetOf = async (page: LoaderPage): Promise<Widget> => {
  const widget = page.one<Widget>('booking-widget');
  await waitUntil(() => !!widget.shadowRoot?.querySelector('[part=show]'), 'no consent button');
  return widget;
};

const isShown = (page: LoaderPage): Promise<void> =>
  waitUntil(async () => (await contacts(page)).length > 0, 'consent changed nothing');

/** Whatever would contact the scheduling page has done so when a later widget has contacted its own. */
const laterContact = (page: LoaderPage): Promise<void> =>
  laterWidgetContacts(page, page.one<HTMLAnchorElement>('#link').href);

const open = (): Promise<LoaderPage> =>
  openPage(`<script>${snippet('Ask first')}</script>${SCRIPT}${PLACEHOLDERS}`);

afterEach(closePages);

describe('widget with consent="required"', () => {
  it('a widget without consent contacts nobody before the visitor presses its button, whatever scripts call', async () => {
    const page = await open();
    const widget = await widgetOf(page);
    widget.prefetch();
    widget.open();
    widget.dispatchEvent(new page.window.Event('pointerenter'));
    await laterContact(page);
    expect(await contacts(page)).to.deep.equal([]);
    widget.shadowRoot?.querySelector<HTMLButtonElement>('[part=show]')?.click();
    await isShown(page);
  });

  it('a widget without consent loads its calendar after grant(), also when called twice', async () => {
    const page = await open();
    const widget = await widgetOf(page);
    widget.grant();
    widget.grant();
    await isShown(page);
  });

  it('consent that was given before the script arrives is honoured', async () => {
    const page = await openPage(`<script>${snippet('Ask first')}</script>${PLACEHOLDERS}`);
    page.window.eval('allowBookings()');
    const script = page.document.createElement('script');
    script.src = page.one<HTMLAnchorElement>('#link').href.replace(/scheduler.*/, 'booking-widget.js');
    page.document.head.append(script);
    await isShown(page);
  });

  it('a consent tool that rewrites the script’s type and inserts the script again does not break the widget', async () => {
    const page = await openPage(
      `${SCRIPT.replace('async', 'type="text/plain" data-category="marketing"')}${PLACEHOLDERS}`,
    );
    expect(page.window.customElements.get('booking-widget')).to.equal(undefined);
    const blocked = page.one<HTMLScriptElement>('script[type="text/plain"]');
    const script = page.document.createElement('script');
    script.src = blocked.src;
    blocked.replaceWith(script);
    await isShown(page);
  });

  it('a consent tool that blocks scripts by host leaves the chunks of the widget alone', async () => {
    const page = await openPage(`<script>${snippet('Ask first')}
      const blocked = [];
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes) for (const node of addedNodes)
          if (/scheduler/.test(node.src ?? '')) { blocked.push(node.src); node.remove(); }
      }).observe(document, { childList: true, subtree: true });</script>${SCRIPT}${PLACEHOLDERS}`);
    await widgetOf(page);
    page.window.eval('allowBookings()');
    await isShown(page);
    expect(page.window.eval('blocked.length')).to.equal(0);
  });
});

describe('consent guide', () => {
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
    it(`the consent snippet for ${tool} loads the calendar when the visitor agrees and not before`, async () => {
      const page = await openPage(
        `<script>${snippet('Ask first')}</script><script>${snippet(tool)}</script>${SCRIPT}${PLACEHOLDERS}`,
      );
      await widgetOf(page);
      page.window.eval(refuses);
      await laterContact(page);
      expect(await contacts(page)).to.deep.equal([]);
      page.window.eval(agrees);
      await isShown(page);
    });
});
