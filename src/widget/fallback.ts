import type { Fallback } from './state/state.js';

/**
 * The link inside is the fallback, the default `src` and the default label. Of several it is the one that leads to the
 * scheduling page: the others may belong to what an unclosed tag has swallowed.
 */
export const fallbackLink = (host: Element, page: URL | null): HTMLAnchorElement | undefined =>
  [...host.querySelectorAll<HTMLAnchorElement>('a[href]')].find(
    (link, _, links) => !page || !links[1] || link.host === page.host,
  );

/** Of two buttons one may belong to what an unclosed tag has swallowed. */
function onlyButton(host: Element): Element | undefined {
  const [button, ...more] = host.querySelectorAll('button');
  return more.length > 0 ? undefined : button;
}

/** The page's own element that opens the dialog, if there is one. */
export const launcherOf = (host: Element, page: URL | null, mode: string): Element | undefined =>
  mode === 'popup' ? (fallbackLink(host, page) ?? onlyButton(host)) : undefined;

/** A tag that was never closed swallows the rest of the page; whatever is not the fallback link stays visible. */
const hasMoreThanFallback = (host: Element): boolean =>
  [...host.childNodes].some((node) =>
    node instanceof Element ? !node.matches('a,br,[role=alert]') : node instanceof Text && node.data.trim(),
  );

export const readFallback = (host: Element, page: URL | null, mode: string): Fallback => {
  const link = fallbackLink(host, page);
  return {
    text: link?.textContent.trim() ?? '',
    hasLink: !!link,
    hasLauncher: !!launcherOf(host, page, mode),
    hasContent: hasMoreThanFallback(host),
  };
};
