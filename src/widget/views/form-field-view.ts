import { html, nothing, type TemplateResult } from 'lit';
import {
  PLACE_DETAIL,
  listIn,
  placeIn,
  textIn,
  type Answer,
  type Answers,
  type FieldError,
  type FieldProblem,
  type FormField,
  type Place,
} from '../booking/form-fields.js';
import { placeName } from '../booking/place-name.js';
import type { FormStrings } from '../locales/strings.js';
import type { CountryView } from './phone-country-view.js';

export interface FieldModel {
  readonly field: FormField;
  /** Unique within the shadow root. */
  readonly id: string;
  readonly answers: Answers;
  readonly problems: readonly FieldProblem[];
  readonly strings: FormStrings;
  readonly countryView: CountryView;
  readonly onAnswer: (slug: string, answer: Answer) => void;
  readonly onLeave: (field: FormField) => void;
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const valueOf = (event: Event): string => (event.target as Control).value;

/** What a field shows: exactly what was typed, since other text would move the visitor's caret to its end. */
const typedIn = (answer: Answer | undefined): string => (typeof answer === 'string' ? answer : '');

/** What copied addresses and numbers bring along: invisible characters, and the scheme of a link. */
const COPIED = /\p{Cf}|^\s*(mailto|tel):/giu;

/** The words of each error. */
const errorText = (strings: FormStrings, error: FieldError): string =>
  ({
    required: strings.required,
    accept: strings.required,
    option: strings.required,
    email: strings.invalidEmail,
    phone: strings.invalidPhone,
    url: strings.invalidUrl,
    long: strings.tooLong,
    many: strings.tooLong,
    duplicate: strings.duplicate,
  })[error];

/** The widget's own words for fields that every event type has; the host's words come first. */
function labelOf({ label, slug, target }: FormField, strings: FormStrings): string {
  if (label) return label;
  if (target !== 'answer') return strings[target];
  return slug === 'notes' ? strings.notes : slug.replace(/[-_]+/g, ' ');
}

/** What browsers fill in, and which keyboard a phone shows. https://html.spec.whatwg.org/#autofill */
const TYPES: Readonly<
  Partial<Record<FormField['kind'], { readonly type: string; readonly autocomplete: string }>>
> = {
  email: { type: 'email', autocomplete: 'email' },
  phone: { type: 'tel', autocomplete: 'tel' },
  url: { type: 'url', autocomplete: 'url' },
  address: { type: 'text', autocomplete: 'address-line1' },
};

const NAMES: Readonly<Partial<Record<FormField['target'], string>>> = {
  name: 'name',
  firstName: 'given-name',
  lastName: 'family-name',
};

/** What is wrong with the answer, where a screen reader finds it from the field. */
const errorView = (id: string, text: string): TemplateResult | typeof nothing =>
  text ? html`<p id=${`${id}-error`} class="error">${text}</p>` : nothing;

const problemOf = ({ problems, strings }: FieldModel, slug: string): string => {
  const problem = problems.find((each) => each.slug === slug);
  return problem ? errorText(strings, problem.error) : '';
};

/** A line of text of some type, with its error. */
function lineView(
  model: FieldModel,
  { slug, kind, target, placeholder, required }: Omit<FormField, 'label' | 'options' | 'places'>,
  id: string,
  hint = '',
): TemplateResult {
  const error = problemOf(model, slug);
  const { type, autocomplete } = TYPES[kind] ?? { type: 'text', autocomplete: NAMES[target] ?? 'off' };
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ');
  const onInput = (event: Event): void => {
    const text = valueOf(event);
    model.onAnswer(slug, /^(email|phone)/.test(kind) ? text.replace(COPIED, '') : text);
  };
  // Programs that fill in forms dispatch one event or the other.
  const input = html`<input
    id=${id}
    name=${slug}
    type=${type}
    autocomplete=${autocomplete}
    inputmode=${kind === 'emails' ? 'email' : nothing}
    autocapitalize=${NAMES[target] ? 'words' : nothing}
    placeholder=${placeholder || nothing}
    .value=${typedIn(model.answers[slug])}
    ?required=${required}
    aria-invalid=${error ? 'true' : nothing}
    aria-describedby=${described || nothing}
    @input=${onInput}
    @change=${onInput}
    @blur=${() => model.onLeave(model.field)}
  />`;
  const { countryView, strings, answers } = model;
  const withCountry = (): TemplateResult => {
    const country = countryView(answers[slug], strings.phoneCountry, (answer) =>
      model.onAnswer(slug, answer),
    );
    return html`<div class="phone">${country}${input}</div>`;
  };
  return html`${kind === 'phone' ? withCountry() : input}${hint ? html`<small id=${`${id}-hint`}>${hint}</small>` : nothing}${errorView(id, error)}`;
}

function textAreaView(model: FieldModel): TemplateResult {
  const { field, id } = model;
  const error = problemOf(model, field.slug);
  return html`<textarea
      id=${id}
      name=${field.slug}
      rows="3"
      placeholder=${field.placeholder || nothing}
      .value=${typedIn(model.answers[field.slug])}
      ?required=${field.required}
      aria-invalid=${error ? 'true' : nothing}
      aria-describedby=${error ? `${id}-error` : nothing}
      @input=${(event: Event) => model.onAnswer(field.slug, valueOf(event))}
      @blur=${() => model.onLeave(field)}
    ></textarea
    >${errorView(id, error)}`;
}

function selectView(
  model: FieldModel,
  options: readonly (readonly [value: string, text: string])[],
): TemplateResult {
  const { field, id, strings } = model;
  const error = problemOf(model, field.slug);
  const chosen = textIn(model.answers[field.slug]);
  const onChoice = (event: Event): void => model.onAnswer(field.slug, valueOf(event));
  return html`<select
      id=${id}
      name=${field.slug}
      ?required=${field.required}
      aria-invalid=${error ? 'true' : nothing}
      aria-describedby=${error ? `${id}-error` : nothing}
      @input=${onChoice}
      @change=${onChoice}
    >
      <option value="" .selected=${!chosen}>${strings.choose}</option>
      ${options.map(
        ([value, text]) => html`<option value=${value} .selected=${value === chosen}>${text}</option>`,
      )}</select
    >${errorView(id, error)}`;
}

/** One of several, or some of them. */
function groupView(model: FieldModel, isOne: boolean): TemplateResult {
  const { field, id, answers } = model;
  const error = problemOf(model, field.slug);
  const chosen = isOne ? [textIn(answers[field.slug])] : listIn(answers[field.slug]);
  const onChange = (option: string, isChecked: boolean): void => {
    if (isOne) return model.onAnswer(field.slug, option);
    const others = chosen.filter((each) => each !== option);
    // In the host's order, whatever the order of clicks.
    model.onAnswer(
      field.slug,
      field.options.filter((each) => others.includes(each) || (isChecked && each === option)),
    );
  };
  return html`${field.options.map(
    (option, index) =>
      html`<label class="check"
        ><input
          id=${index === 0 ? id : `${id}-${index}`}
          type=${isOne ? 'radio' : 'checkbox'}
          name=${id}
          .checked=${chosen.includes(option)}
          aria-invalid=${error ? 'true' : nothing}
          aria-describedby=${error ? `${id}-error` : nothing}
          @change=${(event: Event) => onChange(option, (event.target as HTMLInputElement).checked)}
        /><bdi>${option}</bdi></label
      >`,
  )}${errorView(id, error)}`;
}

const kindOfDetail = { phone: 'phone', address: 'address', text: 'text' } as const;

/** A place in words, also where it has no name of its own. */
const placeText = (place: Place, strings: FormStrings): string =>
  placeName(place) ||
  ({ phone: strings.phone, attendeePhone: strings.phone, place: strings.location }[place.type] ??
    place.type.replace(/([A-Z])/g, ' $1'));

/** Where to meet, and what the visitor has to give for that place. */
function placeView(model: FieldModel): TemplateResult {
  const { field, id, strings, answers } = model;
  const { places } = field;
  const place = placeIn(field, answers);
  const detail = `${id}-detail`;
  const choice =
    places.length > 1
      ? selectView(
          model,
          places.map((each, index) => [`${index}`, placeText(each, strings)]),
        )
      : nothing;
  if (!place?.needs) return html`${choice}`;
  const kind = kindOfDetail[place.needs];
  const text = place.needs === 'phone' ? strings.phone : strings.location;
  const own = { slug: PLACE_DETAIL, kind, target: 'answer', placeholder: '', required: true } as const;
  return html`${choice}${
    places.length > 1 ? html`<label for=${detail}>${text}</label>` : nothing
  }${lineView(model, own, places.length > 1 ? detail : id)}`;
}

function controlView(model: FieldModel): TemplateResult {
  const { field, id, strings } = model;
  switch (field.kind) {
    case 'textarea':
      return textAreaView(model);
    case 'select':
      return selectView(
        model,
        field.options.map((option) => [option, option]),
      );
    case 'radio':
      return groupView(model, true);
    case 'checkbox':
    case 'multiselect':
      return groupView(model, false);
    case 'location':
      return placeView(model);
    default:
      return lineView(model, field, id, field.kind === 'emails' ? strings.guestsHint : '');
  }
}

/** A yes or no, with its words behind it. */
function booleanView(model: FieldModel, label: TemplateResult): TemplateResult {
  const { field, id } = model;
  const error = problemOf(model, field.slug);
  return html`<label class="check"
      ><input
        id=${id}
        type="checkbox"
        name=${field.slug}
        .checked=${model.answers[field.slug] === true}
        ?required=${field.required}
        aria-invalid=${error ? 'true' : nothing}
        aria-describedby=${error ? `${id}-error` : nothing}
        @change=${(event: Event) => model.onAnswer(field.slug, (event.target as HTMLInputElement).checked)}
      /><span>${label}</span></label
    >${errorView(id, error)}`;
}

/** One field of the form: label, control, and what is wrong with the answer beside it. */
export function fieldView(model: FieldModel): TemplateResult {
  const { field, id, strings } = model;
  // The host may write in another direction than the page.
  const label = html`<bdi>${labelOf(field, strings)}</bdi>${
      field.required ? nothing : html` <small>(${strings.optional})</small>`
    }`;
  if (field.kind === 'boolean') return html`<div class="field">${booleanView(model, label)}</div>`;
  if (field.kind === 'radio' || field.kind === 'checkbox' || field.kind === 'multiselect')
    return html`<fieldset class="field">
      <legend>${label}</legend>
      ${controlView(model)}
    </fieldset>`;
  return html`<div class="field"><label for=${id}>${label}</label>${controlView(model)}</div>`;
}
