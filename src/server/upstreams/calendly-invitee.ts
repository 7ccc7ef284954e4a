import * as z from 'zod';
import type { CalendlyForm } from './calendly-form.js';
import type { BookingParameters } from './upstream.js';

const EMAIL = z.email().max(320);
const PHONE = /^\+\d{6,15}$/;
const MOST = { line: 500, text: 1000 };

const UTM = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term'] as const;

interface QuestionAnswer {
  readonly question: string;
  readonly answer: string;
  readonly position: number;
}

/** The answer to one question as one text; null for none, undefined for one that does not fit. */
function answerTo(
  { field: { name, kind, required, options = [] } }: CalendlyForm['questions'][number],
  answers: BookingParameters['answers'],
): string | null | undefined {
  const given = answers[name];
  const list = typeof given === 'string' ? [given] : (given ?? []);
  const texts = list.map((one) => one.trim()).filter(Boolean);
  if (texts.length === 0) return required ? undefined : null;
  if (kind !== 'multiselect' && texts.length > 1) return undefined;
  if ((kind === 'select' || kind === 'multiselect') && !texts.every((one) => options.includes(one)))
    return undefined;
  const [text = ''] = texts;
  if (kind === 'phone' && !PHONE.test(text)) return undefined;
  if (text.length > (kind === 'textarea' ? MOST.text : MOST.line)) return undefined;
  // The API takes one text, with a line for each choice.
  return texts.join('\n');
}

/** The place of the request; null where it has none, undefined where it is not one of the event type's. */
function locationOf({ places }: CalendlyForm, { place }: BookingParameters): object | null | undefined {
  const [only] = places;
  const chosen = place
    ? places.find(({ kind }) => kind === place.name)
    : places.length === 1 && !only?.shown.needs
      ? only
      : undefined;
  if (!chosen) return places.length === 0 && !place ? null : undefined;
  const { kind, location, shown } = chosen;
  const detail = place?.detail?.trim() ?? '';
  if (!shown.needs) return { kind, ...(location !== undefined && { location }) };
  if (detail.length > MOST.line || !(shown.needs === 'phone' ? PHONE.test(detail) : detail)) return undefined;
  return { kind, location: detail };
}

/**
 * The body of `POST /invitees`; a text names the answer that does not fit. The questions are the event type's own, word for
 * word, because the API compares them.
 */
export function inviteeBody(form: CalendlyForm, parameters: BookingParameters): object | string {
  const { answers, timeZone, start, utm = {} } = parameters;
  const { name = '', email = '' } = answers;
  if (typeof name !== 'string' || !name.trim() || name.length > MOST.line) return 'name';
  if (typeof email !== 'string' || !EMAIL.safeParse(email.trim()).success) return 'email';
  const known = ['name', 'email', ...form.questions.map(({ field }) => field.name)];
  const stranger = Object.keys(answers).find((one) => !known.includes(one));
  if (stranger !== undefined) return stranger;
  const answered: QuestionAnswer[] = [];
  for (const question of form.questions) {
    const answer = answerTo(question, answers);
    if (answer === undefined) return question.field.name;
    if (answer !== null)
      answered.push({ question: question.asked.name, answer, position: question.asked.position });
  }
  const location = locationOf(form, parameters);
  if (location === undefined) return 'place';
  const tracking = Object.fromEntries(UTM.map((key) => [key, utm[key] ?? null]));
  return {
    event_type: form.uri,
    // As the API writes it in its list of free times.
    start_time: new Date(start).toISOString().replace('.000Z', 'Z'),
    invitee: { name: name.trim(), email: email.trim(), timezone: timeZone },
    ...(location && { location }),
    ...(answered.length > 0 && { questions_and_answers: answered }),
    // All six keys or none.
    ...(Object.keys(utm).length > 0 && { tracking: { ...tracking, salesforce_uuid: null } }),
  };
}
