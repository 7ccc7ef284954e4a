/** What requests slots and looks after them, in one lazily loaded file. What draws them is fetched beside the request. */
export { slotsController } from './controllers/slots-controller.js';
export { slotsStyles } from './views/slots.styles.js';
