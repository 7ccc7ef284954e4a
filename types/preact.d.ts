// `<booking-widget>` in Preact: `import type {} from 'booking-widget-element/preact'` once in the project.
import type { BookingWidgetElement } from 'booking-widget-element';
import type { HTMLAttributes } from 'preact';
import type { BookingWidgetAttributes, BookingWidgetListeners } from './attributes.js';

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'booking-widget': BookingWidgetAttributes &
        BookingWidgetListeners &
        Omit<HTMLAttributes<BookingWidgetElement>, keyof BookingWidgetAttributes>;
    }
  }
}
