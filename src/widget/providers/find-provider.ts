import { COMMON_PROVIDERS } from './common-hosts.js';
import type { Provider } from './provider.js';
import { recognize, type ProviderId } from './recognize.js';

/** The providers that most host pages use, each a lazy chunk of its own, so that a host page pays for the one it uses. */
const LOADERS: Readonly<Record<ProviderId, () => Promise<Provider>>> = {
  cal: async () => (await import('./cal-com/cal-com.js')).calCom,
  calendly: async () => (await import('./calendly.js')).calendly,
  plain: async () => (await import('./plain-frame.js')).plainFrame,
};

/** Which provider a scheduling page has, before its chunk is loaded. */
export interface FoundProvider {
  /** Null until the table of the rarer providers has been loaded. */
  readonly id: ProviderId | null;
  /** Whether a browser can request slots from this provider; null until `load` has resolved. */
  readonly slots: boolean | null;
  /** Rejects when the provider's chunk does not arrive, and may be called again. */
  load(): Promise<Provider>;
}

/**
 * Which provider a page has, without loading it yet: the one `named` in the option `provider`, else the one of its
 * address, else a plain frame. `Cal.com`, `calcom` and `cal` are the same word.
 */
export function findProvider(url: URL, named: string): FoundProvider {
  const word = named.toLowerCase().replace(/[^a-z]+|com$/g, '');
  const id =
    (Object.keys(LOADERS) as ProviderId[]).find((known) => known === word) ??
    (word === 'iframe' ? 'plain' : word ? null : recognize(url));
  return {
    id,
    slots: id && COMMON_PROVIDERS.some((common) => common.id === id && common.slots),
    load: id
      ? LOADERS[id]
      : async () => {
          const likely = LOADERS[recognize(url) ?? 'plain']();
          likely.catch(() => undefined); // may not be needed
          // Without the table of the others the page is framed as it is.
          const others = await import('./recognize-others.js').catch(() => null);
          return (await others?.findOther(url, word)) ?? likely;
        },
  };
}
