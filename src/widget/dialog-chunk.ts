/** What only popups need, in one lazily loaded file. */
export { dialogStyles } from './dialog/dialog.styles.js';
export { DialogController } from './dialog/dialog-controller.js';
export { prepareFrame } from './frame/prepared-frame.js';
