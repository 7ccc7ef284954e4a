/** When everything that the page itself has asked for is there. */
const pageLoaded = (): Promise<void> =>
  new Promise((resolve) => {
    if (document.readyState === 'complete') resolve();
    else addEventListener('load', () => resolve(), { once: true });
  });

/** Safari has no idle callbacks: a task of its own, so that input comes between. */
const idle = (): Promise<void> =>
  new Promise((resolve) => {
    (globalThis.requestIdleCallback ?? setTimeout)(() => resolve());
  });

let last: Promise<void> | undefined;

/**
 * Fulfilled when the page has loaded and the browser has nothing better to do, such as answering to input. Turns come one after
 * another, each in an idle moment of its own.
 */
export const idleTurn = (): Promise<void> => (last = (last ?? pageLoaded()).then(idle));
