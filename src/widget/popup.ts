/** What only popups need, in one lazy part: the dialog, and a frame that is made ready before the dialog opens. */
export { bookingDialog, dialogStyles } from './dialog/booking-dialog.js';
export { prepareFrame } from './frame/prepared-frame.js';
