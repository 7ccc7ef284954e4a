import * as z from 'zod';
import type { BookingField, BookingFieldKind, BookingOffer, BookingPlace } from '../../protocol/booking.js';

const text = z.string().max(2048);
const absent = z.union([z.null(), z.literal(false), z.literal(0)]).optional();

const questionSchema = z.object({
  name: text.min(1),
  type: text,
  position: z.int().min(0),
  enabled: z.boolean(),
  required: z.boolean(),
  answer_choices: z.array(text).max(300).nullish(),
  include_other: z.boolean().nullish(),
});

const locationSchema = z.object({ kind: text, location: z.unknown().optional() });

const resourceSchema = z.object({
  uri: text,
  scheduling_url: z.url(),
  active: z.boolean(),
  secret: z.boolean(),
  kind: text,
  type: text,
  pooling_type: text.nullable(),
  booking_method: text.nullish(),
  duration_options: z.array(z.number()).nullish(),
  deleted_at: text.nullish(),
  custom_questions: z.array(z.unknown()).max(60),
  locations: z.array(z.unknown()).max(60).nullable(),
});

type Question = z.output<typeof questionSchema>;

/** A place as the API wants it back, beside how visitors are shown it. */
interface Place {
  readonly shown: BookingPlace;
  readonly kind: string;
  /** The host's own words, which have to come back with a booking; they are shown to nobody before. */
  readonly location: string | undefined;
}

/** What a booking of one event type needs. */
export interface CalendlyForm {
  readonly uri: string;
  readonly page: URL;
  readonly questions: readonly { readonly field: BookingField; readonly asked: Question }[];
  readonly places: readonly Place[];
}

const KINDS: Readonly<Record<string, BookingFieldKind>> = {
  string: 'text',
  text: 'textarea',
  phone_number: 'phone',
  single_select: 'select',
  multi_select: 'multiselect',
};

const PLACES: Readonly<Record<string, Omit<BookingPlace, 'name'>>> = {
  physical: { kind: 'in-person' },
  inbound_call: { kind: 'phone' },
  outbound_call: { kind: 'phone', needs: 'phone' },
  ask_invitee: { kind: 'other', needs: 'text' },
  custom: { kind: 'other' },
  zoom_conference: { kind: 'video', service: 'zoom' },
  google_conference: { kind: 'video', service: 'google-meet' },
  gotomeeting_conference: { kind: 'video', service: 'gotomeeting' },
  microsoft_teams_conference: { kind: 'video', service: 'office365-video' },
  webex_conference: { kind: 'video', service: 'webex' },
};

/** Places whose text the API wants with a booking although the visitor has nothing to say. */
const WITH_TEXT = /^(physical|custom)$/;

/** Settings under which other clients have seen prices. The API documents none, and this one is not to be trusted with money. */
const PRICES = ['is_paid', 'paid', 'price', 'payment', 'payment_amount', 'amount'] as const;
const priceSchema = z.object(Object.fromEntries(PRICES.map((name) => [name, absent])));

/** A question that the form can ask; a text is the reason why not. Null for one that is not asked. */
function questionOf(value: unknown): CalendlyForm['questions'][number] | string | null {
  const { success, data: asked } = questionSchema.safeParse(value);
  if (!success) return 'a question that cannot be read';
  if (!asked.enabled) return null;
  const kind = Object.hasOwn(KINDS, asked.type) ? KINDS[asked.type] : undefined;
  if (!kind) return `a question of the type ${asked.type}`;
  const options = asked.answer_choices ?? [];
  const isChoice = kind === 'select' || kind === 'multiselect';
  if (isChoice && (options.length === 0 || asked.include_other))
    return 'a question with an answer of one’s own';
  return {
    asked,
    field: {
      name: `question-${asked.position}`,
      kind,
      label: asked.name,
      required: asked.required,
      ...(isChoice && { options }),
    },
  };
}

function placeOf(value: unknown): Place | string {
  const { success, data } = locationSchema.safeParse(value);
  const shown = success && Object.hasOwn(PLACES, data.kind) ? PLACES[data.kind] : undefined;
  if (!success || !shown) return `a place of the kind ${success ? data.kind : 'unknown'}`;
  const location = typeof data.location === 'string' ? data.location : undefined;
  if (WITH_TEXT.test(data.kind) && !location) return `a place of the kind ${data.kind} without a text`;
  return { shown: { ...shown, name: data.kind }, kind: data.kind, location };
}

const isReason = (one: unknown): one is string => typeof one === 'string';
const isRead = <T extends object>(one: T | string): one is T => typeof one !== 'string';

/** Reads an event type as Calendly's API has it; a text is the reason why it can only be booked on its page. Fails closed. */
export function calendlyForm(resource: unknown): CalendlyForm | string {
  const { success, data } = resourceSchema.safeParse(resource);
  if (!success) return 'a setting that is missing or cannot be read';
  if (!priceSchema.safeParse(resource).success) return 'a price';
  if (!data.active || data.deleted_at) return 'not active';
  if (data.secret) return 'a secret event type';
  if (data.kind !== 'solo') return `the kind ${data.kind}`;
  if (data.type !== 'StandardEventType') return `the type ${data.type}`;
  if (data.booking_method && data.booking_method !== 'instant') return `the method ${data.booking_method}`;
  if ((data.duration_options?.length ?? 0) > 1) return 'several lengths';
  const isRoundRobin = data.pooling_type === 'round_robin';
  if (data.pooling_type !== null && !isRoundRobin) return `the pooling ${data.pooling_type}`;
  const questions = data.custom_questions.map(questionOf).filter((one) => one !== null);
  // With a round robin the place is that of the host who is chosen, and a request may not name one.
  const places = isRoundRobin ? [] : (data.locations ?? []).map(placeOf);
  const reason = [...questions, ...places].find(isReason);
  if (reason !== undefined) return reason;
  const form = {
    uri: data.uri,
    page: new URL(data.scheduling_url),
    questions: questions.filter(isRead),
    places: places.filter(isRead),
  };
  if (new Set(form.questions.map(({ field }) => field.name)).size < questions.length)
    return 'two questions at one position';
  if (new Set(form.places.map(({ kind }) => kind)).size < places.length) return 'two places of one kind';
  return form;
}

const CONTACT: readonly BookingField[] = [
  { name: 'name', kind: 'name', required: true },
  { name: 'email', kind: 'email', required: true },
];

/** What visitors are shown of it. */
export const offerOf = ({ questions, places }: CalendlyForm): BookingOffer => ({
  offered: true,
  fields: [...CONTACT, ...questions.map(({ field }) => field)],
  places: places.length > 1 || places[0]?.shown.needs ? places.map(({ shown }) => shown) : [],
});
