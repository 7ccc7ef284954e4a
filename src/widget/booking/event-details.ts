import { fieldsOf, listOf, plainText } from './foreign.js';
import type { FieldKind, FieldTarget, FormField, Place } from './form-fields.js';

/** A setting that decides about native booking: on, off, or not part of the answer. */
export type Flag = boolean | null;

export interface EventFlags {
  readonly paid: Flag;
  readonly recurring: Flag;
  readonly seats: Flag;
  readonly instant: Flag;
  readonly login: Flag;
  readonly emailVerification: Flag;
}

/** An event type as the widget knows it. */
export interface EventDetails {
  readonly id: number;
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  /** Minutes; the first is the default. Empty where they are unknown. */
  readonly lengths: readonly number[];
  readonly host: {
    readonly name: string;
    /** An http or https URL, or empty. */
    readonly avatar: string;
  };
  /** Null where the answer lists no places or one of an unknown type. */
  readonly places: readonly Place[] | null;
  /** The form without fields that cannot be filled in here; null where the answer has no readable fields. */
  readonly form: readonly FormField[] | null;
  /** Fields that only the provider's page can show: what type each has. */
  readonly unsupported: readonly string[];
  /** What a companion says of bookings through it, as it came. */
  readonly offer?: unknown;
  readonly flags: EventFlags;
  readonly confirms: boolean;
  /** Whether the host's page lets visitors change the time zone. */
  readonly lockedZone: boolean;
  /** Where the host sends visitors after a booking; empty for nowhere. */
  readonly redirect: string;
  readonly cancellable: boolean;
  readonly reschedulable: boolean;
}

const KINDS: Readonly<Record<string, FieldKind>> = {
  text: 'text',
  textarea: 'textarea',
  select: 'select',
  radio: 'radio',
  multiselect: 'multiselect',
  checkbox: 'checkbox',
  boolean: 'boolean',
  address: 'address',
  url: 'url',
  phone: 'phone',
  email: 'email',
  multiemail: 'emails',
};

const WITH_OPTIONS: readonly FieldKind[] = ['select', 'radio', 'multiselect', 'checkbox'];

/** Default fields that have a property of their own in the request. */
const TARGETS: Readonly<Record<string, FieldTarget>> = {
  email: 'email',
  guests: 'guests',
  attendeePhoneNumber: 'phone',
  smsReminderNumber: 'phone',
};

const NEEDS: Readonly<Record<string, Place['needs']>> = {
  integration: null,
  address: null,
  link: null,
  phone: null,
  organizersDefaultApp: null,
  attendeePhone: 'phone',
  attendeeAddress: 'address',
  attendeeDefined: 'text',
};

const MAX_FIELDS = 60;
const MAX_OPTIONS = 300;

/** `{disabled: true}`, null and false are off; a missing key is unknown. */
const flagOf = (value: unknown): Flag =>
  value === undefined ? null : value !== null && value !== false && fieldsOf(value)['disabled'] !== true;

/** No other scheme: a script's address is none. */
const webUrl = (value: unknown): string => {
  const text = plainText(value, 2000);
  try {
    return /^https?:\/\//.test(text) ? new URL(text).href : '';
  } catch {
    return '';
  }
};

const positive = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value > 0;

function lengthsOf(usual: unknown, options: unknown): readonly [number, ...number[]] | null {
  if (!positive(usual)) return null;
  return [usual, ...(listOf(options) ?? []).filter(positive).filter((each) => each !== usual)];
}

function placesOf(value: unknown): readonly Place[] | null {
  const places = listOf(value)?.map((each): Place | null => {
    const { type, integration, address, link, phone } = fieldsOf(each);
    const name = plainText(type);
    const needs = Object.hasOwn(NEEDS, name) ? NEEDS[name] : undefined;
    if (needs === undefined) return null;
    const text = plainText(address) || plainText(link) || plainText(phone);
    return { type: name, integration: plainText(integration), text, needs };
  });
  return places?.every((each) => each !== null) ? places : null;
}

/** The form's fields for one of the provider's; null where the widget has no field for it. */
function fieldsFor(value: unknown, guests: boolean): readonly FormField[] | null {
  const field = fieldsOf(value);
  const slug = plainText(field['slug']);
  const type = plainText(field['type']);
  const required = field['required'] === true;
  const base = {
    slug,
    required,
    label: plainText(field['label']),
    placeholder: plainText(field['placeholder']),
    options: [],
    places: [],
  };
  const isDefault = field['isDefault'] === true;
  if (isDefault && (field['hidden'] === true || slug === 'rescheduleReason' || type === 'radioInput'))
    return [];
  if (isDefault && slug === 'guests' && !guests) return [];
  if (isDefault && type === 'name') return [{ ...base, kind: 'text', target: 'name' }];
  if (isDefault && type === 'splitName') {
    const last = field['lastNameRequired'] === true;
    return [
      {
        ...base,
        slug: 'firstName',
        label: plainText(field['firstNameLabel']),
        kind: 'text',
        target: 'firstName',
      },
      {
        ...base,
        slug: 'lastName',
        label: plainText(field['lastNameLabel']),
        kind: 'text',
        target: 'lastName',
        required: last,
      },
    ];
  }
  // The provider's two checks of a number contradict one another: it cannot be answered at all.
  if (type === 'number') return required ? null : [];
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (!kind || !slug) return null;
  const target = ((isDefault || slug === 'smsReminderNumber') && TARGETS[slug]) || 'answer';
  if (!WITH_OPTIONS.includes(kind)) return [{ ...base, kind, target }];
  // An option is sent back exactly as it was read, so that none is cleaned.
  const options = (listOf(field['options']) ?? []).filter((each): each is string => typeof each === 'string');
  if (options.length === 0 || options.length > MAX_OPTIONS) return null;
  return [{ ...base, kind, target, options }];
}

/** Reads one event type of the answer; null for everything that is none. Never throws. */
export function readEventDetails(value: unknown): EventDetails | null {
  const event = fieldsOf(value);
  const lengths = lengthsOf(event['lengthInMinutes'], event['lengthInMinutesOptions']);
  const slug = plainText(event['slug']);
  if (!positive(event['id']) || !slug || !lengths) return null;
  const [user] = listOf(event['users']) ?? [];
  const host = fieldsOf(user);
  const guests = event['disableGuests'] !== true;
  const list = listOf(event['bookingFields']);
  const readable = list !== null && list.length <= MAX_FIELDS ? list : null;
  const read = readable?.map((each) => ({ each, fields: fieldsFor(each, guests) }));
  const price = event['price'];
  return {
    id: event['id'],
    slug,
    title: plainText(event['title']),
    description: plainText(event['description'], 2000),
    lengths,
    host: { name: plainText(host['name']), avatar: webUrl(host['avatarUrl']) },
    places: placesOf(event['locations']),
    form: read?.flatMap(({ fields }) => fields ?? []) ?? null,
    unsupported: (read ?? [])
      .filter(({ fields }) => fields === null)
      .map(({ each }) => plainText(fieldsOf(each)['type']) || 'unknown'),
    flags: {
      paid: price === undefined ? null : price !== 0,
      recurring: flagOf(event['recurrence']),
      seats: flagOf(event['seats']),
      instant: flagOf(event['isInstantEvent']),
      login: flagOf(event['bookingRequiresAuthentication']),
      emailVerification: flagOf(event['requiresBookerEmailVerification']),
    },
    confirms: flagOf(event['confirmationPolicy']) === true,
    lockedZone: event['lockTimeZoneToggleOnBookingPage'] === true,
    redirect: webUrl(event['successRedirectUrl']),
    cancellable: flagOf(event['disableCancelling']) !== true,
    reschedulable: flagOf(event['disableRescheduling']) !== true,
  };
}

/** The one event type of an answer to `GET /v2/event-types`; undefined where there is none. */
export const eventTypeIn = (body: unknown): unknown => {
  const { data } = fieldsOf(body);
  const list = listOf(data);
  return list?.length === 1 ? list[0] : undefined;
};
