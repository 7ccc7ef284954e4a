import { register } from '../../widget/register.js';
import { pageRegistry } from '../page-registry.js';

/*
 * What the loader fetches when a widget is wanted. Entries that contain everything call `register` themselves, after they
 * have noted the host page's options: an element reads them as soon as it is registered.
 */
if (pageRegistry()) register();
