import { modeOf, writtenOption } from './widget/page/booking-form.js';
import { partsBringer } from './widget/page/bring-parts.js';
import { ownAddress } from './widget/page/own-address.js';
import { claimPage, pageDefault } from './widget/page/page-defaults.js';
import { reserveSpace } from './widget/page/reserve-space.js';
import { watchPage } from './widget/page/watch-page.js';
import { VERSION } from './version.js';

const once = { once: true };

const whenIdle = (call: () => void): void => {
  const soon = (): unknown => (globalThis.requestIdleCallback ?? setTimeout)(call);
  if (document.readyState === 'complete') soon();
  else addEventListener('load', soon, once);
};

/*
 * The script tag's door: all that a page fetches before a widget is wanted. It finds the forms, keeps their place, and
 * brings the rest when one comes near, is about to be used, or asks for it at once. Until then links are links.
 */
const page = claimPage(VERSION, ownAddress());

if (page) {
  const bring = partsBringer(page);

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
        if (/^eager$/i.test(writtenOption(form, 'loading'))) now();
        else if (modeOf(form) === 'floating') whenIdle(now);
        else {
          near.observe(form);
          form.addEventListener('pointerenter', now, once); // a touch enters too
          form.addEventListener('focusin', now, once);
        }
      },
      pageDefault('links') === 'popup',
      () => import(/* @vite-ignore */ `${page.base}v${VERSION}/recognize-others.js`),
    );
  };

  reserveSpace();
  // A page that is prerendered may never be looked at.
  if ((document as { prerendering?: boolean }).prerendering)
    document.addEventListener('prerenderingchange', start, once);
  else start();
}
