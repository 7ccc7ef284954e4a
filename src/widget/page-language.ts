import { closestComposed } from './platform/closest-composed.js';

/** The language that the page writes around an element, else the browser's; as written, not canonical. */
export const writtenLanguage = (element: Element): string =>
  closestComposed(element, '[lang]:not([lang=""])')?.lang || navigator.language;

const listeners = new Set<() => void>();
let observer: MutationObserver | undefined;

/** Calls when a `lang` attribute of the page changes. One observer serves all widgets. Returns how to stop. */
export function onLanguageChange(listener: () => void): () => void {
  observer ??= new MutationObserver(() => listeners.forEach((call) => call()));
  if (!listeners.size)
    observer.observe(document, { attributes: true, attributeFilter: ['lang'], subtree: true });
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (!listeners.size) observer?.disconnect();
  };
}
