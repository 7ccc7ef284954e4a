import type { EventDetails, EventFlags } from './event-details.js';
import type { FormField, Place } from './form-fields.js';

/** Why a booking has to be made on the provider's page. */
export type GateReason =
  | 'insecure-page'
  | 'private-link'
  | 'routing-form'
  | 'team'
  | 'not-found'
  | 'other-event'
  | 'missing-setting'
  | 'paid'
  | 'recurring'
  | 'seats'
  | 'instant'
  | 'login'
  | 'email-verification'
  | 'fields'
  | 'unknown-field'
  | 'unknown-place'
  | 'no-contact'
  | 'no-name'
  | 'length';

export interface GateContext {
  /** Slug that the scheduling page's URL names. */
  readonly slug: string;
  /** What kind of page the URL is; only an event type of a person can be read without a key. */
  readonly page: 'person' | 'team' | 'private-link' | 'routing-form';
  /** Whether the host page is a secure context. */
  readonly secure: boolean;
  /** Minutes of the chosen slot; null before one is chosen. */
  readonly length: number | null;
}

export type GateResult =
  | {
      readonly native: true;
      readonly event: EventDetails;
      readonly form: readonly FormField[];
    }
  | {
      readonly native: false;
      readonly reason: GateReason;
      /** What exactly, for the site owner's debug log: a setting, a type of field. */
      readonly detail: string;
    };

const no = (reason: GateReason, detail = ''): GateResult => ({ native: false, reason, detail });

const FLAGS: readonly (readonly [keyof EventFlags, GateReason])[] = [
  ['paid', 'paid'],
  ['recurring', 'recurring'],
  ['seats', 'seats'],
  ['instant', 'instant'],
  ['login', 'login'],
  ['emailVerification', 'email-verification'],
];

const locationField = (places: readonly Place[]): FormField => ({
  kind: 'location',
  target: 'location',
  slug: 'location',
  label: '',
  placeholder: '',
  required: true,
  options: [],
  places,
});

/** A single place on the host's side needs no field: the request leaves it out. */
const needsChoice = (places: readonly Place[]): boolean => places.length > 1 || places[0]?.needs != null;

/** The place is asked for after name and contact, before the host's own questions. */
function withPlaces(form: readonly FormField[], places: readonly Place[]): readonly FormField[] {
  if (!needsChoice(places)) return form;
  const isContact = ({ target }: FormField): boolean =>
    target === 'name' || target === 'firstName' || target === 'lastName' || target === 'email';
  const last = form.findLastIndex(isContact);
  return [...form.slice(0, last + 1), locationField(places), ...form.slice(last + 1)];
}

/**
 * Whether the widget may take a booking itself. Fails closed: a setting that is missing or on, and anything unknown,
 * means the provider's page. `event`: null where the provider gave none.
 */
export function bookableNatively(event: EventDetails | null, context: GateContext): GateResult {
  if (!context.secure) return no('insecure-page');
  if (context.page !== 'person') return no(context.page);
  if (!event) return no('not-found');
  if (event.slug !== context.slug) return no('other-event', event.slug);
  for (const [flag, reason] of FLAGS) {
    if (event.flags[flag] === null) return no('missing-setting', flag);
    if (event.flags[flag]) return no(reason);
  }
  const { form, places, unsupported } = event;
  if (!form) return no('fields');
  if (unsupported.length > 0) return no('unknown-field', unsupported.join(', '));
  if (!places) return no('unknown-place');
  if (!form.some(({ target }) => target === 'name' || target === 'firstName')) return no('no-name');
  if (!form.some(({ target, required }) => (target === 'email' || target === 'phone') && required))
    return no('no-contact');
  if (new Set(form.map(({ slug }) => slug)).size < form.length) return no('fields', 'duplicate');
  if (context.length !== null && !event.lengths.includes(context.length)) return no('length');
  return { native: true, event, form: withPlaces(form, places) };
}
