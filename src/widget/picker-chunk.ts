/** How slots are drawn, in a file of its own that is fetched while the slots themselves are being requested. */
export { slotsView } from './views/slots-view.js';
export { rehearse } from './views/rehearse.js';
