import type { BookingField, EventLocation } from './booking-fields.js';
import { VIDEO } from './booking-fields.js';
import type { ConfiguredEvent } from './event-settings.js';
import { CALENDLY } from './webhooks.js';

/** A question of the host, as Calendly's API describes it. */
export interface CalendlyQuestion {
  readonly name: string;
  readonly type: string;
  readonly position: number;
  readonly enabled: boolean;
  readonly required: boolean;
  readonly answer_choices: readonly string[];
  readonly include_other: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  text: 'string',
  address: 'string',
  url: 'string',
  multiemail: 'string',
  textarea: 'text',
  phone: 'phone_number',
  select: 'single_select',
  radio: 'single_select',
  multiselect: 'multi_select',
  checkbox: 'multi_select',
  boolean: 'multi_select',
};

/** The host's questions; one of a type that nobody knows where a knob says so. */
export const calendlyQuestions = ({ settings }: ConfiguredEvent): CalendlyQuestion[] =>
  settings.fields.map(({ type, slug, label, required, options }: BookingField, position) => ({
    name: label ?? (type === 'phone' ? 'Phone Number' : slug),
    type: TYPES[type] ?? 'hologram',
    position,
    enabled: true,
    required,
    answer_choices: type === 'boolean' ? ['Yes'] : [...(options ?? [])],
    include_other: false,
  }));

const KINDS: Readonly<Record<EventLocation['type'], string>> = {
  integration: 'zoom_conference',
  address: 'physical',
  link: 'custom',
  phone: 'inbound_call',
  organizersDefaultApp: 'google_conference',
  attendeePhone: 'outbound_call',
  attendeeAddress: 'ask_invitee',
  attendeeDefined: 'ask_invitee',
};

/** Places; of those that the visitor names Calendly has one. */
export function calendlyLocations({ locations = VIDEO }: ConfiguredEvent): { kind: string }[] {
  const all = locations.map((each) => ({
    kind: KINDS[each.type],
    ...(each.type === 'address' && { location: each.address }),
    ...(each.type === 'phone' && { phone_number: each.phone }),
  }));
  return all.filter(({ kind }, index) => all.findIndex((other) => other.kind === kind) === index);
}

/** An event type as `GET /event_types` answers it. `origin`: where its page is. */
export function calendlyEventType(event: ConfiguredEvent, origin: string): object {
  const { id, slug, title, description, durations, settings } = event;
  const [host] = event.hosts;
  const [usual] = durations;
  return {
    uri: `${CALENDLY}/event_types/${id}`,
    name: title,
    active: true,
    booking_method: settings.instant ? 'poll' : 'instant',
    slug,
    scheduling_url: `${origin}/${host.slug}/${slug}`,
    duration: usual,
    duration_options: durations.length > 1 ? durations : null,
    kind: settings.seats === null ? 'solo' : 'group',
    pooling_type: null,
    type: 'StandardEventType',
    description_plain: description,
    profile: host.team
      ? { type: 'Team', name: host.name, owner: `${CALENDLY}/teams/${host.slug}` }
      : { type: 'User', name: host.name, owner: `${CALENDLY}/users/${host.slug}` },
    secret: settings.hidden,
    deleted_at: null,
    admin_managed: false,
    custom_questions: calendlyQuestions(event),
    locations: calendlyLocations(event),
  };
}
