import { claimPage, pageDefault, pageRegistry } from './page-defaults.js';
import { watchPage } from './watch-page.js';

/**
 * For doors that have everything at hand: makes widgets of all forms on the page, unless another copy, which then uses
 * this enhancer, already does. `address` is the door's own, with the page-wide options in its query.
 */
export function lookAfterPage(
  address: string,
  enhance: (form: Element) => void,
  askOthers: Parameters<typeof watchPage>[2],
): void {
  const isFirst = claimPage(address);
  const page = pageRegistry();
  if (page) page.enhance ??= enhance;
  if (isFirst) watchPage(enhance, pageDefault('links') === 'popup', askOthers);
}
