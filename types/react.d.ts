// `<booking-widget>` in React: `import type {} from 'booking-widget-element/react'` once in the project.
import type { BookingWidgetElement } from 'booking-widget-element';
import type { HTMLAttributes, RefAttributes } from 'react';
import type { BookingWidgetAttributes, BookingWidgetListeners } from './attributes.js';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'booking-widget': BookingWidgetAttributes &
        BookingWidgetListeners &
        RefAttributes<BookingWidgetElement> &
        Omit<HTMLAttributes<BookingWidgetElement>, keyof BookingWidgetAttributes>;
    }
  }
}
