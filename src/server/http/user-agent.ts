import { VERSION } from '../../version.js';

/** How the companion names itself to whom it calls, so that a service can say whose requests are too many. */
export const USER_AGENT = `booking-widget-companion/${VERSION} (+https://github.com/booking-widget/booking-widget)`;
