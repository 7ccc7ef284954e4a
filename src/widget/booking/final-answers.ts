import {
  PLACE_DETAIL,
  listIn,
  phoneNumber,
  placeIn,
  textIn,
  type Answer,
  type Answers,
  type FieldTarget,
  type FormField,
  type Place,
} from './form-fields.js';

/** An answer as it is sent: trimmed, lists as lists, phone numbers with `+` and digits alone. */
export type FinalAnswer =
  | { readonly target: Exclude<FieldTarget, 'location'>; readonly slug: string; readonly value: Answer }
  /** `detail`: what the visitor gives for the place; empty where it needs nothing. */
  | { readonly target: 'location'; readonly place: Place; readonly detail: string };

/** Undefined for a field without an answer. */
function valueOf({ kind, slug, required }: FormField, answers: Answers): Answer | undefined {
  const answer = answers[slug];
  if (kind === 'boolean')
    return answer === true || (required ? undefined : answer === false ? false : undefined);
  if (kind === 'emails' || kind === 'multiselect' || kind === 'checkbox') {
    const list = listIn(answer);
    return list.length > 0 ? list : undefined;
  }
  const text = textIn(answer);
  return text ? (kind === 'phone' ? phoneNumber(text) : text) : undefined;
}

/** The answers to a form's fields, in its order; fields without one are left out. */
export function finalAnswers(form: readonly FormField[], answers: Answers): readonly FinalAnswer[] {
  return form.flatMap((field): readonly FinalAnswer[] => {
    const { target, slug } = field;
    if (target === 'location') {
      const place = placeIn(field, answers);
      if (!place) return [];
      const detail = textIn(answers[PLACE_DETAIL]);
      return [{ target, place, detail: place.needs === 'phone' ? phoneNumber(detail) : detail }];
    }
    const value = valueOf(field, answers);
    return value === undefined ? [] : [{ target, slug, value }];
  });
}
