import type { Slot } from '../../protocol/availability.js';
import type { Provider, SlotsRequest } from '../providers/provider.js';
import { companionSlotsUrl } from './companion-slots-url.js';
import { iso, type Span } from './known-slots.js';
import { readAvailability } from './read-availability.js';

/** Which event type's slots are wanted, and from whom. */
export interface AvailabilityQuery {
  readonly provider: Provider;
  readonly page: URL;
  /** Base URL of the provider's API as the site owner gave it; empty for the provider's own. */
  readonly api: string;
  /** Base URL of a companion; empty for none. */
  readonly companion: string;
  /** IANA name of the zone whose days are meant; one that `Intl` knows. */
  readonly timeZone: string;
}

/** A query with its event type's key: the same in every widget, tab and zone, whichever source answers. */
export interface KeyedQuery extends AvailabilityQuery {
  readonly key: string;
}

/** What a response says; a companion may have fetched it a while ago, and not as far ahead as was requested. */
interface SourceResponse {
  readonly slots: readonly Slot[];
  readonly fetchedAt?: number;
  readonly to?: string;
}

/** One address that slots can be requested from. */
export interface SlotsEndpoint extends SlotsRequest {
  /** The origin whose budget and breaker count. */
  readonly origin: string;
  readonly read: (body: unknown) => SourceResponse | null;
  /** Whether an error response says that there is no such event type. */
  readonly isMissing: (status: number, body: unknown) => boolean;
}

/** The same event type has the same key in every widget, tab and zone, whichever source answers. */
export const keyOf = ({ provider, page, api }: AvailabilityQuery): string =>
  `${provider.id} ${provider.canonical(page)} ${api}`;

/** The sources of a query, best first: the companion, which requests once for all visitors, then the provider itself. */
export function sourcesOf(
  { provider, page, api, companion, timeZone }: AvailabilityQuery,
  span: Span,
): SlotsEndpoint[] {
  const [start, end] = [iso(span.from), iso(span.to)];
  const sources: SlotsEndpoint[] = [];
  const add = (
    request: SlotsRequest,
    read: SlotsEndpoint['read'],
    isMissing: SlotsEndpoint['isMissing'] = () => false,
  ): void => {
    const origin = /^\w+:\/\/[^/]*/.exec(request.url)?.[0] ?? '';
    sources.push({ ...request, read, isMissing, origin });
  };
  // A companion's 404 may only mean that it does not serve this page.
  if (companion) {
    const src = provider.canonical(page);
    const url = companionSlotsUrl(companion, { src, start, end, timeZone });
    add({ url, headers: {} }, readAvailability);
  }
  const { slots: browserSource } = provider;
  const request = browserSource?.request({ page, api, start, end, timeZone });
  if (browserSource && request)
    add(
      request,
      (body) => {
        const slots = browserSource.read(body);
        return slots && { slots };
      },
      (status, body) => browserSource.isMissing?.(status, body) ?? false,
    );
  return sources;
}
