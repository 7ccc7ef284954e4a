import { pageDefault } from './page-registry.js';

/*
 * A placeholder is what stands for a widget in the host page's markup: the tag itself, or a link, a button or a box
 * with the same options, because sanitizers remove unknown tags.
 */
export const TAG = 'booking-widget';

export const isTag = (element: Element): boolean => element.localName === TAG;

/** Selects elements that name an address themselves. On the root element it is the host page's default. */
export const BOX = '[data-booking-src]:not(html)';

/** Selects elements that are marked as placeholders; any other link has to lead to a known provider. */
export const MARKED = `${TAG},a.${TAG},${BOX}`;

/** Selects placeholders that open a dialog when they are pressed, rather than being filled with a widget. */
export const OPENERS = 'a,button,[role=button]';

export const isOpener = (placeholder: Element): boolean => placeholder.matches(OPENERS);

/**
 * An option as it is written: on the placeholder, in its `data-booking-…`, or for the whole host page. `''` where it is
 * written nowhere. Content management systems leave empty attributes behind, so an empty value counts as not written.
 */
export const writtenOption = (placeholder: Element, name: string): string =>
  [placeholder.getAttribute(name), placeholder.getAttribute(`data-booking-${name}`), pageDefault(name)]
    .map((text) => text?.trim())
    .find((text) => text) ?? '';

/** Links and buttons are popups unless something else is written; everything else is in the flow of the host page. */
export function modeOf(placeholder: Element): string {
  const mode = writtenOption(placeholder, 'mode').toLowerCase();
  return /^(inline|popup|floating)$/.test(mode) ? mode : isOpener(placeholder) ? 'popup' : 'inline';
}

const withoutHash = (address: string): string => address.replace(/#.*/, '');

/**
 * The scheduling page that a placeholder names, or that the link in it leads to. A relative address is resolved against
 * the host page. Null for anything but http(s), and for the host page itself: an empty field, or an anchor on it.
 */
export function addressOf(placeholder: Element): URL | null {
  const link = placeholder.matches('a') ? placeholder : placeholder.querySelector('a[href]');
  try {
    const url = new URL(
      writtenOption(placeholder, 'src') || (link as HTMLAnchorElement).href,
      document.baseURI,
    );
    return /^http/.test(url.href) && withoutHash(url.href) !== withoutHash(document.baseURI) ? url : null;
  } catch {
    return null;
  }
}
