import { CAL_COM_HOST } from '../common-hosts.js';
import { withQuery, writtenIn } from '../page-query.js';

/** Where a page's frame lives, and which organization its host names, if it is one of Cal.com's own hosts. */
export function hostOf({ hostname, origin }: URL): readonly [origin: string, organization: string] {
  const [hosted, label = '', region = ''] = CAL_COM_HOST.exec(hostname.replace(/\.$/, '')) ?? [];
  const organization = /^(app|www)$/.test(label) ? '' : label;
  // The marketing host may not be framed; its scheduling pages live on the app's.
  return [hosted ? `https://${organization || 'app'}.cal.${region}` : origin, organization];
}

/** The path without the `/embed` that some owners paste along. */
export const pathOf = ({ pathname }: URL): string[] =>
  pathname
    .replace(/(\/+embed)*\/*$/, '')
    .split('/')
    .filter(Boolean);

export const addressOf = (origin: string, path: readonly string[]): string => [origin, ...path].join('/');

/** See `Provider.canonical`. */
export const canonical = (page: URL): string =>
  withQuery(addressOf(hostOf(page)[0], pathOf(page)), writtenIn(page, /^(?!(duration|form)=)/)).href;
