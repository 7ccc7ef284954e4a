import { askOthers, enhance } from './links.js';
import { register } from './register.js';
import { hearCommandButtons } from './widget/page/command-buttons.js';
import { lookAfterPage } from './widget/page/look-after-page.js';
import { ownAddress } from './widget/page/own-address.js';

/** The script tag's door in one file, for pages that cannot fetch modules from where the script is. */
lookAfterPage(ownAddress(), enhance, askOthers);
register();
if (!globalThis.CommandEvent) hearCommandButtons();
