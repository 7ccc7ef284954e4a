/** What asks for an event type's details: fetched beside the first request for slots. */
export { requestDetails } from './load-details.js';
