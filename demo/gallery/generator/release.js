/*
 * The version of the files beside this page, and their SRI values. They are computed here: a release is built reproducibly, so the
 * content network has the same bytes under that version.
 */
const FILES = ['booking-widget.js'];

async function integrityOf(file) {
  const response = await fetch(new URL(`../dist/${file}`, import.meta.url));
  const hash = await crypto.subtle.digest('SHA-384', await response.arrayBuffer());
  return `sha384-${btoa(String.fromCharCode(...new Uint8Array(hash)))}`;
}

const { VERSION } = await import(new URL('../dist/esm/version.js', import.meta.url).href);

/** Without https the browser computes no hashes: then there are none. */
export const release = {
  version: VERSION,
  integrity: globalThis.crypto?.subtle
    ? Object.fromEntries(await Promise.all(FILES.map(async (file) => [file, await integrityOf(file)])))
    : {},
};
