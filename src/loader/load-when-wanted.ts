import { findPlaceholders, type RareProviders } from './find-placeholders.js';
import { pageDefault } from './page-registry.js';
import { modeOf, TAG, writtenOption } from './placeholder.js';
import { VERSION } from '../version.js';
import { MARK } from '../widget/version-mark.js';
import { reserveSpace } from './reserve-space.js';

type Connected = Navigator & { readonly connection?: { readonly saveData?: boolean } };

const once = { once: true };

/**
 * Finds the placeholders of the host page, reserves their space, and calls `load` for each one that is about one and a half
 * screens away (200 px where the visitor pays by the byte), is about to be used, or is eager. Until then links are links.
 * `loadChunk` fetches a chunk by its name.
 */
export function loadWhenWanted(
  load: (placeholder: Element) => void,
  loadChunk: (name: string) => Promise<unknown>,
): void {
  const savesData = (navigator as Connected).connection?.saveData;
  let isReturnVisit: boolean | undefined;
  try {
    isReturnVisit = !savesData && localStorage[MARK] === VERSION;
  } catch {
    // Storage is blocked.
  }
  const nearViewport =
    globalThis.IntersectionObserver &&
    new IntersectionObserver(
      (entries) => {
        for (const entry of entries)
          if (entry.isIntersecting) {
            nearViewport.unobserve(entry.target);
            load(entry.target);
          }
      },
      { rootMargin: savesData ? '200px' : '150%' },
    );

  const prepare = (placeholder: Element): void => {
    const now = (): void => load(placeholder);
    reserveSpace(placeholder.getRootNode() as Document | ShadowRoot);
    // For engines without invoker commands; buttons name their widget by its id.
    if (placeholder.id && !globalThis.CommandEvent) loadChunk('commands').catch(() => undefined);
    const isFloating = modeOf(placeholder) === 'floating';
    if (!nearViewport || /eager/i.test(writtenOption(placeholder, 'loading'))) now();
    else if (isFloating || isReturnVisit) {
      if (document.readyState === 'complete') now();
      else addEventListener('load', now, once);
    }
    if (!isFloating) {
      nearViewport?.observe(placeholder);
      placeholder.addEventListener('pointerenter', now, once); // a touch enters, too
      placeholder.addEventListener('focusin', now, once);
      placeholder.addEventListener(
        'command',
        (event) => {
          if (placeholder.shadowRoot) return;
          now();
          // The element was not there yet: it gets the command once it is defined.
          void customElements.whenDefined(TAG).then(() => placeholder.dispatchEvent(event));
        },
        once,
      );
    }
  };

  reserveSpace(document);
  findPlaceholders(
    prepare,
    pageDefault('links') === 'popup',
    () => loadChunk('recognize-others') as Promise<RareProviders>,
  );
}
