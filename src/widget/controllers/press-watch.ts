/**
 * Tells when the press that is under way is over. A field that is left by pressing the button below it must not push that
 * button away before: the click would miss it.
 */
export function pressWatch() {
  let released = Promise.resolve();
  return {
    /** A pointer is pressed down. */
    onPress(): void {
      released = new Promise((resolve) => {
        const ended = new AbortController();
        const end = (): void => {
          ended.abort();
          // The click comes in the same task as the end of the press.
          setTimeout(resolve);
        };
        for (const type of ['pointerup', 'pointercancel'])
          addEventListener(type, end, { signal: ended.signal, capture: true });
      });
    },
    /** Settled while no pointer is down. */
    released: (): Promise<void> => released,
  };
}
