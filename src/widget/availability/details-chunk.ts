/** What asks for an event type's details: fetched beside the first request for slots. */
export { recallDetails, requestDetails } from './load-details.js';
