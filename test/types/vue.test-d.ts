import type { GlobalComponents } from 'vue';
import type {} from '../../types/vue.js';

type Props = InstanceType<GlobalComponents['booking-widget']>['$props'];

export const accepted: Props[] = [
  { src: 'https://cal.com/acme/30min', mode: 'popup', slots: 4, 'hide-details': true, class: 'wide' },
  { prefill: { name: 'Ada' }, onBookingBooked: (event) => event.bookingId.toUpperCase() },
];

export const refused: Props[] = [
  // @ts-expect-error -- no such mode
  { mode: 'modal' },
  // @ts-expect-error -- this event has no `detail`
  { onBookingBooked: (event) => event.detail },
];
