import { modeOf, TAG, writtenOption } from '../loader/booking-form.js';
import { partsBringer } from '../loader/bring-parts.js';
import { ownAddress } from '../loader/own-address.js';
import { claimPage, pageDefault } from '../loader/page-defaults.js';
import { reserveSpace } from '../loader/reserve-space.js';
import { watchPage, type Others } from '../loader/watch-page.js';
import { VERSION } from '../version.js';

const once = { once: true };

const whenLoaded = (call: () => void): void => {
  if (document.readyState === 'complete') call();
  else addEventListener('load', call, once);
};

/*
 * The script tag's door: all that a page fetches before a widget is wanted. It finds the forms, keeps their place, and
 * brings the rest when one comes near, is about to be used, or asks for it at once. Until then links are links.
 */
const page = claimPage(ownAddress());

if (page) {
  const load = (file: string): Promise<unknown> => import(/* @vite-ignore */ page.base + file);
  const part = (name: string): Promise<unknown> => load(`v${VERSION}/${name}.js`);
  const bring = partsBringer(page, load, part);

  const near = new IntersectionObserver(
    (seen) => {
      for (const { isIntersecting, target } of seen)
        if (isIntersecting) {
          near.unobserve(target);
          bring(target);
        }
    },
    { rootMargin: '200px' },
  );

  const start = (): void => {
    watchPage(
      (form) => {
        const now = (): void => {
          bring(form);
        };
        // Engines that know no command buttons; these name their widget by its id.
        if (form.id && !globalThis.CommandEvent) part('commands').catch(() => undefined);
        if (writtenOption(form, 'loading').toLowerCase() === 'eager') now();
        else if (modeOf(form) === 'floating') whenLoaded(now);
        else {
          near.observe(form);
          form.addEventListener('pointerenter', now, once); // a touch enters too
          form.addEventListener('focusin', now, once);
          form.addEventListener(
            'command',
            (event) => {
              if (form.shadowRoot) return;
              now();
              // A button of the page was pressed before there was anybody to hear it.
              void customElements.whenDefined(TAG).then(() => form.dispatchEvent(event));
            },
            once,
          );
        }
      },
      pageDefault('links') === 'popup',
      () => part('recognize-others') as Promise<Others>,
    );
  };

  reserveSpace();
  // A page that is prerendered may never be looked at.
  if ((document as { prerendering?: boolean }).prerendering)
    document.addEventListener('prerenderingchange', start, once);
  else start();
}
