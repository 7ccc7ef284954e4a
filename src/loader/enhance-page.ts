import { claimPage } from './claim-page.js';
import { findPlaceholders } from './find-placeholders.js';
import { pageDefault, pageRegistry } from './page-registry.js';

/**
 * For entries that contain everything: makes widgets of all placeholders on the host page, unless another copy already
 * does, which then uses this `enhance`. `address` is the entry's own, with the page-wide options in its query.
 */
export function enhancePage(
  address: string,
  enhance: (placeholder: Element) => void,
  loadRareProviders: Parameters<typeof findPlaceholders>[2],
): void {
  const isFirst = claimPage(address);
  const page = pageRegistry();
  if (page) page.enhance ??= enhance;
  if (isFirst) findPlaceholders(enhance, pageDefault('links') === 'popup', loadRareProviders);
}
