// @ts-check

/** Name of the event in the data layer. */
export const BOOKED = 'booking_widget.booked';

/** Sends a conversion to Google Analytics for each new booking, on pages with gtag.js. ECMAScript 5, for tag managers. */
export const GA4_CODE =
  "document.addEventListener('booking-booked',function(e){if(e.change==='created'&&window.gtag)gtag('event','generate_lead',{booking_id:e.bookingId})});";

/**
 * A line for the console of the site: a conversion as a booking sends it.
 *
 * @param {string} tracking
 * @param {string} id of the pretended booking
 */
export const testConversion = (tracking, id) =>
  tracking === 'ga4'
    ? `gtag('event', 'generate_lead', { booking_id: '${id}' });`
    : `(window.dataLayer ||= []).push({ event: '${BOOKED}', booking_id: '${id}' });`;

/**
 * What to set up elsewhere, step by step.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const RECIPES = {
  'data-layer': [
    `In Tag Manager: Triggers → New → Custom Event, event name ${BOOKED}.`,
    'Variables → New → Data Layer Variable, name booking_id.',
    'Tags → New → Google Analytics: GA4 Event, event name generate_lead, parameter booking_id, with that trigger.',
  ],
  ga4: [
    'The snippet calls gtag() of your page for each new booking: gtag.js has to be on the page already.',
    'In Google Analytics: Admin → Events, and wait for generate_lead after the first booking.',
    'Mark generate_lead as a key event.',
  ],
};
