import { COMMON_PROVIDERS } from '../widget/providers/common-hosts.js';
import { retryDelay } from '../scheduling/back-off.js';
import { FAILED, failureNote, LOADING, OFFLINE } from './failure-note.js';
import { guessProvider } from './guess-provider.js';
import type { PageRegistry } from './page-registry.js';
import { addressOf, isOpener, isTag, modeOf, TAG, writtenOption } from './placeholder.js';

/** The chunks that a placeholder's widget will need beside the element, so that all of them are requested at once. */
function chunksFor(placeholder: Element): string[] {
  if (modeOf(placeholder) !== 'inline') return ['dialog'];
  const address = addressOf(placeholder);
  const named = writtenOption(placeholder, 'provider');
  const provider = named
    ? COMMON_PROVIDERS.find(({ id }) => id === named)
    : address && guessProvider(address);
  const chunk = provider ? `provider-${provider.id}` : 'recognize-others';
  return (provider?.slots || writtenOption(placeholder, 'companion')) &&
    writtenOption(placeholder, 'availability') !== 'off'
    ? ['early', chunk, 'slots']
    : [chunk];
}

/** Whether the placeholder is of use without any script, and so needs no note when the script fails to load. */
const isWorkingLink = (placeholder: Element): boolean | Element | null =>
  isOpener(placeholder) || (modeOf(placeholder) !== 'inline' && placeholder.querySelector('a[href]'));

/**
 * Returns a function that loads the element (and for links the enhancer) for a placeholder. When chunks fail to load,
 * `loadAgain` loads the same in another way. It gets the number of failures so far. When that fails as well, a note in the
 * placeholder says so, and `loadAgain` runs again: three times automatically, when the browser comes online or the page becomes
 * visible, and on request.
 */
export function chunkLoader(
  page: PageRegistry,
  loadChunk: (name: string) => Promise<unknown>,
  loadAgain: (failures: number) => Promise<unknown>,
): (placeholder: Element) => void {
  /** The placeholders to be enhanced, each with its failure note, if it has one. */
  const pending = new Map<Element, HTMLElement | undefined>();
  let isLoading = false;
  let failures = 0;

  const notify = (placeholder: Element, text: string): void => {
    if (isWorkingLink(placeholder)) return;
    let note = pending.get(placeholder);
    if (!note) {
      note = failureNote(addressOf(placeholder)?.href, load);
      pending.set(placeholder, note);
      placeholder.append(note);
    }
    // Screen readers announce an alert again when its text changes.
    (note.firstChild as Element).textContent = text;
  };

  const load = async (): Promise<void> => {
    if (isLoading) return;
    isLoading = true;
    const placeholders = [...pending.keys()];
    try {
      if (failures) for (const placeholder of placeholders) notify(placeholder, LOADING);
      const loaded = failures
        ? loadAgain(failures)
        : Promise.all([loadChunk('element'), placeholders.every(isTag) || loadChunk('links')]).catch(() =>
            loadAgain(0),
          );
      await Promise.race([
        loaded.then(() => customElements.whenDefined(TAG)),
        new Promise((_, reject) => setTimeout(reject, 20_000)),
      ]);
      failures = 0;
      for (const placeholder of placeholders) {
        pending.get(placeholder)?.remove();
        pending.delete(placeholder);
        page.enhance?.(placeholder);
      }
    } catch {
      for (const placeholder of pending.keys()) notify(placeholder, navigator.onLine ? FAILED : OFFLINE);
      if (failures++ < 3) setTimeout(retry, retryDelay(failures));
    }
    isLoading = false;
    if (!failures && pending.size) void load();
  };

  const retry = (): void => {
    if (failures && !document.hidden) void load();
  };
  addEventListener('online', retry);
  addEventListener('visibilitychange', retry);

  return (placeholder) => {
    if (isTag(placeholder) ? placeholder.shadowRoot : page.enhance) page.enhance?.(placeholder);
    else {
      pending.set(placeholder, pending.get(placeholder));
      // `load` may have begun already for tags alone, which need no links.
      if (!isTag(placeholder)) loadChunk('links').catch(() => undefined);
      for (const name of chunksFor(placeholder)) loadChunk(name).catch(() => undefined);
      void load();
    }
  };
}
