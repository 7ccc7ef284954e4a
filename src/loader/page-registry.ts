/** A response that was requested before the element's code was there. */
export interface EarlyResponse {
  readonly response: Promise<Response>;
  /** When it was requested: milliseconds since the page's time origin. */
  readonly at: number;
  readonly abort: AbortController;
}

/** What all copies of booking-widget on one host page share, in whatever version and by whichever entry they came. */
export interface PageRegistry {
  /** Folder of the first copy, which enhances this page; absolute, with a slash at its end. */
  readonly base: string;
  /** The query of that copy's own address: options for every widget on the page. */
  readonly defaults: URLSearchParams;
  /** Turns a placeholder into a widget; set by the first copy that has the code for it. */
  enhance?: (placeholder: Element) => void;
  /** Slots that are on their way to the widgets in view, by the URL of the request; each is taken once. */
  early?: Map<string, EarlyResponse>;
}

export const KEY: unique symbol = Symbol.for('booking-widget') as never;

/** Where the registry is kept. */
export const shared = globalThis as { [KEY]?: PageRegistry };

/** The host page's registry, if a copy has made one. */
export const pageRegistry = (): PageRegistry | undefined => shared[KEY];

/**
 * An option for the whole host page: from the script's own address (`?theme=dark`), and under it from the root element
 * (`<html data-booking-theme="dark">`), for pages that cannot change that address. Null where it is in neither.
 */
export const pageDefault = (name: string): string | null =>
  shared[KEY]?.defaults.get(name) ?? document.documentElement.getAttribute(`data-booking-${name}`);
