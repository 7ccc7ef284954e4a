import './element.js';
import { enhance as enhanceForm } from '../enhance-links.js';
import { pageRegistry } from '../page-defaults.js';
import { guessProvider } from '../guess-provider.js';
import { recognize } from '../../widget/providers/recognize.js';

/** Brings what knows the schedulers that are not guessed by their host. */
export const askOthers = () => import('../../widget/providers/recognize-others.js');

/** Makes a widget of a link, a button or a box that stands for one. */
export const enhance = (form: Element): void => {
  // Links to other schedulers than those that are guessed have been recognised by whoever found them.
  enhanceForm(form, (address) => !guessProvider(address) || recognize(address) !== null);
};

// The script tag's door has brought this along for the links it found, and takes the enhancer from here.
const page = pageRegistry();
if (page) page.enhance ??= enhance;
