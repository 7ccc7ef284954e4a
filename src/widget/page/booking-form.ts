import { pageDefault } from './page-defaults.js';

/*
 * A form is whatever stands for a widget in the page's markup: the tag itself, or a link, a button or a box that says
 * the same, because sanitizers remove unknown tags.
 */
export const TAG = 'booking-widget';

export const isTag = (form: Element): boolean => form.localName === TAG;

/** Selects forms that somebody meant as such; any other link has to lead to a scheduler that we know. */
export const MEANT = 'booking-widget,a.booking-widget,[data-booking-src]';

/** Selects forms that are pressed to open a dialog, rather than filled with a widget. */
export const OPENERS = 'a,button,[role=button]';

export const isOpener = (form: Element): boolean => form.matches(OPENERS);

/** An option as it is written, `''` where it is not: on the form, in its `data-booking-…`, or for the whole page. */
export const writtenOption = (form: Element, name: string): string =>
  form.getAttribute(name) || form.getAttribute(`data-booking-${name}`) || pageDefault(name) || '';

/** Links and buttons are popups where nothing else is written; everything else is in the flow of the page. */
export function modeOf(form: Element): string {
  const mode = writtenOption(form, 'mode').toLowerCase();
  return /^(inline|popup|floating)$/.test(mode) ? mode : isOpener(form) ? 'popup' : 'inline';
}

/** The scheduling page a form names, or the one its link goes to. Null when that is not an http(s) address. */
export function addressOf(form: Element): URL | null {
  const link = form.matches('a') ? form : form.querySelector('a[href]');
  try {
    const url = new URL(writtenOption(form, 'src') || (link as HTMLAnchorElement).href, document.baseURI);
    return /^https?:$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}
