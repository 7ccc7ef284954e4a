import { register } from '../../widget/register.js';
import { pageRegistry } from '../page-defaults.js';

/*
 * What the script tag's door brings when a widget is wanted. Doors that come with everything register by themselves,
 * after they have noted the page's options: an element reads them as soon as it is registered.
 */
if (pageRegistry()) register();
