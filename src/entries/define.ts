import { listenForCommandButtons } from '../loader/command-buttons.js';
import { register } from '../widget/register.js';

/** Importing this registers `<booking-widget>`. */
register();
if (typeof document !== 'undefined' && !globalThis.CommandEvent) listenForCommandButtons();
