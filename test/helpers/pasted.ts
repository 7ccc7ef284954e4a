import { waitUntil } from './wait-until.js';
import type { LoaderPage } from './cdn.js';

/** Makes widgets so low that several of them are near the viewport. */
export const SMALL = '<style>:root{--booking-height:60px}</style>';

export type Widget = HTMLElement & Record<string, unknown> & { open(): void };

export const widgetsOn = ({ document }: LoaderPage): Widget[] => [
  ...document.querySelectorAll<Widget>('booking-widget'),
];

/** Resolves to the page's widgets when all of them are elements. */
export async function alive(page: LoaderPage, count = 1): Promise<Widget[]> {
  await waitUntil(
    () => widgetsOn(page).length === count && widgetsOn(page).every(({ shadowRoot }) => shadowRoot),
    `not ${count} widgets that live`,
  );
  return widgetsOn(page);
}

/** The address in a widget's frame; empty where there is none. */
export const framed = (widget: Element): string =>
  widget.shadowRoot?.querySelector<HTMLIFrameElement>('iframe')?.src ?? '';

export const shows = (widget: Element, address: string): Promise<void> =>
  waitUntil(() => framed(widget).startsWith(address), `no frame with ${address}`);

/** Resolves to the link or button when it opens a dialog. */
export async function enhanced(page: LoaderPage, selector: string): Promise<HTMLElement> {
  await waitUntil(
    () => page.document.querySelector(selector)?.getAttribute('aria-haspopup') === 'dialog',
    `${selector} was not enhanced`,
  );
  return page.one(selector);
}

/** The scheduling page beside the page's script, which has to be in its markup. */
export const pageOf = (page: LoaderPage): string =>
  page.one<HTMLScriptElement>('script[src]').src.replace(/booking-widget.*/, 'scheduler/acme/30min');

/**
 * The marker for "nothing is fetched" before the element is there: resolves when intersection observers that were made
 * later have been notified, twice, so that those of the loader have been as well.
 */
export async function laterObserversAreNotified({ window, document }: LoaderPage): Promise<void> {
  for (const marker of [document.createElement('i'), document.createElement('i')]) {
    document.body.append(marker);
    await new Promise((resolve) => {
      new window.IntersectionObserver(resolve).observe(marker);
    });
    marker.remove();
  }
}

/**
 * The marker for "no scheduling page is requested" by a widget: resolves when a widget that was added later, and has consent, has
 * requested its scheduling page. That page is `/scheduler/later/30min`.
 */
export async function laterWidgetContacts(page: LoaderPage, scheduler: string): Promise<void> {
  const marker = page.document.createElement('booking-widget');
  const src = scheduler.replace('/acme/', '/later/');
  for (const [name, value] of Object.entries({
    src,
    consent: 'granted',
    loading: 'eager',
    availability: 'off',
  }))
    marker.setAttribute(name, value);
  page.document.body.append(marker);
  await waitUntil(
    async () => (await page.requests()).some((file) => file.startsWith('scheduler/later/')),
    'the later widget requested nothing',
  );
  marker.remove();
}
