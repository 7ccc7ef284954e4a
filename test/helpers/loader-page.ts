import { waitUntil } from './wait-until.js';
import { VERSION } from '../../src/version.js';
import type { LoaderPage } from './cdn.js';

export const SCRIPT = '<script async src="{cdn}/booking-widget.js"></script>';
export const WIDGET = '<booking-widget src="{page}"><a href="{page}">Book a time</a></booking-widget>';
export const FAR = '<canvas width="1" height="3000"></canvas>'; // an inline style would break a strict policy
export const LOADER = 'booking-widget.js';
/** The file of a chunk of this version. */
export const chunk = (name: string): string => `v${VERSION}/${name}.js`;

export const isDefined = (page: LoaderPage): boolean => !!page.window.customElements.get('booking-widget');

/** Resolves when the element is defined in the page. */
export const defined = (page: LoaderPage): Promise<void> =>
  waitUntil(() => isDefined(page), 'the element never came');

/** Resolves when the page has requested this file. */
export async function brings(page: LoaderPage, file: string): Promise<void> {
  let requested: string[] = [];
  const looked = async (): Promise<boolean> => {
    requested = await page.requests();
    return requested.includes(file);
  };
  await waitUntil(looked, `${file} was never requested`).catch((error: unknown) => {
    throw new Error(`${String(error)}; requested were ${requested.join(', ')}`);
  });
}

/** Puts a script into the page, the way tag managers do. */
export const addScript = ({ document }: LoaderPage, src: string): Promise<Event> =>
  new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.onload = resolve;
    script.onerror = () => {
      reject(new Error(`${src} did not load`));
    };
    script.src = src;
    document.head.append(script);
  });

/** The folder of the built files, from the address of the scheduling page. */
export const cdnOf = async (page: LoaderPage): Promise<string> => {
  const link = page.one<HTMLAnchorElement>('a[href*="/scheduler/"]');
  await Promise.resolve();
  return link.href.replace(/\/scheduler\/.*/, '');
};
