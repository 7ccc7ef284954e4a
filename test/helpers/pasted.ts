import { waitUntil } from '@open-wc/testing';
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
    { timeout: 15_000 },
  );
  return widgetsOn(page);
}

/** The address in a widget's frame; empty where there is none. */
export const framed = (widget: Element): string =>
  widget.shadowRoot?.querySelector<HTMLIFrameElement>('iframe')?.src ?? '';

export const shows = (widget: Element, address: string): Promise<void> =>
  waitUntil(() => framed(widget).startsWith(address), `no frame with ${address}`, { timeout: 15_000 });

/** Resolves to the link or button when it opens a dialog. */
export async function enhanced(page: LoaderPage, selector: string): Promise<HTMLElement> {
  await waitUntil(
    () => page.document.querySelector(selector)?.getAttribute('aria-haspopup') === 'dialog',
    `${selector} was not enhanced`,
    { timeout: 15_000 },
  );
  return page.one(selector);
}

/** The scheduling page beside the page's script, which has to be in its markup. */
export const pageOf = (page: LoaderPage): string =>
  page.one<HTMLScriptElement>('script[src]').src.replace(/booking-widget.*/, 'scheduler/acme/30min');

/** Resolves when whatever watches for intersections in the page has had its turn. */
export async function watchersHadTheirTurn({ window, document }: LoaderPage): Promise<void> {
  for (let turn = 0; turn < 2; turn++) {
    const probe = document.body.appendChild(document.createElement('i'));
    await new Promise((resolve) => {
      new window.IntersectionObserver(resolve).observe(probe);
    });
    probe.remove();
    await new Promise((resolve) => window.requestAnimationFrame(resolve));
  }
}
