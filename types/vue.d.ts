// `<booking-widget>` in Vue templates: `import type {} from 'booking-widget-element/vue'` once in the project.
import type { BookingEventMap } from 'booking-widget-element';
import type { HTMLAttributes, PublicProps } from 'vue';
import type { BookingWidgetAttributes } from './attributes.js';

type PascalCase<Text extends string> = Text extends `${infer Word}-${infer Rest}`
  ? `${Capitalize<Word>}${PascalCase<Rest>}`
  : Capitalize<Text>;

/** `@booking-booked` in a template is `onBookingBooked` in its types. */
type Listeners = {
  [E in keyof BookingEventMap as `on${PascalCase<E>}`]?: (event: BookingEventMap[E]) => void;
};

declare module 'vue' {
  interface GlobalComponents {
    'booking-widget': new () => {
      $props: BookingWidgetAttributes &
        Listeners &
        PublicProps &
        Omit<HTMLAttributes, keyof BookingWidgetAttributes>;
    };
  }
}
