// @ts-check

/** The choice "the widget asks": no tool gives consent. */
export const ASKS = 'ask';

/*
 * What the guide docs/platforms/consent.md writes, on one line: a test runs it on pages where each tool is played. `function` and
 * `var`, because tag managers read ECMAScript 5.
 */
const ASK_FIRST =
  "document.documentElement.dataset.bookingConsent='required';function allowBookings(){document.documentElement.dataset.bookingConsent='granted';document.querySelectorAll('booking-widget').forEach(function(w){w.setAttribute('consent','granted')})}";

/**
 * Consent tools by name, and the code that passes their consent on.
 *
 * @type {readonly { readonly id: string, readonly name: string, readonly hint: string, readonly code: string }[]}
 */
export const CONSENT_TOOLS = [
  {
    id: 'cookiebot',
    name: 'Cookiebot',
    hint: 'The calendar loads when the visitor accepts “Marketing”.',
    code: "function onCookiebot(){if(window.Cookiebot&&Cookiebot.consent&&Cookiebot.consent.marketing)allowBookings()}window.addEventListener('CookiebotOnConsentReady',onCookiebot);window.addEventListener('CookiebotOnAccept',onCookiebot);",
  },
  {
    id: 'onetrust',
    name: 'OneTrust',
    hint: 'C0004 is usually “Targeting”. Write your own category instead, if it has another identifier.',
    code: "window.addEventListener('OneTrustGroupsUpdated',function(e){if(e.detail.indexOf('C0004')!==-1)allowBookings()});",
  },
  {
    id: 'complianz',
    name: 'Complianz',
    hint: 'The calendar loads when the visitor accepts “Marketing”.',
    code: "document.addEventListener('cmplz_status_change',function(e){if(e.detail.category==='marketing'&&e.detail.value==='allow')allowBookings()});document.addEventListener('cmplz_enable_category',function(e){if(e.detail.category==='marketing')allowBookings()});",
  },
  {
    id: 'klaro',
    name: 'Klaro',
    hint: 'If you have a klaroConfig already, move this service into it.',
    code: "var klaroConfig={services:[{name:'booking',title:'Booking calendar',purposes:['functional'],callback:function(consent){if(consent)allowBookings()}}]};",
  },
];

/*
 * Placeholders that come without this code ask by themselves, so that a forgotten code contacts nobody. Once the tool has consent,
 * those that are inserted later have it as well, and links before they are pressed.
 */
const GRANT_LATER =
  "new MutationObserver(function(){if(document.documentElement.dataset.bookingConsent!=='granted')return;document.querySelectorAll('a[data-booking-consent=required]').forEach(function(a){a.setAttribute('data-booking-consent','granted')});document.querySelectorAll('booking-widget:not([consent=granted])').forEach(function(w){w.setAttribute('consent','granted')})}).observe(document.documentElement,{attributes:true,attributeFilter:['data-booking-consent'],childList:true,subtree:true});";

/**
 * The code for sites whose placeholders ask by themselves; empty where no tool was chosen.
 *
 * @param {string} id
 */
export const siteConsentCode = (id) => consentCode(id) && consentCode(id) + GRANT_LATER;

/**
 * The code that makes every widget of a page wait for a consent tool; empty where no tool was chosen.
 *
 * @param {string} id
 */
export function consentCode(id) {
  const tool = CONSENT_TOOLS.find((one) => one.id === id);
  return tool ? `${ASK_FIRST};${tool.code}` : '';
}

/**
 * The tool whose code is in a text; undefined for none.
 *
 * @param {string} text
 */
export const consentToolIn = (text) => CONSENT_TOOLS.find(({ code }) => text.includes(code));
