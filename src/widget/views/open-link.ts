import { el } from '../dom.js';

/**
 * The way out: the scheduling page in a tab of its own, which has no opener by itself in every engine that reads this.
 * Nothing where there is no safe address.
 */
export const openLink = (text: string, href: string): HTMLElement[] =>
  href ? [el('a', { part: 'open-link', href, target: '_blank' }, text)] : [];
