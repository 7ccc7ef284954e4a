import { register } from '../widget/register.js';
import { hearCommandButtons } from '../loader/command-buttons.js';

register();
if (typeof document !== 'undefined' && !globalThis.CommandEvent) hearCommandButtons();
