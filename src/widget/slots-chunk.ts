/** What only slots need, in one lazily loaded file: requesting them is of no use without drawing them. */
export { slotsController } from './controllers/slots-controller.js';
export { slotsStyles } from './views/slots.styles.js';
