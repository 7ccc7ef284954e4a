const OURS = /\/booking-widget(\.all)?\.js/;

/**
 * Address of the running script, query included. `currentScript` is there only while a script tag runs, and a script
 * combiner's is not ours, so the page's scripts and whatever it has fetched are looked through too.
 */
export function ownAddress(): string {
  const running = document.currentScript as HTMLScriptElement | null;
  const known: Iterable<{ readonly src?: string; readonly name?: string } | null> = [
    running,
    ...document.scripts,
    ...performance.getEntriesByType('resource'),
  ];
  return (
    [...known].map((one) => one?.src || one?.name || '').find((address) => OURS.test(address)) ||
    running?.src ||
    document.baseURI
  );
}
