import './element.js';
import { enhance as enhanceForm } from './widget/page/enhance-links.js';
import { pageRegistry } from './widget/page/page-defaults.js';
import { recognize } from './widget/providers/recognize.js';

/** Makes a widget of a link, a button or a box that stands for one. */
export const enhance = (form: Element): void => {
  enhanceForm(form, (address) => recognize(address) !== null);
};

// The script tag's door has brought this along for the links it found, and takes the enhancer from here.
const page = pageRegistry();
if (page) page.enhance ??= enhance;
