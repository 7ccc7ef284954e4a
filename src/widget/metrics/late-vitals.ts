import type { VitalsWatch } from './page-vitals.js';

/**
 * The watch over the page's Core Web Vitals, usable at once: web-vitals is most of what metrics weigh, so it comes as a
 * part of its own. Browsers keep what happened before. Until it is there, and where it does not come, a report
 * has no page figures.
 */
export function lateVitals(changed: () => void, viewStart: () => number): VitalsWatch {
  let watch: VitalsWatch | undefined;
  /** The widgets, and what ends telling their share apart. */
  const included = new Map<Element, (() => void) | undefined>();
  import('./page-vitals.js')
    .then(({ watchVitals }) => {
      watch = watchVitals(changed, viewStart);
      for (const host of included.keys()) included.set(host, watch.include(host));
      changed();
    })
    .catch(() => undefined);
  return {
    values: () => watch?.values() ?? {},
    include(host) {
      included.set(host, watch?.include(host));
      return () => {
        included.get(host)?.();
        included.delete(host);
      };
    },
  };
}
