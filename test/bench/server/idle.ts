// A process that does nothing: what it was held up is the machine's doing.
import { tellHeld } from './held.js';

tellHeld();
console.log('idle');
