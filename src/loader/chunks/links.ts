import './element.js';
import { recognize } from '../../widget/providers/recognize.js';
import { enhance as enhancePlaceholder } from '../enhance-placeholder.js';
import { guessProvider } from '../guess-provider.js';
import { pageRegistry } from '../page-registry.js';

/** Fetches what recognises the providers that are not guessed by their host. */
export const loadRareProviders = () => import('../../widget/providers/recognize-others.js');

/** Makes a widget of a link, a button or a box. */
export const enhance = (placeholder: Element): void => {
  // `findPlaceholders` has already recognised links to providers that are not guessed.
  enhancePlaceholder(placeholder, (address) => !guessProvider(address) || recognize(address) !== null);
};

// The loader fetches this chunk for the links it found, and takes the enhancer from the registry.
const page = pageRegistry();
if (page) page.enhance ??= enhance;
