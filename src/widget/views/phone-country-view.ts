import { html, nothing, type TemplateResult } from 'lit';
import type { Answer } from '../booking/form-fields.js';
import { countries, type PhoneCountry } from '../booking/phone-countries.js';

/** Draws the choice of a country beside a number; undefined until its chunk is there. */
export type CountryView = (
  answer: Answer | undefined,
  label: string,
  onAnswer: (answer: Answer) => void,
) => TemplateResult | undefined;

interface NamedCountry {
  readonly country: PhoneCountry;
  readonly name: string;
}

function namedCountries(tag: string): readonly NamedCountry[] {
  const names = new Intl.DisplayNames(tag, { type: 'region' });
  return countries
    .map((country) => ({ country, name: names.of(country.region) ?? country.region }))
    .sort((one, other) => one.name.localeCompare(other.name, tag));
}

/** Sorting takes as long as everything else that a key does. */
let listed: { readonly tag: string; readonly items: readonly NamedCountry[] } | undefined;

/** The calling code, and over it a list of all countries in the visitor's language. */
export function phoneCountryView(
  tag: string,
  label: string,
  current: PhoneCountry | undefined,
  onCountry: (country: PhoneCountry) => void,
): TemplateResult {
  if (listed?.tag !== tag) listed = { tag, items: namedCountries(tag) };
  const onChange = ({ target }: Event): void => {
    const chosen = countries.find(({ region }) => region === (target as HTMLSelectElement).value);
    if (chosen) onCountry(chosen);
  };
  return html`<span class="code">
    <span aria-hidden="true" dir="ltr">${current ? `+${current.code}` : '+'}</span>
    <select aria-label=${label} autocomplete="tel-country-code" @change=${onChange}>
      ${current ? nothing : html`<option value="" selected></option>`}
      ${listed.items.map(
        ({ country: { region, code }, name }) =>
          html`<option value=${region} .selected=${region === current?.region}>${name} (+${code})</option>`,
      )}
    </select>
  </span>`;
}
