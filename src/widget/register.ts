import './trusted-types-notice.js';
import { BookingWidgetElement } from './booking-widget.js';

/** Registers `<booking-widget>`. The first definition on a page stays; without a DOM nothing happens. */
export function register(): void {
  if (typeof customElements !== 'undefined' && !customElements.get('booking-widget'))
    customElements.define('booking-widget', BookingWidgetElement);
}
