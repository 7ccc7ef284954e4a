/**
 * URL of the running script, query included. `currentScript` is set only while a script tag runs, and a script
 * combiner's URL is not ours, so the page's scripts and its fetched resources are looked through, too.
 */
export function scriptUrl(): string {
  const running = document.currentScript as HTMLScriptElement | null;
  const known: readonly ({ readonly src?: string; readonly name?: string } | null)[] = [
    running,
    ...document.scripts,
    ...performance.getEntriesByType('resource'),
  ];
  return (
    known
      .map((one) => one?.src || one?.name)
      // An entry without an address is tested as "undefined", which is none of ours.
      .find((url) => /\/booking-widget(\.all)?\.js/.test(url as string)) ||
    running?.src ||
    document.baseURI
  );
}
