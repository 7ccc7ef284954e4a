import { findProvider } from './providers/find-provider.js';
import type { Options } from './options.js';
import type { Failure, Source } from './state/state.js';

/** `cal.com/acme` would be read as a folder beside the page. */
const HOST_WITHOUT_SCHEME = /^([\w-]+\.)+[a-z]{2,}\//i;

/**
 * What looks like a file beside the page and is none: a value that a template has left, a scheme that was misspelt, an address
 * with something before it.
 */
const NO_FILE =
  /^(undefined|null)$|^https?(?!:\/\/)\W|[\s"<>[\]{}|^`\\\u200b-\u200f\u2018-\u201f«»]|^'|:\/\//i;

const ABSOLUTE = /^\s*(https?:)?\/\//i;

/** Two addresses in one. */
const SECOND = /^\s*(https?:)?\/\/(https?[:/]|\S+\s+https?:)/i;

/**
 * Reads what the site owner wrote as `src`, relative to the document. Only http(s) addresses other than the page's own
 * can be a scheduling page.
 */
export function readAddress(written: string, base = document.baseURI): URL | Failure {
  const wrong = (why: string): Failure => ({
    code: 'bad-config',
    detail: `src ${JSON.stringify(written)} ${why}`,
  });
  if (!written) return { code: 'bad-config', detail: 'src is missing, and so is a link inside' };
  if (HOST_WITHOUT_SCHEME.test(written)) return wrong('lacks https://');
  if (SECOND.test(written)) return wrong('is more than one address');
  let url: URL;
  try {
    url = new URL(written.startsWith('//') ? location.protocol + written : written, base);
  } catch {
    return wrong('is not an address');
  }
  if (!/^https?:$/.test(url.protocol)) return wrong('is not an http(s) address');
  if (!ABSOLUTE.test(written) && NO_FILE.test(written.replace(/[?#].*/s, '')))
    return wrong('is not an address');
  return url.href.split('#')[0] === base.split('#')[0] ? wrong('is the address of this page') : url;
}

/** @param written `src`, or the address of the link inside; empty where there is neither */
export function readSource(written: string, options: Options): Source {
  // The parser may not have come to the link inside yet.
  if (!written && document.readyState === 'loading') return { status: 'waiting' };
  const page = readAddress(written);
  if (!(page instanceof URL)) return { status: 'problem', failure: page };
  const { id, slots } = findProvider(page, options.provider);
  return { status: 'page', page, provider: id ?? '', canRequestSlots: !!options.companion || slots === true };
}
