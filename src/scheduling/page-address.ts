/*
 * One address for one scheduling page, however a link to it was written. Shared by the widget and the companion, so that
 * both keep, request and invalidate the same thing. Providers that need more than this (a query that names the event type)
 * add it themselves.
 */

/** Labels before the domain that show the same pages. Cal.com's app and its marketing host are one, too. */
const SAME_PLACE = /^(?:www\.|app\.(?=cal\.(?:com|eu)$))/;

/** The host without a closing dot and without `www.`; `app.cal.com` is `cal.com`. With a port where one is written. */
export function canonicalHost({ hostname, port }: Pick<URL, 'hostname' | 'port'>): string {
  const name = hostname.toLowerCase().replace(/\.$/, '').replace(SAME_PLACE, '');
  return port ? `${name}:${port}` : name;
}

/**
 * A name as it is compared: percent-encoding undone, one Unicode form (NFC), small letters. What is encoded wrongly stays
 * as it is written.
 */
export function canonicalName(written: string): string {
  let text = written;
  try {
    text = decodeURIComponent(written);
  } catch {
    // Not percent-encoded, or wrongly: https://url.spec.whatwg.org/#percent-decode leaves such text alone, too.
  }
  return text.normalize('NFC').toLowerCase();
}

/** The parts of a path as they are compared, without empty ones. */
export const pathParts = ({ pathname }: Pick<URL, 'pathname'>): string[] =>
  pathname.split('/').filter(Boolean).map(canonicalName);

/** The parts of a path without the `embed` that a framed Cal.com page has at its end. */
export function eventPath(page: Pick<URL, 'pathname'>): string[] {
  const parts = pathParts(page);
  while (parts.at(-1) === 'embed') parts.pop();
  return parts;
}

/**
 * The address of a scheduling page: the same for every way of writing it. `keep` names the query parameters that belong to
 * the address (Cal.com's `duration`, Acuity's `appointmentType`), in the order in which they are written here.
 */
export function canonicalPage(page: URL, keep: readonly string[] = []): string {
  const query = new URLSearchParams(
    keep.flatMap((name) => page.searchParams.getAll(name).map((value) => [name, value])),
  ).toString();
  const path = eventPath(page).map(encodeURIComponent);
  return `${page.protocol}//${[canonicalHost(page), ...path].join('/')}${query && `?${query}`}`;
}
