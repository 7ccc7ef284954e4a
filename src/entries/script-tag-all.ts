import { enhance, loadRareProviders } from '../loader/chunks/links.js';
import { listenForCommandButtons } from '../loader/command-buttons.js';
import { enhancePage } from '../loader/enhance-page.js';
import { scriptUrl } from '../loader/script-url.js';
import { register } from '../widget/register.js';

/** The script tag in one file, for pages that cannot fetch modules from the script's origin. */
const address = scriptUrl();
enhancePage(
  // Optimisers for speed turn a script that was pasted into the page into a `data:` or `blob:` address, which has no folder.
  /^(data|blob):/.test(address) ? document.baseURI : address,
  enhance,
  loadRareProviders,
);
register();
if (!globalThis.CommandEvent) listenForCommandButtons();
