/**
 * URL of the running script, query included. `currentScript` is set only while a script tag runs, and a script
 * combiner's URL is not ours, so the page's scripts and its fetched resources are looked through, too. Of elements, only
 * scripts count: `document.currentScript` and `document.scripts` may be images that a visitor's comment names so.
 */
export function scriptUrl(): string {
  const scripts = [...document.querySelectorAll('script')];
  const running = scripts[scripts.indexOf(document.currentScript as HTMLScriptElement)];
  const known: readonly ({ readonly src?: string; readonly name?: string } | undefined)[] = [
    running,
    ...scripts,
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
