/** A booking field as Cal.com's API describes it: the default ones by slug, the host's own with label and options. */
export interface BookingField {
  readonly isDefault: boolean;
  readonly type: string;
  readonly slug: string;
  readonly required: boolean;
  readonly hidden?: boolean;
  readonly label?: string;
  readonly placeholder?: string;
  readonly options?: readonly string[];
  readonly lastNameRequired?: boolean;
  /** The stored field as JSON text, where the API has no shape for it (`type` is `unknown`). */
  readonly bookingField?: string;
}

/** A place that an event type offers. The `attendee…` types are filled in by the visitor. */
export type EventLocation =
  | { readonly type: 'integration'; readonly integration: string }
  | { readonly type: 'address'; readonly address: string; readonly public: boolean }
  | { readonly type: 'link'; readonly link: string; readonly public: boolean }
  | { readonly type: 'phone'; readonly phone: string; readonly public: boolean }
  | { readonly type: 'attendeeAddress' | 'attendeePhone' | 'attendeeDefined' | 'organizersDefaultApp' };

const own = (type: string, slug: string, label: string, more: Partial<BookingField> = {}): BookingField => ({
  isDefault: false,
  type,
  slug,
  label,
  required: false,
  ...more,
});

/** One field of every type that the widget's form supports. */
export const EVERY_FIELD: readonly BookingField[] = [
  { isDefault: true, type: 'phone', slug: 'attendeePhoneNumber', required: false, hidden: false },
  own('text', 'company', 'Company', { required: true, placeholder: 'Acme Ltd' }),
  own('textarea', 'goal', 'What would you like to achieve?'),
  own('select', 'team-size', 'Team size', { options: ['1-10', '11-50', '51+'] }),
  own('radio', 'found-us', 'How did you find us?', { options: ['Search', 'A friend', 'An event'] }),
  own('multiselect', 'topics', 'Topics', { options: ['Design', 'Engineering', 'Hiring'] }),
  own('checkbox', 'contact-by', 'Contact me by', { options: ['E-mail', 'Phone'] }),
  own('boolean', 'terms', 'I accept the terms', { required: true }),
  own('address', 'street', 'Your address'),
  own('url', 'website', 'Your website', { placeholder: 'example.com' }),
  own('multiemail', 'copy-to', 'Send a copy to'),
];

/** The places of the event type that offers a choice. */
export const EVERY_LOCATION: readonly EventLocation[] = [
  { type: 'integration', integration: 'cal-video' },
  { type: 'address', address: 'Hauptstraße 1, Berlin', public: true },
  { type: 'attendeePhone' },
  { type: 'attendeeAddress' },
  { type: 'attendeeDefined' },
];

export const VIDEO: readonly EventLocation[] = [{ type: 'integration', integration: 'cal-video' }];

/** Cal.com's own way to describe a field that its API has no type for. */
export const unknownField = (required: boolean): BookingField => ({
  isDefault: false,
  type: 'unknown',
  slug: 'unknown',
  required,
  bookingField: JSON.stringify({ name: 'smsReminderNumber', type: 'hologram', required }),
});

export const numberField = (required: boolean): BookingField =>
  own('number', 'seats-wanted', 'How many?', { required });

/** The default fields of every event type, in Cal.com's order. Hidden ones are not part of anonymous answers. */
export const defaultFields = (split: boolean): readonly BookingField[] => [
  split
    ? { isDefault: true, type: 'splitName', slug: 'splitName', required: true, lastNameRequired: true }
    : { isDefault: true, type: 'name', slug: 'name', required: true },
  { isDefault: true, type: 'email', slug: 'email', required: true },
  { isDefault: true, type: 'textarea', slug: 'notes', required: false },
  { isDefault: true, type: 'multiemail', slug: 'guests', required: false },
  { isDefault: true, type: 'textarea', slug: 'rescheduleReason', required: false },
];
