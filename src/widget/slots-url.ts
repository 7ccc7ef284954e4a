import type { Provider } from './providers/provider.js';

interface PageOfProvider {
  readonly provider: Provider;
  readonly page: URL;
  /** Base URL of the provider's API as the site owner gave it; empty for the provider's own. */
  readonly api: string;
  readonly timeZone: string;
}

/**
 * The URL that a provider requests the slots of a page with, for what else its API is asked: it names the base of the API
 * and the event type. Empty where it has none.
 */
export function slotsUrlOf({ provider, page, api, timeZone }: PageOfProvider): string {
  const now = new Date().toISOString();
  return provider.slots?.request({ page, api, timeZone, start: now, end: now })?.url ?? '';
}
