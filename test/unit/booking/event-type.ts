/** An event type as `GET /v2/event-types` answers it: everything that the gate asks for, and nothing that closes it. */
export const eventType = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 123,
  slug: '30min',
  title: '30 minute meeting',
  description: 'About your project.',
  lengthInMinutes: 30,
  locations: [{ type: 'integration', integration: 'cal-video' }],
  bookingFields: [
    { isDefault: true, type: 'name', slug: 'name', required: true },
    { isDefault: true, type: 'email', slug: 'email', required: true },
    { isDefault: true, type: 'textarea', slug: 'notes', required: false },
    { isDefault: true, type: 'multiemail', slug: 'guests', required: false },
    { isDefault: true, type: 'textarea', slug: 'rescheduleReason', required: false },
  ],
  recurrence: null,
  price: 0,
  seats: { disabled: true },
  isInstantEvent: false,
  bookingRequiresAuthentication: false,
  requiresBookerEmailVerification: false,
  confirmationPolicy: { disabled: true },
  users: [{ name: 'Ada Lovelace', avatarUrl: 'https://cal.com/ada.png' }],
  ...changes,
});

/** One field of the host's own. */
export const ownField = (type: string, changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  isDefault: false,
  type,
  slug: `my-${type}`,
  label: `My ${type}`,
  required: false,
  ...changes,
});

/** An event type with these fields after the default ones. */
export const withFields = (...fields: unknown[]): Record<string, unknown> => {
  const all = eventType()['bookingFields'] as unknown[];
  return eventType({ bookingFields: [...all, ...fields] });
};
