import type { TemplateResult } from 'lit';
import { countryOf, dialled, inCountry, likelyCountry, withCode } from './booking/phone-countries.js';
import { phoneCountryView } from './views/phone-country-view.js';

/*
 * What a form with a phone number needs, in a chunk of its own: most forms ask for none. It imports nothing of the form's
 * chunk, so that it can lie beside it.
 */

/** The numbers of one visitor, who is likely to be in the zone's country, or in that of a language. */
export function phoneNumbers(timeZone: string, tag: string) {
  let country = likelyCountry(timeZone, [...navigator.languages, tag]);
  return {
    /** A number as it is judged and sent: with a calling code, if the country is known. */
    complete(text: string): string {
      const number = dialled(text);
      return country ? withCode(number, country) : number;
    },
    /** The choice of the country beside a number. */
    view: (text: string, label: string, language: string, onNumber: (text: string) => void): TemplateResult =>
      phoneCountryView(language, label, countryOf(text, country) ?? country, (chosen) => {
        country = chosen;
        onNumber(inCountry(text, chosen));
      }),
  };
}
