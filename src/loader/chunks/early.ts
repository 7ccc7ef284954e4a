import { requestSlotsEarly } from '../early-slots.js';
import { pageRegistry } from '../page-registry.js';

/** What the loader fetches beside the element, on pages whose slots the browser can request. */
const page = pageRegistry();
if (page) requestSlotsEarly(page);
