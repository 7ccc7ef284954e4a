/** An address that may be linked: relative ones are of the page, and scripts are none. Empty for everything else. */
export function linkedUrl(written: string): string {
  try {
    const url = new URL(written, document.baseURI);
    return written && /^https?:$/.test(url.protocol) ? url.href : '';
  } catch {
    return '';
  }
}
