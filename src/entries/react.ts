import {
  createElement,
  forwardRef,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type ReactNode,
} from 'react';
import type { BookingWidgetElement } from '../widget/booking-widget.js';
import { OPTION_NAMES, propertyName } from '../widget/options.js';
import { register } from '../widget/register.js';

/** Importing this registers `<booking-widget>`. Types for users are in types/react.d.ts; a type test compares them. */
register();

type Props = Readonly<Record<string, unknown>>;

const ATTRIBUTE_OF = new Map<string, string>(OPTION_NAMES.map((name) => [propertyName(name), name]));

/** Rich data, which no attribute can hold. */
const PROPERTIES = ['prefill', 'dataLayerAliases'] as const;

const LISTENER = /^onBooking[A-Z]/;

/** `onBookingSlotSelect` → `booking-slot-select`. */
const eventName = (prop: string): string =>
  prop.slice(2).replace(/[A-Z]/g, (letter, index) => (index ? '-' : '') + letter.toLowerCase());

/** What React writes into the markup, on a server too: options as attributes, and what every element may have. */
function attributesOf(props: Props): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(props)) {
    const option = ATTRIBUTE_OF.get(name);
    if (option) {
      if (value !== null && value !== undefined && value !== false)
        attributes[option] = value === true ? '' : String(value);
    } else if (name === 'className') attributes['class'] = value;
    else if (!LISTENER.test(name) && !(PROPERTIES as readonly string[]).includes(name))
      attributes[name] = value;
  }
  return attributes;
}

/** Visitors without script, feeds and search engines have this link. */
const fallbackLink = ({ src, label }: Props): ReactNode =>
  typeof src === 'string' && src
    ? createElement('a', { href: src }, typeof label === 'string' && label ? label : 'Book a time')
    : null;

/** React warns about layout effects on servers, where no effect runs. */
const useCommitted = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/**
 * `<booking-widget>` as a React component. Listeners and rich data are set in effects, because React loses those of custom
 * elements in hydration (https://github.com/facebook/react/issues/35446). Children are the fallback; without any, a link to
 * `src` is.
 */
export const BookingWidget = forwardRef<BookingWidgetElement, object>(function BookingWidget(given, ref) {
  const props = given as Props;
  const own = useRef<BookingWidgetElement>(null);
  useImperativeHandle(ref, () => own.current as BookingWidgetElement, []);

  // In every render: objects written in JSX are new each time, and comparing what is in them is no cheaper.
  useCommitted(() => {
    for (const name of PROPERTIES) if (own.current) Object.assign(own.current, { [name]: props[name] });
  });

  useCommitted(() => {
    const listening = new AbortController();
    for (const [name, listener] of Object.entries(props))
      if (LISTENER.test(name) && typeof listener === 'function')
        own.current?.addEventListener(eventName(name), listener as EventListener, {
          signal: listening.signal,
        });
    return () => listening.abort();
  });

  return createElement(
    'booking-widget',
    { ...attributesOf(props), ref: own },
    (props['children'] as ReactNode) ?? fallbackLink(props),
  );
});

export default BookingWidget;
