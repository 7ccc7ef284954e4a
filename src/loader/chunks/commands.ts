import { hearCommandButtons } from '../command-buttons.js';

/** For engines without command buttons; the doors bring it where it is needed. */
hearCommandButtons();
