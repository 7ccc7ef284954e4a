import { guessProvider } from './guess-provider.js';
import { addressOf, BOX, isOpener, isTag, MARKED, TAG } from './placeholder.js';

/** What recognises the providers that are not guessed by their host. */
export interface RareProviders {
  isFramed(address: URL): boolean;
}

/** A node that is no element; unlike `instanceof`, this also recognises elements of other windows. */
type Other<Kind extends Node> = Kind & { readonly matches?: undefined };

const CHANGES: MutationObserverInit = { childList: true, subtree: true };

/**
 * Calls `found` once for every placeholder in the document, now and whenever markup is inserted. With `everyLink`, links
 * to known providers are placeholders wherever they are, otherwise within `.booking-widget`. `loadRareProviders` fetches
 * what recognises the providers that the guess does not know.
 *
 * Open shadow roots are searched and observed, too. No selector crosses into them, so every inserted element is asked
 * for its shadow root: about 1.3 µs for each element the first time, 0.2 µs in later searches (Chromium). The root of a
 * component that attaches it after it was both inserted and defined is not found.
 */
export function findPlaceholders(
  found: (placeholder: Element) => void,
  everyLink: boolean,
  loadRareProviders: () => Promise<RareProviders>,
): void {
  const candidates = `${MARKED},${everyLink ? '' : '.booking-widget '}a[href]`;
  const seen = new WeakSet<Element>();
  const awaited = new Set<string>();
  let nextSearch: ReturnType<typeof setTimeout> | undefined;

  const check = (element: Element): void => {
    // What is inside another placeholder is its fallback; a tag is always a widget.
    if (seen.has(element) || (!isTag(element) && element.parentElement?.closest(`${TAG},${BOX}`))) return;
    const address = addressOf(element);
    const isMarked = element.matches(MARKED);
    // A box without a good address is still filled, so that the widget can say what is wrong; a link stays a link.
    if (address ? isMarked || guessProvider(address) : isMarked && !isOpener(element)) {
      seen.add(element);
      found(element);
    } else if (address && address.host !== location.host) {
      seen.add(element);
      loadRareProviders().then(
        (providers) => providers.isFramed(address) && found(element),
        () => seen.delete(element),
      );
    }
  };

  const searchAll = (): void => {
    nextSearch = undefined;
    search(document.documentElement);
  };

  const searchInside = (element: Element): void => {
    const { shadowRoot, localName } = element;
    if (isTag(element)) return;
    if (shadowRoot) {
      observer.observe(shadowRoot, CHANGES);
      search(shadowRoot);
    } else if (localName.includes('-') && !awaited.has(localName) && element.matches(':not(:defined)')) {
      awaited.add(localName);
      // Components get their shadow roots when they are defined: one more search for all that are defined together.
      void customElements.whenDefined(localName).then(() => (nextSearch ??= setTimeout(searchAll)));
    }
  };

  const search = (root: Element | Other<ShadowRoot>): void => {
    for (const element of [root, ...root.querySelectorAll('*')])
      if (element.matches) {
        if (element.matches(candidates)) check(element);
        searchInside(element);
      }
  };

  const observer = new MutationObserver((changes) => {
    for (const change of changes)
      for (const node of change.addedNodes as NodeListOf<Element | Other<Text>>)
        if (node.matches) search(node);
  });
  observer.observe(document, CHANGES);
  searchAll();
}
