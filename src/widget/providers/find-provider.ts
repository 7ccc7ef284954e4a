import type { Provider } from './provider.js';
import { recognize, type ProviderId } from './recognize.js';

/** The providers that most pages have, each a lazy chunk of its own, so that a page pays for the one it uses. */
const LOADERS: Readonly<Record<ProviderId, () => Promise<Provider>>> = {
  cal: async () => (await import('./cal-com.js')).calCom,
  calendly: async () => (await import('./calendly.js')).calendly,
  plain: async () => (await import('./plain-frame.js')).plainFrame,
};

/**
 * Which provider a page has, without loading it yet: the one `named` in the option `provider`, else the one its address
 * tells, else a plain frame. `Cal.com`, `calcom` and `cal` are the same word. Null as `id` means that another part has
 * to be asked first. `load` rejects when the provider's chunk does not arrive and may be called again.
 */
export function findProvider(
  url: URL,
  named: string,
): { readonly id: ProviderId | null; load(): Promise<Provider> } {
  const word = named.toLowerCase().replace(/[^a-z]+|com$/g, '');
  const id =
    (Object.keys(LOADERS) as ProviderId[]).find((known) => known === word) ??
    (word === 'iframe' ? 'plain' : word ? null : recognize(url));
  return {
    id,
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
