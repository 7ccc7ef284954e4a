/** Pages that an account serves: an origin, or an origin and the beginning of a path; with a query, those that say it too. */
export interface PagePrefix {
  readonly origin: string;
  readonly path: readonly string[];
  readonly query: readonly (readonly [name: string, value: string])[];
}

/** The parts of a path, without empty ones. Percent-encoding stays as it is. */
export const partsOf = ({ pathname }: URL): string[] => pathname.split('/').filter(Boolean);

/** `www.` and a missing one are the same place, and so is a host with its closing dot. */
const originOf = ({ protocol, hostname, port }: URL): string =>
  `${protocol}//${hostname.replace(/^www\./, '').replace(/\.$/, '')}${port && `:${port}`}`;

export const prefixOf = (page: string): PagePrefix => {
  const url = new URL(page);
  return { origin: originOf(url), path: partsOf(url), query: [...url.searchParams] };
};

/** Whether a page is one of these. Only the address is looked at; nobody is asked. */
export const isWithin = (page: URL, prefixes: readonly PagePrefix[]): boolean => {
  const parts = partsOf(page);
  return prefixes.some(
    ({ origin, path, query }) =>
      origin === originOf(page) &&
      path.every((part, i) => part === parts[i]) &&
      query.every(([name, value]) => page.searchParams.get(name) === value),
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
