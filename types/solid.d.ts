// `<booking-widget>` in Solid: `import type {} from 'booking-widget-element/solid'` once in the project. Solid listens with `on:`.
import type { BookingEventMap, BookingWidgetElement } from 'booking-widget-element';
import type { JSX as Solid } from 'solid-js';
import type { BookingWidgetAttributes } from './attributes.js';

type Listeners = { [E in keyof BookingEventMap as `on:${E}`]?: (event: BookingEventMap[E]) => void };

/** `prop:` and `attr:` say which of the two a value is. */
type Properties = {
  [A in keyof BookingWidgetAttributes as `${'prop' | 'attr'}:${A}`]?: BookingWidgetAttributes[A];
};

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      'booking-widget': BookingWidgetAttributes &
        Listeners &
        Properties &
        Omit<Solid.HTMLAttributes<BookingWidgetElement>, keyof BookingWidgetAttributes>;
    }
  }
}
