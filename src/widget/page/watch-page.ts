import { guessProvider } from './guess-provider.js';
import { addressOf, isOpener, isTag, MEANT } from './booking-form.js';

/**
 * Calls `found` once for every form in the document, now and whenever markup is inserted. With `everyLink`, links to
 * known schedulers are forms wherever they stand, otherwise within `.booking-widget`. `askOthers` brings what knows the
 * schedulers that the guess does not.
 */
export function watchPage(
  found: (form: Element) => void,
  everyLink: boolean,
  askOthers: () => Promise<{ isFramed(address: URL): boolean }>,
): void {
  const candidates = `${MEANT},${everyLink ? '' : '.booking-widget '}a[href]`;
  const seen = new WeakSet<Element>();
  const look = (form: Element): void => {
    if (seen.has(form)) return;
    if (!isTag(form)) {
      // What lies inside another form is that form's fallback.
      if (form.parentElement?.closest('booking-widget,[data-booking-src]')) return;
      const address = addressOf(form);
      const meant = form.matches(MEANT);
      // A box without a good address is still filled, so that the widget can say what is wrong; a link stays a link.
      if (!(address ? meant || guessProvider(address) : meant && !isOpener(form))) {
        if (address && address.host !== location.host) {
          seen.add(form);
          askOthers().then(
            (others) => others.isFramed(address) && found(form),
            () => seen.delete(form),
          );
        }
        return;
      }
    }
    seen.add(form);
    found(form);
  };
  const search = (root: Element | Document): void => {
    if (root instanceof Element && root.matches(candidates)) look(root);
    root.querySelectorAll(candidates).forEach(look);
  };
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes) if (node instanceof Element) search(node);
  }).observe(document, { childList: true, subtree: true });
  search(document);
}
