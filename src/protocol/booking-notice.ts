/** What happened to a booking. A rescheduled booking is `moved`: its `id` is the new booking's. */
export type BookingChange = 'created' | 'moved' | 'cancelled';

/** Where a booking was made or changed: in the widget's own form, or on the provider's page in the frame. */
export type BookedVia = 'form' | 'frame';

/** A booking as the scheduling page announces it. No name, e-mail address or answer is ever part of it. */
export interface BookingNotice {
  /** The provider's id of the booking: Cal.com's `uid`, Calendly's event URI. Announced once per id and change. */
  readonly id: string;
  readonly change: BookingChange;
  /** ISO 8601 instants, where the provider gives them. */
  readonly start?: string;
  readonly end?: string;
}
