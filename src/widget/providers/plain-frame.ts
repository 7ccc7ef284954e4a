import { withQuery, writtenIn } from './page-query.js';
import type { Provider } from './provider.js';

/** What advertising, newsletters and content management systems hang onto links. */
export const TRACKING =
  /^(utm_\w+|ref|[gdw]clid|[gw]braid|fbclid|msclkid|ttclid|twclid|yclid|li_fat_id|mc_[ce]id|_hs\w+|_gl|igshid|srsltid)(=|$)/;

const addressOf = ({ origin, pathname, hash }: URL): string => origin + pathname + hash;

/** Any page that lets itself be framed. Nothing is known of it, so nothing is promised. */
export const plainFrame: Provider = {
  id: 'plain',
  name: 'Scheduling page',
  capabilities: {
    ready: 'load',
    height: 'fixed',
    booked: 'none',
    deepLink: 'none',
    prefill: 'none',
    framing: 'conditional',
    availability: 'none',
  },
  height: { min: 0, max: 0 },
  allow: '',

  canonical: (page) => withQuery(addressOf(page), writtenIn(page, TRACKING)).href,
  frameUrl: ({ page, params }) => withQuery(addressOf(page), writtenIn(page), params),
  pageUrl: (context) => plainFrame.frameUrl(context),
  read: () => null,
  respond: () => [],
  slots: null,
};
