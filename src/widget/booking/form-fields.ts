/** How a field is filled in. `emails` is a list of addresses, `location` a choice of places. */
export type FieldKind =
  | 'text'
  | 'textarea'
  | 'email'
  | 'emails'
  | 'phone'
  | 'url'
  | 'address'
  | 'select'
  | 'radio'
  | 'multiselect'
  | 'checkbox'
  | 'boolean'
  | 'location';

/** Where an answer goes in the request: into a property of the attendee or of the booking, or among the answers. */
export type FieldTarget =
  'name' | 'firstName' | 'lastName' | 'email' | 'phone' | 'guests' | 'location' | 'answer';

/** A place to meet. `needs` is what the visitor has to give for it. */
export interface Place {
  /** The provider's type, e.g. `integration`, `attendeePhone`. */
  readonly type: string;
  /** The video service of an `integration`, e.g. `cal-video`. */
  readonly integration: string;
  /** The host's own address, link or phone number where it is public; else empty. */
  readonly text: string;
  readonly needs: 'phone' | 'address' | 'text' | null;
  /** A companion's name of it. */
  readonly name?: string;
}

/** One field of the booking form, in the host's order. */
export interface FormField {
  readonly kind: FieldKind;
  readonly target: FieldTarget;
  /** The provider's name of the field; unique within the form. */
  readonly slug: string;
  /** The host's words; empty where the widget has its own. */
  readonly label: string;
  readonly placeholder: string;
  readonly required: boolean;
  readonly options: readonly string[];
  /** Of a `location` field; its answer is the index of a place as text. */
  readonly places: readonly Place[];
}

export type Answer = string | boolean | readonly string[];

/** Answers by slug. What the visitor gives for a place is under `PLACE_DETAIL`. */
export type Answers = Readonly<Record<string, Answer | undefined>>;

export const PLACE_DETAIL = 'location:detail';

/** What is wrong with an answer; the words are in the locales. */
export type FieldError =
  'required' | 'accept' | 'email' | 'phone' | 'url' | 'option' | 'long' | 'duplicate' | 'many';

export interface FieldProblem {
  /** Slug of the field, or `PLACE_DETAIL`. */
  readonly slug: string;
  readonly error: FieldError;
}

const MAX_LENGTH = { textarea: 1000, other: 500 };
const MAX_EMAILS = 30;

const EMAIL = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]+$/;
const URL_TEXT = /^(?:https?:\/\/)?(?:[\p{L}\p{N}-]+\.)+[\p{L}]{2,}(?::\d+)?(?:[/?#]\S*)?$/iu;

/** Spaces and invisible characters: an answer of these alone is none. */
const AROUND = /^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu;

export const textIn = (answer: Answer | undefined): string =>
  typeof answer === 'string' ? answer.replace(AROUND, '') : '';

/** A list as the visitor chose it, or as typed with commas, semicolons or spaces between. */
export const listIn = (answer: Answer | undefined): readonly string[] =>
  typeof answer === 'string'
    ? answer.split(/[\s,;]+/).filter(Boolean)
    : typeof answer === 'object'
      ? answer
      : [];

/** `+` and digits, as providers expect a number: spaces, dots and brackets are dropped, a leading `00` is a `+`. */
export const phoneNumber = (text: string): string =>
  text.replace(/[\s().\-/\u00A0\u2010-\u2015]/g, '').replace(/^00/, '+');

/** Only the shape is checked: number plans change, and real numbers must not be refused here. */
const isPhone = (text: string): boolean => /^\+\d{6,15}$/.test(phoneNumber(text));

/** The place that was chosen; the only one needs no choice. */
export const placeIn = ({ places, slug }: FormField, answers: Answers): Place | undefined =>
  places.length === 1 ? places[0] : places[Number(textIn(answers[slug]) || NaN)];

function textError(kind: FieldKind, text: string): FieldError | null {
  if (text.length > (kind === 'textarea' ? MAX_LENGTH.textarea : MAX_LENGTH.other)) return 'long';
  if (kind === 'email' && !EMAIL.test(text)) return 'email';
  if (kind === 'phone' && !isPhone(text)) return 'phone';
  return kind === 'url' && !URL_TEXT.test(text) ? 'url' : null;
}

function listError(field: FormField, list: readonly string[]): FieldError | null {
  if (field.kind !== 'emails') return list.every((each) => field.options.includes(each)) ? null : 'option';
  if (list.length > MAX_EMAILS) return 'many';
  if (!list.every((each) => EMAIL.test(each))) return 'email';
  return new Set(list.map((each) => each.toLowerCase())).size < list.length ? 'duplicate' : null;
}

function placeProblem(field: FormField, answers: Answers): FieldProblem | null {
  const place = placeIn(field, answers);
  if (!place) return { slug: field.slug, error: 'required' };
  if (place.needs === null) return null;
  const detail = textIn(answers[PLACE_DETAIL]);
  const error = detail ? textError(place.needs, detail) : 'required';
  return error && { slug: PLACE_DETAIL, error };
}

/** What is wrong with the answer to one field; null when nothing is. */
export function fieldProblem(field: FormField, answers: Answers): FieldProblem | null {
  const { kind, slug, required, options } = field;
  if (kind === 'location') return placeProblem(field, answers);
  const answer = answers[slug];
  const problem = (error: FieldError | null): FieldProblem | null => error && { slug, error };
  if (kind === 'boolean') return problem(required && answer !== true ? 'accept' : null);
  if (kind === 'emails' || kind === 'multiselect' || kind === 'checkbox') {
    const list = listIn(answer);
    return problem(list.length > 0 ? listError(field, list) : required ? 'required' : null);
  }
  const text = textIn(answer);
  if (!text) return problem(required ? 'required' : null);
  if (kind === 'select' || kind === 'radio') return problem(options.includes(text) ? null : 'option');
  return problem(textError(kind, text));
}

/** Everything that is wrong, in the order of the form: the first gets the focus. */
export const formProblems = (form: readonly FormField[], answers: Answers): FieldProblem[] =>
  form.map((field) => fieldProblem(field, answers)).filter((problem) => problem !== null);
