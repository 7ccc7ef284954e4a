/** Names of the three sites: a host page, a scheduling service, and a content network with our files. */
export const SITES = { host: 'host.test', scheduler: 'cal.test', assets: 'assets.test' } as const;
export type Site = keyof typeof SITES;

export const HOST = `https://${SITES.host}`;
export const SCHEDULER = `https://${SITES.scheduler}`;
export const ASSETS = `https://${SITES.assets}`;
