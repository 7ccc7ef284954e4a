/** Opens an address in a tab that knows nothing of this page. A frame that may not open tabs goes there itself. */
export function openTab(href: string): void {
  if (!href) return;
  const tab = window.open(href);
  if (tab) tab.opener = null;
  else location.assign(href);
}
