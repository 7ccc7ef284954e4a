import { embeddingPage } from './embedding-page.js';
import { sessionStore } from './platform/safe-storage.js';
import type { Param } from './providers/page-query.js';

const KEY = 'booking-widget:campaign';

/**
 * The address this document was opened with. Client-side navigation changes `location`, but not this entry. Empty in
 * engines without it, and useless in documents without an address of their own.
 */
const landingPage = (): string => performance.getEntriesByType('navigation')[0]?.name ?? '';

const queryOf = (address: string): string => address.replace(/#.*/s, '').replace(/^[^?]*/, '');

/**
 * Parameters of the host page that its owner passes on to the scheduling page. The campaign (`utm_*`) is the first one
 * of the visit, as a whole, so that two campaigns are never mixed; it is kept for the session in this tab, and nowhere
 * else. Any other parameter is the present page's, or the one that the visitor landed with.
 *
 * @param allowed names that may be passed on; of all other parameters nothing is kept either
 */
export function forwardedParams(allowed: readonly string[]): Param[] {
  // `URLSearchParams` reads even malformed escapes without complaint.
  const read = (query: string | null): Param[] =>
    [...new URLSearchParams(query ?? '')].filter(([name]) => allowed.includes(name));
  const isCampaign = ([name]: Param): boolean => name.startsWith('utm_');
  const now = read(embeddingPage().search);
  const landed = read(queryOf(landingPage()));
  const kept = sessionStore.get(KEY);
  const campaign = [read(kept), landed, now]
    .map((params) => params.filter(isCampaign))
    .find(({ length }) => length);
  // Once: a widget that may forward fewer names does not shorten what others read.
  if (campaign && !kept)
    sessionStore.set(KEY, String(new URLSearchParams(campaign.map((param) => [...param]))));
  const others = (params: readonly Param[]): Param[] => params.filter((param) => !isCampaign(param));
  const names = new Set(now.map(([name]) => name));
  return [...(campaign ?? []), ...others(now), ...others(landed).filter(([name]) => !names.has(name))];
}
