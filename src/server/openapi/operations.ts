import type { Operation } from './operation.js';
import { NATIVE_BOOKING_OPERATIONS } from './operations/native-booking.js';
import { OTHER_OPERATIONS } from './operations/others.js';
import { OWNER_OPERATIONS } from './operations/owner.js';
import { PAGE_OPERATIONS } from './operations/pages.js';
import { SLOT_OPERATIONS } from './operations/slots.js';

/** Every route of the companion; a test compares the list with the router's. */
export const OPERATIONS: readonly Operation[] = [
  ...SLOT_OPERATIONS,
  ...NATIVE_BOOKING_OPERATIONS,
  ...OTHER_OPERATIONS,
  ...OWNER_OPERATIONS,
  ...PAGE_OPERATIONS,
];
