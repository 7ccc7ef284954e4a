import { register } from './register.js';
import { hearCommandButtons } from './widget/page/command-buttons.js';

register();
if (typeof document !== 'undefined' && !globalThis.CommandEvent) hearCommandButtons();
