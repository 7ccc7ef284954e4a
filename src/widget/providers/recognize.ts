import { commonProviderOf, type COMMON_PROVIDERS } from './common-hosts.js';

/** Paths and hosts of common providers that are no scheduling pages; no customer can have these names. */
const NO_PAGE =
  /^([^/]+\/+($|(about|apps?|auth|blog|docs|help|login|pricing|privacy|signup|terms)(\/|$))|(api|blog|developer|docs|go|help|status)\.cal\.)/;

/** The word for a provider in options, events and reports. `plain` is a frame about which nothing is known. */
export type ProviderId = (typeof COMMON_PROVIDERS)[number]['id'] | 'plain';

/** The common provider whose scheduling page this is, judged by the address alone; null for all other pages. */
export function recognize({ protocol, hostname, pathname }: URL): ProviderId | null {
  const address = hostname.replace(/\.$/, '') + pathname;
  if (!/^https?:$/.test(protocol) || NO_PAGE.test(address)) return null;
  return commonProviderOf(address)?.id ?? null;
}
