/** One row per service, matched against host and path. The loader only guesses by host; a test holds both equal. */
const PAGES = [
  ['cal', /^((?!(api|blog|developer|docs|go|help|status)\.)[\w-]+\.)?cal\.(com|eu)\//],
  ['calendly', /^(www\.)?calendly\.com\//],
] as const;

/** What schedulers keep on their own host besides scheduling pages; none of them gives these names to a customer. */
const NO_PAGE = /^[^/]+\/+($|(about|apps?|auth|blog|docs|help|login|pricing|privacy|signup|terms)(\/|$))/;

/** The word for a provider in options, events and reports. `plain` is a frame about which nothing is known. */
export type ProviderId = (typeof PAGES)[number][0] | 'plain';

/** Whose scheduling page this is, as far as its address tells; null for pages of nobody we know. */
export function recognize({ protocol, hostname, pathname }: URL): ProviderId | null {
  const address = hostname.replace(/\.$/, '') + pathname;
  if (!/^https?:$/.test(protocol) || NO_PAGE.test(address)) return null;
  return PAGES.find(([, pattern]) => pattern.test(address))?.[0] ?? null;
}
