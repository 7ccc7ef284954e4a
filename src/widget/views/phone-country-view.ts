import { html, nothing, type TemplateResult } from 'lit';
import type { Answer } from '../booking/form-fields.js';
import { countries, type PhoneCountry } from '../booking/phone-countries.js';

/** Draws the choice of a country beside a number; undefined until its chunk is there. */
export type CountryView = (
  answer: Answer | undefined,
  label: string,
  onAnswer: (answer: Answer) => void,
) => TemplateResult | undefined;

/** The calling code, and over it a list of all countries in the visitor's language. */
export function phoneCountryView(
  tag: string,
  label: string,
  current: PhoneCountry | undefined,
  onCountry: (country: PhoneCountry) => void,
): TemplateResult {
  const names = new Intl.DisplayNames(tag, { type: 'region' });
  const items = countries
    .map((country) => ({ country, name: names.of(country.region) ?? country.region }))
    .sort((one, other) => one.name.localeCompare(other.name, tag));
  const onChange = ({ target }: Event): void => {
    const chosen = countries.find(({ region }) => region === (target as HTMLSelectElement).value);
    if (chosen) onCountry(chosen);
  };
  return html`<span class="code">
    <span aria-hidden="true" dir="ltr">${current ? `+${current.code}` : '+'}</span>
    <select aria-label=${label} autocomplete="tel-country-code" @change=${onChange}>
      ${current ? nothing : html`<option value="" selected></option>`}
      ${items.map(
        ({ country: { region, code }, name }) =>
          html`<option value=${region} .selected=${region === current?.region}>${name} (+${code})</option>`,
      )}
    </select>
  </span>`;
}
