// `<booking-widget>` in Svelte: `import type {} from 'booking-widget-element/svelte'` once in the project.
import type { BookingEventMap, BookingWidgetElement } from 'booking-widget-element';
import type { HTMLAttributes } from 'svelte/elements';
import type { BookingWidgetAttributes, BookingWidgetListeners } from './attributes.js';

/** Svelte 4 and before listen with `on:`. */
type Directives = { [E in keyof BookingEventMap as `on:${E}`]?: (event: BookingEventMap[E]) => void };

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'booking-widget': BookingWidgetAttributes &
      BookingWidgetListeners &
      Directives &
      Omit<HTMLAttributes<BookingWidgetElement>, keyof BookingWidgetAttributes>;
  }
}
