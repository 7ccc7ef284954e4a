import type { SvelteHTMLElements } from 'svelte/elements';
import type {} from '../../types/svelte.js';

type Props = SvelteHTMLElements['booking-widget'];

export const accepted: Props[] = [
  { src: 'https://cal.com/acme/30min', mode: 'popup', slots: 4, 'hide-details': true, class: 'wide' },
  { prefill: { name: 'Ada' }, 'onbooking-booked': (event) => event.bookingId.toUpperCase() },
  { 'on:booking-booked': (event) => event.bookingId.toUpperCase() },
];

export const refused: Props[] = [
  // @ts-expect-error -- no such mode
  { mode: 'modal' },
  // @ts-expect-error -- this event has no `detail`
  { 'onbooking-booked': (event) => event.detail },
];
