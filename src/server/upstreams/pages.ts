import { canonicalHost, pathParts } from '../../scheduling/page-address.js';

/** Pages that an account serves: an origin, or an origin and the beginning of a path; with a query, those that say it too. */
export interface PagePrefix {
  readonly origin: string;
  readonly path: readonly string[];
  readonly query: readonly (readonly [name: string, value: string])[];
}

const originOf = (page: URL): string => `${page.protocol}//${canonicalHost(page)}`;

export const prefixOf = (page: string): PagePrefix => {
  const url = new URL(page);
  return { origin: originOf(url), path: pathParts(url), query: [...url.searchParams] };
};

/** Whether a page is one of these, however its address is written. Only the address is looked at; no request is made. */
export const isWithin = (page: URL, prefixes: readonly PagePrefix[]): boolean => {
  const [origin, parts] = [originOf(page), pathParts(page)];
  return prefixes.some(
    (prefix) =>
      prefix.origin === origin &&
      prefix.path.every((part, i) => part === parts[i]) &&
      prefix.query.every(([name, value]) => page.searchParams.get(name) === value),
  );
};

/** Hosts on which everybody has pages. */
const SHARED = new Set([
  'https://cal.com',
  'https://app.cal.com',
  'https://cal.eu',
  'https://calendly.com',
  'https://app.acuityscheduling.com',
  'https://acuityscheduling.com',
  'https://meetings.hubspot.com',
  'https://meetings-eu1.hubspot.com',
]);

/** Whether a prefix means the pages of everybody at a service, and not those of somebody. */
export const isShared = ({ origin, path, query }: PagePrefix): boolean =>
  path.length === 0 && query.length === 0 && SHARED.has(origin);
