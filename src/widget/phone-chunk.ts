/*
 * What a form with a phone number needs, in a chunk of its own: most forms ask for none. It imports nothing of the form's
 * chunk, so that it can lie beside it.
 */
export { countryOf, inCountry, likelyCountry, withCode } from './booking/phone-countries.js';
export { phoneCountryView } from './views/phone-country-view.js';
