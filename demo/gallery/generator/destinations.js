// @ts-check
import { reactCode, svelteCode, vueCode } from './app-code.js';
import { readableOn, rgbOf } from './contrast.js';
import { furtherCode } from './destination.js';
import { box } from './markup.js';
import { asksAlone, everything, mailButton, managedScript, shortcode } from './page-code.js';
import { scriptTag } from './script-address.js';
import { drupal, framer, hubspot, shopify, squarespace, webflow, wix } from './website-builders.js';

/** @typedef {import('./destination.js').Destination} Destination */
/** @typedef {import('./state.js').State} State */

/** The accent colour of mail, where none was chosen or mail programs would not know it. */
const MAIL_ACCENT = '#1d4ed8';

/** @type {Destination} */
const html = {
  id: 'html',
  name: 'HTML',
  form: () => 'script and tag, on one line',
  text: everything,
  steps: () => [
    'Open the page in your editor.',
    'Paste the snippet into the body, where the calendar should be.',
    'Save and upload. Paste it again for a second calendar: the script runs once.',
  ],
};

/** @type {Destination} */
const wordpress = {
  id: 'wordpress',
  name: 'WordPress',
  form: ({ plugin }) => (plugin === 'no' ? 'a box for a Custom HTML block' : 'a shortcode of the plugin'),
  // WordPress shows the code of removed scripts as text: a script tag with an address has none.
  text: (state, release) =>
    state.plugin === 'no'
      ? scriptTag(state, release) + box(state, { asks: asksAlone(state) })
      : shortcode(state),
  steps: ({ plugin }) =>
    plugin === 'no'
      ? [
          'Edit the page: add a Custom HTML block.',
          'Paste the snippet. WordPress keeps the script of administrators and editors only.',
          'Authors: ask an administrator to add the script to a footer once; the box then works in your posts.',
        ]
      : [
          'Once: Plugins → Add New → Upload Plugin, and choose the zip of the release.',
          'Edit the page: add a Shortcode block and paste the snippet.',
          'Update. The plugin brings the script.',
        ],
  further: furtherCode('A header plugin or your theme’s header'),
  notes: (state) =>
    state.plugin === 'no' || !(state.radius || state.lang)
      ? []
      : ['Corner radius and language follow the page: a shortcode has no place for them.'],
};

/** @type {Destination} */
const ghost = {
  id: 'ghost',
  name: 'Ghost',
  form: () => 'script and tag for an HTML card',
  text: everything,
  steps: () => [
    'In the post or page: type `/html` and choose the HTML card.',
    'Paste the snippet into the card. A Markdown card would break it.',
    'Publish. Readers of the newsletter get the link.',
  ],
};

/** @type {Destination} */
const gtm = {
  id: 'gtm',
  name: 'Tag Manager',
  form: ({ mode }) => (mode === 'floating' ? 'a tag that adds the button' : 'a tag that makes links popups'),
  text: managedScript,
  steps: () => [
    'Tags → New → Custom HTML, and paste the snippet.',
    'Trigger: All Pages, or the pages you mean.',
    'Preview, then Submit.',
  ],
  notes: ({ mode, radius, lang }) => [
    ...(mode === 'inline'
      ? ['Tag Manager cannot place anything in a page: links to your scheduling page become popups.']
      : []),
    ...(mode !== 'floating' && (radius || lang) ? ['Corner radius and language follow the page here.'] : []),
  ],
};

/** @param {string} id @param {string} name @param {(state: State) => string} text @param {string} file @returns {Destination} */
const framework = (id, name, text, file) => ({
  id,
  name,
  form: () => `a component for ${name}, and the npm package`,
  text,
  steps: () => [
    'In the folder of your project: `npm install booking-widget-element`.',
    `Paste the snippet as ${file}.`,
    id === 'vue'
      ? 'Add `isCustomElement: (tag) => tag === "booking-widget"` to the compiler options of the Vue plugin, then use the component.'
      : 'Import the component where the calendar should be.',
  ],
  further: furtherCode('The page’s HTML, in its head'),
  notes: () => ['The package brings the script: the script address is not needed.'],
});

/** @type {Destination} */
const email = {
  id: 'email',
  name: 'E-mail',
  form: () => 'a link that looks like a button',
  text(state) {
    const background = rgbOf(state.accent) ? state.accent.trim() : MAIL_ACCENT;
    return mailButton(state, { background, text: readableOn(background) });
  },
  steps: () => [
    'Open your signature or template in its HTML view.',
    'Paste the snippet.',
    'Send yourself a test, and press the button.',
  ],
  notes: () => ['Mail programs run no scripts: readers book on the scheduling page itself.'],
};

/** Every place a snippet can go to, in the order of the tabs. @type {readonly Destination[]} */
export const DESTINATIONS = [
  html,
  wordpress,
  ghost,
  webflow,
  squarespace,
  wix,
  shopify,
  framer,
  drupal,
  hubspot,
  gtm,
  framework('react', 'React', reactCode, '`Booking.jsx`'),
  framework('vue', 'Vue', vueCode, '`Booking.vue`'),
  framework('svelte', 'Svelte', svelteCode, '`Booking.svelte`'),
  email,
];

export const destinationOf = (/** @type {string} */ id) =>
  DESTINATIONS.find((destination) => destination.id === id) ?? html;

/** What stands for the link until one is pasted. */
export const SAMPLE_LINK = 'https://cal.com/acme/30min';

/**
 * The snippet of a state, and all that is said about it.
 *
 * @param {State} state
 * @param {import('./script-address.js').Release} release
 */
export function snippetFor(state, release) {
  const destination = destinationOf(state.to);
  // On one line, whatever was pasted into the fields.
  const line = (/** @type {string} */ text) => text.trim().replace(/\s+/g, ' ');
  const whole = {
    ...state,
    link: line(state.link) || SAMPLE_LINK,
    label: line(state.label) || 'Book a time',
    accent: line(state.accent),
    utm: line(state.utm),
    address: line(state.address),
  };
  return {
    destination,
    form: destination.form(whole),
    text: destination.text(whole, release),
    steps: destination.steps(whole),
    fields: destination.fields?.(whole, release) ?? [],
    further: destination.further?.(whole, release) ?? [],
    notes: destination.notes?.(whole) ?? [],
  };
}
