// React: the component `BookingWidget`, and the types of the tag `<booking-widget>` in JSX.
import type { BookingEventMap, BookingWidgetElement } from 'booking-widget-element';
import type { ForwardRefExoticComponent, HTMLAttributes, ReactNode, RefAttributes } from 'react';
import type { BookingWidgetAttributes, BookingWidgetListeners } from './attributes.js';

type PascalCase<Text extends string> = Text extends `${infer Word}-${infer Rest}`
  ? `${Capitalize<Word>}${PascalCase<Rest>}`
  : Capitalize<Text>;

/** `onBookingBooked` and the like. */
type Listeners = {
  [E in keyof BookingEventMap as `on${PascalCase<E>}`]?: ((event: BookingEventMap[E]) => void) | undefined;
};

/** Options in camel case, as properties of the element are written. */
type Options = Omit<BookingWidgetAttributes, `${string}-${string}`>;

export type BookingWidgetProps = Options &
  Listeners &
  Omit<HTMLAttributes<BookingWidgetElement>, keyof Options | keyof Listeners> & {
    /** The fallback: a link to the scheduling page. Default: a link to `src` with the text of `label`. */
    readonly children?: ReactNode;
  };

/**
 * `<booking-widget>` as a component. Importing it registers the tag. Options are attributes, so they are in the markup of a
 * server; listeners and rich data survive hydration. The ref is the element, with its methods.
 */
export declare const BookingWidget: ForwardRefExoticComponent<
  BookingWidgetProps & RefAttributes<BookingWidgetElement>
>;
export default BookingWidget;

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
