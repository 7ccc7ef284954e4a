import { answerTexts } from '../providers/answer-texts.js';
import type { Prefill } from '../providers/provider.js';
import { PLACE_DETAIL, listIn, textIn, type Answer, type Answers, type FormField } from './form-fields.js';

/** Where an answer for a field may be found among the site owner's prefill, best first. */
const NAMES: Readonly<Partial<Record<FormField['target'], readonly string[]>>> = {
  phone: ['phone', 'attendeePhoneNumber'],
};

/** First and last name of a whole one: the first word, and the rest. */
function namesIn(whole: string): readonly [string, string] {
  const [first = '', ...rest] = whole.split(/\s+/);
  return [first, rest.join(' ')];
}

function textsFor({ target, slug }: FormField, read: (name: string) => readonly string[]): readonly string[] {
  const own = read(slug);
  if (own.length > 0) return own;
  const [name = ''] = read('name');
  if (target === 'name') return [[...read('firstName'), ...read('lastName')].join(' ')].filter(Boolean);
  if (target === 'firstName') return namesIn(name).slice(0, 1).filter(Boolean);
  if (target === 'lastName') return namesIn(name).slice(1).filter(Boolean);
  return (NAMES[target] ?? []).map(read).find((texts) => texts.length > 0) ?? [];
}

function answerOf({ kind, options }: FormField, texts: readonly string[]): Answer | undefined {
  const [first = ''] = texts;
  if (texts.length === 0 || kind === 'location') return undefined;
  if (kind === 'boolean') return /^(true|yes|on|1)$/i.test(first);
  if (kind === 'emails') return texts.join(', ');
  if (kind === 'multiselect' || kind === 'checkbox') return texts.filter((text) => options.includes(text));
  if (kind === 'select' || kind === 'radio') return options.includes(first) ? first : undefined;
  return first;
}

/**
 * Answers that the visitor would otherwise type: the site owner's prefill, then what the scheduling page's own URL
 * says. Options that the host does not offer are left out.
 */
export function prefilledAnswers(form: readonly FormField[], prefill: Prefill, page: URL): Answers {
  const read = (name: string): readonly string[] => {
    const texts = answerTexts(prefill[name]);
    return texts.length > 0 ? texts : page.searchParams.getAll(name).filter(Boolean);
  };
  return Object.fromEntries(form.map((field) => [field.slug, answerOf(field, textsFor(field, read))]));
}

/** The same the other way round: what was typed, for the provider's page that takes the form's place. */
export function prefillOf(form: readonly FormField[], answers: Answers): Prefill {
  const entries = form
    .filter(({ kind }) => kind !== 'location')
    .map(({ target, slug, kind }) => {
      const answer = answers[slug];
      const isList = kind === 'emails' || kind === 'multiselect' || kind === 'checkbox';
      const value = kind === 'boolean' ? answer : isList ? listIn(answer) : textIn(answer);
      return [target === 'answer' || target === 'location' ? slug : target, value] as const;
    });
  return Object.fromEntries(entries.filter(([name]) => name !== PLACE_DETAIL));
}
