import { element } from './element.js';

/** By a script tag, which needs no CORS. Rejects where Trusted Types forbid to set the address. */
export const loadByTag = (src: string): Promise<unknown> =>
  new Promise<unknown>((onload, onerror) => {
    // The tag stays in the page: WebKit may drop the listeners of a removed script before it has failed.
    document.head.append(
      element('script', {
        nonce: document.querySelector<HTMLElement>('script[nonce]')?.nonce ?? '',
        onload,
        onerror,
        src,
      }),
    );
  });
