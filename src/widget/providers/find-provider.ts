import type { Provider } from './provider.js';
import { recognize, type ProviderId } from './recognize.js';

/** One row per provider. Each is a lazy chunk of its own, so that a page pays for the one it uses. */
const LOADERS: Readonly<Record<ProviderId, () => Promise<Provider>>> = {
  cal: async () => (await import('./cal-com.js')).calCom,
  calendly: async () => (await import('./calendly.js')).calendly,
  plain: async () => (await import('./plain-frame.js')).plainFrame,
};

/** Reads the option `provider`: `Cal.com`, `calcom` and `cal` are the same word. */
function readName(named: string): ProviderId | undefined {
  const word = named.toLowerCase().replace(/[^a-z]+|com$/g, '');
  if (word === 'iframe') return 'plain';
  return (Object.keys(LOADERS) as ProviderId[]).find((id) => id === word);
}

/**
 * Which provider a page has, without loading it yet: the one `named` in the option `provider`, else the one its address
 * tells, else a plain frame. `load` rejects when the provider's chunk does not arrive and may be called again.
 */
export function findProvider(url: URL, named: string): { id: ProviderId; load(): Promise<Provider> } {
  const id = readName(named) ?? recognize(url) ?? 'plain';
  return { id, load: LOADERS[id] };
}
