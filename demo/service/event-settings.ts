import { numberField, unknownField, type BookingField } from './booking-fields.js';
import type { EventType } from './event-type.js';
import { isOn, numberOf, type Knobs } from './knobs.js';

/** What a host may switch on for an event type, and what decides whether it can be booked without the host's page. */
export interface EventSettings {
  /** In cents; 0 is free of charge. */
  readonly price: number;
  /** Number of attendees that share a slot; null where a slot belongs to one attendee. */
  readonly seats: number | null;
  /** Number of weekly occurrences; null for a single booking. */
  readonly occurrences: number | null;
  readonly instant: boolean;
  readonly requiresLogin: boolean;
  readonly verifiesEmail: boolean;
  readonly hidden: boolean;
  readonly splitName: boolean;
  /** Fields besides the default ones. */
  readonly fields: readonly BookingField[];
}

export type ConfiguredEvent = EventType & { readonly settings: EventSettings };

const count = (knobs: Knobs, name: 'seats' | 'recurrence', byDefault: number): number | null => {
  if (!isOn(knobs, name)) return null;
  const value = numberOf(knobs, name);
  return value !== null && value > 1 ? value : byDefault;
};

/** The event type with the settings that its knobs switch on. */
export function configured(event: EventType, knobs: Knobs): ConfiguredEvent {
  const extra: BookingField[] = [];
  if (isOn(knobs, 'unknown-field')) extra.push(unknownField(knobs['unknown-field'] !== 'optional'));
  if (isOn(knobs, 'number-field')) extra.push(numberField(knobs['number-field'] !== 'optional'));
  return {
    ...event,
    needsConfirmation: event.needsConfirmation || isOn(knobs, 'confirmation'),
    settings: {
      price: isOn(knobs, 'price') ? (numberOf(knobs, 'price') ?? 1000) : 0,
      seats: count(knobs, 'seats', 2),
      occurrences: count(knobs, 'recurrence', 3),
      instant: isOn(knobs, 'instant'),
      requiresLogin: isOn(knobs, 'login'),
      verifiesEmail: isOn(knobs, 'email-verification'),
      hidden: isOn(knobs, 'hidden'),
      splitName: isOn(knobs, 'split-name'),
      fields: [...(event.fields ?? []), ...extra],
    },
  };
}
