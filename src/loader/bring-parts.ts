import { retryDelay } from '../widget/retry-backoff.js';
import { addressOf, isOpener, isTag, modeOf, TAG, writtenOption } from './booking-form.js';
import { failureNote, say } from './failure-note.js';
import { guessProvider } from './guess-provider.js';
import { make } from './make-element.js';
import type { PageRegistry } from './page-defaults.js';

const ALL = 'booking-widget.all.js';
const LIMIT_MS = 20_000;
const AUTOMATIC_TRIES = 3;

const inTime = (work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work, new Promise((_, reject) => setTimeout(reject, LIMIT_MS))]);

/** The files that a form will need beside the element, so that all of them are asked for at once. */
function partsFor(form: Element): string[] {
  const parts = isTag(form) ? [] : ['links'];
  if (modeOf(form) !== 'inline') return [...parts, 'dialog'];
  const address = addressOf(form);
  const provider = writtenOption(form, 'provider') || (address && guessProvider(address)) || '';
  // It becomes part of an address, and who writes markup must not choose which script runs.
  parts.push(/^(cal|calendly|plain)$/.test(provider) ? `provider-${provider}` : 'recognize-others');
  if (
    (provider === 'cal' || writtenOption(form, 'companion')) &&
    writtenOption(form, 'availability') !== 'off'
  )
    parts.push('times');
  return parts;
}

/** By a script tag: that needs no CORS. Where the page allows no address to be written there, this rejects. */
const byTag = (src: string): Promise<unknown> =>
  new Promise((onload, onerror) => {
    const nonce = document.querySelector<HTMLElement>('script[nonce]')?.nonce ?? '';
    // It stays in the page: WebKit forgets who listens to a script that is nowhere, now and then before it has failed.
    document.head.append(make('script', { nonce, onload, onerror, src }));
  });

/** Whether the form is of use without any script, and so needs no word when the script does not come. */
const isWorkingLink = (form: Element): boolean | Element | null =>
  isOpener(form) || (modeOf(form) !== 'inline' && form.querySelector('a[href]'));

/**
 * Returns what brings the element (and for links the enhancer) when a form wants it, says so in the form's place when
 * they do not come, and tries again: three times by itself, when the browser is online or looked at again, and on
 * request.
 */
export function partsBringer(
  page: PageRegistry,
  load: (file: string) => Promise<unknown>,
  part: (name: string) => Promise<unknown>,
): (form: Element) => void {
  /** With the failure note that stands in the form, if there is one. */
  const wanted = new Map<Element, HTMLElement | undefined>();
  let busy = false;
  let tries = 0;

  const tell = (form: Element, words: string): void => {
    if (isWorkingLink(form)) return;
    let note = wanted.get(form);
    if (!note) {
      note = failureNote(addressOf(form)?.href, bring);
      wanted.set(form, note);
      form.append(note);
    }
    say(note, words);
  };

  const bring = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    const forms = [...wanted.keys()];
    try {
      if (tries) for (const form of forms) tell(form, 'Loading the calendar…');
      // Browsers remember for good that a module could not be had, and with it all that import it. So after a failure
      // everything comes in one file: by a tag, which nobody remembers, or under an address that was never asked for.
      const brought = tries
        ? byTag(page.base + ALL)
        : Promise.all([part('element'), forms.every(isTag) || part('links')]).catch(() =>
            byTag(page.base + ALL),
          );
      await inTime(brought.catch(() => load(`${ALL}?${tries}`)).then(() => customElements.whenDefined(TAG)));
      tries = 0;
      for (const form of forms) {
        wanted.get(form)?.remove();
        wanted.delete(form);
        page.enhance?.(form);
      }
    } catch {
      for (const form of wanted.keys())
        tell(form, navigator.onLine ? 'The calendar could not be loaded.' : 'You seem to be offline.');
      if (tries++ < AUTOMATIC_TRIES) setTimeout(again, retryDelay(tries));
    }
    busy = false;
    if (!tries && wanted.size) void bring();
  };

  const again = (): void => {
    if (tries && !document.hidden) void bring();
  };
  addEventListener('online', again);
  document.addEventListener('visibilitychange', again);

  return (form) => {
    if (isTag(form) ? form.shadowRoot : page.enhance) page.enhance?.(form);
    else {
      wanted.set(form, wanted.get(form));
      for (const name of partsFor(form)) part(name).catch(() => undefined);
      void bring();
    }
  };
}
