/** What only the booking form needs, in one lazily loaded file. */
export { formController } from './controllers/form-controller.js';
export { formStyles } from './views/form.styles.js';
