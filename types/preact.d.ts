// `<booking-widget>` in Preact: `import type {} from 'booking-widget/preact'` once in the project.
import type { BookingWidgetElement } from 'booking-widget';
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
