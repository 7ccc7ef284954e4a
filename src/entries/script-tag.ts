import { chunkLoader } from '../loader/chunk-loader.js';
import { claimPage } from '../loader/claim-page.js';
import { loadByTag } from '../loader/load-by-tag.js';
import { loadWhenWanted } from '../loader/load-when-wanted.js';
import { scriptUrl } from '../loader/script-url.js';
import { VERSION } from '../version.js';

const ONE_FILE = 'booking-widget.all.js';

/* The loader: all that a host page fetches before a widget is wanted. Its chunks come from beside the script. */
const page = claimPage(scriptUrl());

if (page) {
  const loadFile = (file: string): Promise<unknown> => import(/* @vite-ignore */ page.base + file);
  const loadChunk = (name: string): Promise<unknown> => loadFile(`v${VERSION}/${name}.js`);
  // Browsers remember failed imports, and those of all modules that import them, for as long as the page lives
  // (https://github.com/whatwg/html/issues/6768). So after a failure everything is loaded in one file: by a tag, whose
  // failure is not remembered, or under a new address.
  const loadAgain = (failures: number): Promise<unknown> =>
    loadByTag(page.base + ONE_FILE).catch(() => loadFile(`${ONE_FILE}?${failures}`));
  loadWhenWanted(chunkLoader(page, loadChunk, loadAgain), loadChunk);
}
