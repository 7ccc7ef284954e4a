/** How a question is answered. */
export type BookingFieldKind = 'name' | 'email' | 'text' | 'textarea' | 'phone' | 'select' | 'multiselect';

/** One question of the booking form, in the host's order. */
export interface BookingField {
  /** Names the answer in a request. */
  readonly name: string;
  readonly kind: BookingFieldKind;
  /** The host's own words; missing for name and email. */
  readonly label?: string;
  readonly required: boolean;
  readonly options?: readonly string[];
}

/** A place to meet. One alone that needs nothing of the visitor is not listed. */
export interface BookingPlace {
  readonly name: string;
  readonly kind: 'video' | 'phone' | 'in-person' | 'other';
  /** The video service, such as `zoom`. */
  readonly service?: string;
  /** What the visitor has to say. */
  readonly needs?: 'phone' | 'text';
}

/** Whether a companion takes bookings of an event type, and what it needs for one. */
export type BookingOffer =
  | {
      readonly offered: true;
      readonly fields: readonly BookingField[];
      readonly places: readonly BookingPlace[];
    }
  /** `reason`: for the site owner. */
  | { readonly offered: false; readonly reason: string };

/** The body of `POST {companion}/v1/bookings`; sent with a header `Idempotency-Key`. */
export interface BookingRequest {
  readonly v: 1;
  /** The scheduling page. */
  readonly src: string;
  /** Start of a slot, ISO 8601 with an offset. */
  readonly start: string;
  /** The visitor's IANA zone. */
  readonly timeZone: string;
  /** By the names of the fields. */
  readonly answers: Readonly<Record<string, string | readonly string[]>>;
  readonly place?: { readonly name: string; readonly detail?: string };
  /** UTM parameters by name. */
  readonly utm?: Readonly<Record<string, string>>;
}

/** A booking that was made. */
export interface BookingAnswer {
  readonly v: 1;
  /** As webhooks name it; empty where the service did not say. */
  readonly id: string;
  readonly start: string;
  readonly end: string;
  /** The service's own pages for changes. Who knows them may use them. */
  readonly rescheduleUrl?: string;
  readonly cancelUrl?: string;
}
