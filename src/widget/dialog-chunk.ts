/** What only popups need, in one lazily loaded file. */
export { dialogStyles } from './dialog/dialog.styles.js';
export { dialogController } from './dialog/dialog-controller.js';
