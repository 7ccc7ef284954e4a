/** What only popups need, in one lazy part: the dialog, and what is made ready before it opens. */
export { bookingDialog, dialogStyles } from './dialog/booking-dialog.js';
export { preparations } from './preparations.js';
