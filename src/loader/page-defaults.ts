/** What all copies of booking-widget on one page share, in whatever version and by whichever door they came. */
export interface PageRegistry {
  /** Folder of the copy that was first, and so looks after this page; absolute, with a slash at its end. */
  readonly base: string;
  /** The query of that copy's own address: options for every widget on the page. */
  readonly defaults: URLSearchParams;
  /** Turns a link or another stand-in into a widget; there once somebody has brought it along. */
  enhance?: (form: Element) => void;
}

const KEY: unique symbol = Symbol.for('booking-widget') as never;

const shared = globalThis as { [KEY]?: PageRegistry };

/** The page's registry, if some copy has made one. */
export const pageRegistry = (): PageRegistry | undefined => shared[KEY];

/** Makes the registry from the copy's own address. Undefined when another copy was first: that one does the work. */
export function claimPage(address: string): PageRegistry | undefined {
  if (shared[KEY]) return undefined;
  return (shared[KEY] = {
    base: new URL('.', address).href,
    defaults: new URL(address).searchParams,
  });
}

/**
 * What holds for the whole page: the script's own address (`?theme=dark`), and under it the root element
 * (`<html data-booking-theme="dark">`), for pages that cannot change that address. Null where neither says anything.
 */
export const pageDefault = (name: string): string | null =>
  shared[KEY]?.defaults.get(name) ?? document.documentElement.getAttribute(`data-booking-${name}`);
