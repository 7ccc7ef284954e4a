import { guessProvider } from './guess-provider.js';
import { addressOf, BOX, isOpener, isTag, MEANT, TAG } from './booking-form.js';

/** What knows the schedulers that are not guessed by their host. */
export interface Others {
  isFramed(address: URL): boolean;
}

/**
 * Calls `found` once for every form in the document, now and whenever markup is inserted. With `everyLink`, links to
 * known schedulers are forms wherever they stand, otherwise within `.booking-widget`. `askOthers` brings what knows the
 * schedulers that the guess does not.
 */
export function watchPage(
  found: (form: Element) => void,
  everyLink: boolean,
  askOthers: () => Promise<Others>,
): void {
  const candidates = `${MEANT},${everyLink ? '' : '.booking-widget '}a[href]`;
  const seen = new WeakSet<Element>();
  const look = (form: Element): void => {
    // What lies inside another form is that form's fallback; a tag is always a widget of its own.
    if (seen.has(form) || (!isTag(form) && form.parentElement?.closest(`${TAG},${BOX}`))) return;
    const address = addressOf(form);
    const meant = form.matches(MEANT);
    // A box without a good address is still filled, so that the widget can say what is wrong; a link stays a link.
    if (address ? meant || guessProvider(address) : meant && !isOpener(form)) {
      seen.add(form);
      found(form);
    } else if (address && address.host !== location.host) {
      seen.add(form);
      askOthers().then(
        (others) => others.isFramed(address) && found(form),
        () => seen.delete(form),
      );
    }
  };
  const search = (root: Element): void => {
    if (root.matches(candidates)) look(root);
    root.querySelectorAll(candidates).forEach(look);
  };
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes) if ('matches' in node) search(node as Element);
  }).observe(document, { childList: true, subtree: true });
  search(document.documentElement);
}
