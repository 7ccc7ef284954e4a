/*
 * The providers that most host pages use, by host. The loader carries this table, so a row is a host and a word; every
 * other provider is a row in `recognize-others`, which is fetched when a link needs it.
 */

/** One provider that is known by its host alone. */
export interface CommonProvider {
  readonly id: 'cal' | 'calendly';
  /** Matches a lower-case host without a final dot, whether or not a path follows. */
  readonly host: RegExp;
  /** Whether a browser can request slots, so that the slots chunk is worth fetching together with the provider. */
  readonly slots?: true;
}

/** Group 1 of a Cal.com host is its first label (an organization, `app` or `www`), group 2 the region. */
export const CAL_COM_HOST = /^(?:([\w-]+)\.)?cal\.(com|eu)(?:\/|$)/;

export const CALENDLY_HOST = /^(?:www\.)?calendly\.com(?:\/|$)/;

export const COMMON_PROVIDERS: readonly CommonProvider[] = [
  { id: 'cal', host: CAL_COM_HOST, slots: true },
  { id: 'calendly', host: CALENDLY_HOST },
];

/** The common provider whose host this is, if any. Hosts without scheduling pages (`docs.cal.com`) match, too. */
export const commonProviderOf = (host: string): CommonProvider | undefined =>
  COMMON_PROVIDERS.find((common) => common.host.test(host));
