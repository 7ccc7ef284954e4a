import { expect } from '@open-wc/testing';
import { openPage, type LoaderPage, type PageOptions } from './cdn.js';
import { service } from './service.js';
import { waitUntil } from './wait-until.js';
import { newHost } from './widget.js';

/*
 * A visitor of a page that a guide or the snippet generator's text was pasted into: what they have in the end, on the local
 * scheduling service.
 */

/** What the guides call the scheduling page. */
export const PAGE = 'https://cal.com/acme/30min';

/** Another host for every page, so that no page gets the bookings of another. */
let host = '';

export function useNewHost(): void {
  host = newHost();
}

/**
 * The addresses of our own servers in the guides. The widget knows the local scheduling service by page-wide options; where it
 * has to know the page by its address that one stays, and a policy keeps the browser from going there.
 */
function local(html: string, keepPage: boolean): string {
  const known = `provider=cal&api=${encodeURIComponent(service.cal)}`;
  const here = html
    .replaceAll('https://your.site', '{cdn}')
    .replace(
      /(booking-widget(?:\.all)?\.js)(?:\?([^"'\s]*))?/g,
      (_, file: string, more: string | undefined) => [`${file}?${known}`, ...(more ? [more] : [])].join('&'),
    );
  return keepPage ? here : here.replaceAll(PAGE, `${service.cal}/${host}/30min`);
}

/** Opens a page with something pasted into it, on the local services. `shows`: what it is expected to show. */
export const openPasted = (html: string, shows: string, options?: PageOptions): Promise<LoaderPage> =>
  openPage(local(html, shows === 'known-dialog'), {
    ...(shows === 'known-dialog' && {
      headers: {
        'content-security-policy': "frame-src 'self' http://127.0.0.1:*; connect-src http://127.0.0.1:*",
      },
    }),
    ...options,
  });

type Widget = HTMLElement & { readonly src: string };

export const widgetOf = ({ document }: LoaderPage): Widget | null =>
  document.querySelector<Widget>('booking-widget');

const launcherOf = (page: LoaderPage): HTMLElement | null | undefined =>
  widgetOf(page)?.shadowRoot?.querySelector<HTMLElement>('[part~=launcher]');

const isOpen = (page: LoaderPage): boolean => !!widgetOf(page)?.shadowRoot?.querySelector('dialog')?.open;

const isReady = (page: LoaderPage): Promise<void> =>
  waitUntil(() => widgetOf(page)?.matches(':state(ready)'), 'the calendar never came');

/** What a visitor has in the end. Each rejects when it is not so. */
export const VISITOR_HAS: Readonly<Record<string, (page: LoaderPage) => Promise<void>>> = {
  async calendar(page) {
    await isReady(page);
    expect(widgetOf(page)?.shadowRoot?.querySelector('[part~=frame]')?.checkVisibility()).to.equal(true);
    expect(isOpen(page)).to.equal(false);
  },
  async dialog(page) {
    const link = page.one('a');
    await waitUntil(
      () => link.getAttribute('aria-haspopup') === 'dialog',
      'the link says nothing of a dialog',
    );
    link.click();
    await waitUntil(() => isOpen(page), 'no dialog');
    await isReady(page);
  },
  async 'known-dialog'(page) {
    const link = page.one<HTMLAnchorElement>('a');
    await waitUntil(
      () => link.getAttribute('aria-haspopup') === 'dialog',
      'the link says nothing of a dialog',
    );
    link.click();
    await waitUntil(() => isOpen(page), 'no dialog');
    expect(widgetOf(page)?.src.startsWith(PAGE)).to.equal(true);
  },
  /** A button of the widget's own, where it has no link inside. */
  async button(page) {
    await waitUntil(() => launcherOf(page), 'no button');
    launcherOf(page)?.click();
    await waitUntil(() => isOpen(page), 'no dialog');
    await isReady(page);
  },
  async corner(page) {
    await waitUntil(() => launcherOf(page), 'no button');
    expect(page.window.getComputedStyle(launcherOf(page) as HTMLElement).position).to.equal('fixed');
    await VISITOR_HAS['button']?.(page);
  },
  /** Nothing but a link, although the script is there. */
  async link(page) {
    await waitUntil(() => Symbol.for('booking-widget') in page.window, 'the script never ran');
    await hasLink(page);
    expect(page.document.querySelectorAll('booking-widget, [aria-haspopup]').length).to.equal(0);
  },
};

/** A link to the scheduling page, to be seen and followed. */
export async function hasLink(page: LoaderPage): Promise<void> {
  await waitUntil(() => page.document.readyState === 'complete', 'the page never loaded');
  const link = page.one<HTMLAnchorElement>('a');
  expect(link.checkVisibility()).to.equal(true);
  expect(link.href).to.match(/\/30min(\?ref=your\.site)?$/);
}

/** Does what a builder's panel for custom elements does: loads the script, makes the tag, sets the attributes. */
export async function setInPanel(panel: string, shows = 'calendar'): Promise<void> {
  const said = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(panel)?.[1] ?? '';
  // The panel's script address is in no markup, so the page lends it its own.
  const page = await openPasted(
    `<p>Meet us</p><a hidden href="${PAGE}"></a><i data-script="${said('Server URL')}"></i>`,
    'calendar',
  );
  const script = page.document.createElement('script');
  script.src = page.one('[data-script]').dataset['script'] ?? '';
  page.document.head.append(script);
  const element = page.document.createElement(said('Tag Name'));
  for (const [, name = '', value = ''] of panel.matchAll(/^ {2}([\w-]+): (.*)$/gm))
    element.setAttribute(name, value === PAGE ? page.one<HTMLAnchorElement>('a').href : value);
  page.one('p').append(element);
  await VISITOR_HAS[shows]?.(page);
}

/** Shows a page in a frame of another site, as builders do with embedded markup, and waits for its calendar. */
export async function inForeignFrame(html: string): Promise<void> {
  const page = await openPasted(html, 'calendar', { faults: [{ file: 'booking-widget', how: 'not-found' }] });
  const cdn = page.one<HTMLScriptElement>('script[src]').src.replace(/\/booking-widget.*/, '');
  await page.set({
    page: {
      html: `<!doctype html><script>addEventListener('booking-ready', () => parent.postMessage('ready', '*'))</script>${page.document.documentElement.getHTML()}`,
    },
  });
  const frame = page.document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts allow-popups allow-forms allow-same-origin');
  frame.style.cssText = 'width:700px;height:640px';
  const ready = new Promise((resolve) => {
    page.window.addEventListener('message', ({ data }) => {
      if (data === 'ready') resolve(data);
    });
  });
  frame.src = `${cdn}/__page`;
  page.document.body.replaceChildren(frame);
  await ready;
}
