import { KEY, shared, type PageRegistry } from './page-registry.js';

/** Makes the registry from the copy's own address. Undefined when another copy was first: that one enhances the page. */
export function claimPage(address: string): PageRegistry | undefined {
  if (shared[KEY]) return undefined;
  return (shared[KEY] = {
    base: new URL('.', address).href,
    defaults: new URL(address).searchParams,
  });
}
