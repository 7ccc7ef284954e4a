/** What the bench needs of the availability engine, as one bundle. */
export { availabilityCache } from '../../src/widget/availability/availability-cache.js';
export { availabilityController } from '../../src/widget/availability/availability-controller.js';
