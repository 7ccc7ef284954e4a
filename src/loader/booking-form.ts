import { pageDefault } from './page-defaults.js';

/*
 * A form is whatever stands for a widget in the page's markup: the tag itself, or a link, a button or a box that says
 * the same, because sanitizers remove unknown tags.
 */
export const TAG = 'booking-widget';

export const isTag = (form: Element): boolean => form.localName === TAG;

/** Selects what says its address itself. On the root element it is the whole page's default, not a form. */
export const BOX = '[data-booking-src]:not(html)';

/** Selects forms that somebody meant as such; any other link has to lead to a scheduler that we know. */
export const MEANT = `${TAG},a.${TAG},${BOX}`;

/** Selects forms that are pressed to open a dialog, rather than filled with a widget. */
export const OPENERS = 'a,button,[role=button]';

export const isOpener = (form: Element): boolean => form.matches(OPENERS);

/**
 * An option as it is written, `''` where it is not: on the form, in its `data-booking-…`, or for the whole page. What
 * content management systems leave of an empty field says nothing.
 */
export const writtenOption = (form: Element, name: string): string =>
  [form.getAttribute(name), form.getAttribute(`data-booking-${name}`), pageDefault(name)]
    .map((text) => text?.trim())
    .find((text) => text) ?? '';

/** Links and buttons are popups where nothing else is written; everything else is in the flow of the page. */
export function modeOf(form: Element): string {
  const mode = writtenOption(form, 'mode').toLowerCase();
  return /^(inline|popup|floating)$/.test(mode) ? mode : isOpener(form) ? 'popup' : 'inline';
}

/**
 * The scheduling page a form names, or the one its link goes to. Null when that is not an http(s) address, or the page
 * itself: an empty field, or a mark on it.
 */
export function addressOf(form: Element): URL | null {
  const link = form.matches('a') ? form : form.querySelector('a[href]');
  try {
    const url = new URL(writtenOption(form, 'src') || (link as HTMLAnchorElement).href, document.baseURI);

    return /^https?:$/.test(url.protocol) && url.href.split('#')[0] !== document.baseURI.split('#')[0]
      ? url
      : null;
  } catch {
    return null;
  }
}
