import { listenForCommandButtons } from '../command-buttons.js';

/** For engines without invoker commands; entries load it where it is needed. */
listenForCommandButtons();
