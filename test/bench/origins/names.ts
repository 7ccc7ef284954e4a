/** Names of the sites: a host page, a scheduling service, a content network with our files, and a companion. */
export const SITES = {
  host: 'host.test',
  scheduler: 'cal.test',
  assets: 'assets.test',
  companion: 'companion.test',
} as const;
export type Site = keyof typeof SITES;

export const HOST = `https://${SITES.host}`;
export const SCHEDULER = `https://${SITES.scheduler}`;
export const ASSETS = `https://${SITES.assets}`;
export const COMPANION = `https://${SITES.companion}`;
