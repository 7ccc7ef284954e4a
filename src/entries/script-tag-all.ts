import { askOthers, enhance } from '../loader/chunks/links.js';
import { register } from '../widget/register.js';
import { hearCommandButtons } from '../loader/command-buttons.js';
import { lookAfterPage } from '../loader/look-after-page.js';
import { ownAddress } from '../loader/own-address.js';

/** The script tag's door in one file, for pages that cannot fetch modules from where the script is. */
lookAfterPage(ownAddress(), enhance, askOthers);
register();
if (!globalThis.CommandEvent) hearCommandButtons();
