/** Flat values only, named in snake_case. */
export type DataLayerFields = Readonly<Record<string, string | number | boolean>>;

/**
 * Other names that the site owner's tags know: for an event (`{ booked: 'generate_lead' }` is pushed as well) or for a
 * field (`{ booking_id: 'transaction_id' }` is written as well).
 */
export type DataLayerAliases = Readonly<Record<string, string>>;

/** Our DOM events that are passed on, and what they are called in the data layer. */
const EVENTS: Readonly<Record<string, string>> = {
  'booking-availability': 'availability',
  'booking-open': 'open',
  'booking-slot-select': 'slot_click',
  'booking-ready': 'ready',
  'booking-booked': 'booked',
  'booking-error': 'error',
  'booking-timing': 'load',
};

/** What is passed on of an event, and as what. The rest stays here, so nothing personal can slip through. */
const FIELDS: Readonly<Record<string, string>> = {
  bookingId: 'booking_id',
  start: 'slot_start',
  end: 'slot_end',
  code: 'error_code',
  count: 'times_count',
  outcome: 'outcome',
};

/**
 * Adds an event to `window.dataLayer`, where Google Tag Manager and its kin find it. Never throws.
 *
 * @param event without its prefix: `ready` becomes `booking_widget.ready`
 */
export function pushToDataLayer(
  event: string,
  fields: DataLayerFields,
  aliases: DataLayerAliases = {},
  scope: object & { dataLayer?: unknown } = globalThis,
): void {
  const all: Record<string, unknown> = { ...fields };
  for (const field in fields) if (aliases[field]) all[aliases[field]] = fields[field];
  try {
    const layer = (scope.dataLayer ??= []) as unknown[];
    for (const name of [`booking_widget.${event}`, aliases[event]])
      if (name) layer.push({ ...all, event: name });
  } catch {
    // A page may keep anything under that name.
  }
}

/** Members of our events that are read beside those in `FIELDS`. */
interface EventMembers {
  readonly change?: string;
  readonly report?: { readonly marks: Readonly<Partial<Record<string, number>>> };
}

/** What one of our DOM events is in the data layer; null for any other event. */
export function dataLayerEntry(event: Event): readonly [event: string, fields: DataLayerFields] | null {
  const name = EVENTS[event.type];
  if (!name) return null;
  const { change = 'created', report }: EventMembers = event as Event & EventMembers;
  const members: [string, unknown][] = Object.entries({ ...report, ...(event as object) });
  const fields: Record<string, string | number | boolean> = {};
  for (const [member, value] of members) {
    const field = FIELDS[member];
    if (field && value !== undefined) fields[field] = value as string | number | boolean;
  }
  if (report) {
    const { visible, opened = visible, 'frame-load': loaded, ready = loaded } = report.marks;
    if (ready !== undefined && opened !== undefined) fields['load_ms'] = Math.max(0, ready - opened);
  }
  // A booking that was moved or cancelled is not counted again as one that was made.
  return [change === 'created' ? name : change, fields];
}
