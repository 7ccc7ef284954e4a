// @ts-check
import { heightOf, markedLink, optionsOf, tag } from './markup.js';
import { asksAlone, everything, inlineScript, pageQuery } from './page-code.js';
import { scriptAddress, scriptTag } from './script-address.js';
import { furtherCode, noRadius, singleFile } from './destination.js';

/** @typedef {import('./destination.js').Destination} Destination */
/** @typedef {import('./state.js').State} State */

const anyHtml = () => 'script and tag, on one line';

/** @type {Destination} */
export const webflow = {
  id: 'webflow',
  name: 'Webflow',
  form: anyHtml,
  text: everything,
  steps: () => [
    'In the Designer: Add elements → Advanced → Code Embed, at the place of the calendar.',
    'Paste the snippet, then “Save & Close”. The Designer shows only the link.',
    'Publish, or open the preview: scripts run there.',
  ],
};

/** @type {Destination} */
export const squarespace = {
  id: 'squarespace',
  name: 'Squarespace',
  form: anyHtml,
  text: everything,
  steps: () => [
    'Edit the page: Add block → Code, and leave it on HTML.',
    'Switch “Display source” off and paste the snippet.',
    'Save. Scripts need the Business plan or a higher one; without it, visitors have the link.',
  ],
};

/**
 * The attributes of the tag, each a field of its own.
 *
 * @param {State} state
 * @returns {readonly import('./destination.js').Field[]}
 */
const attributeFields = (state) => [
  ['src', state.link],
  ['label', state.label],
  ...optionsOf(state, { asks: asksAlone(state) }).map(
    ([name, value]) => /** @type {const} */ ([name, value || 'true']),
  ),
  ...(state.lang ? [/** @type {const} */ (['lang', state.lang])] : []),
];

/** @type {Destination} */
export const wix = {
  id: 'wix',
  name: 'Wix',
  form: () => 'values for the panel of a custom element',
  text(state, release) {
    return [
      `Server URL: ${singleFile(state, release)}`,
      'Tag Name: booking-widget',
      'Attributes:',
      ...attributeFields(state).map(([name, value]) => `  ${name}: ${value}`),
    ].join('\n');
  },
  fields: (state, release) => [
    ['Server URL', singleFile(state, release)],
    ['Tag Name', 'booking-widget'],
    ...attributeFields(state),
  ],
  steps: () => [
    'Add Elements → Embed → Custom Element. It needs a premium plan and a domain of your own.',
    'Choose Source → Server URL, then Set Attributes: copy the fields one by one.',
    'Make the element at least 640 pixels high, and put a Wix button with the same link beside it.',
  ],
  further: furtherCode('Settings → Custom code → Head'),
  notes: noRadius,
};

/** @type {Destination} */
export const shopify = {
  id: 'shopify',
  name: 'Shopify',
  form: anyHtml,
  text: everything,
  steps: () => [
    'Online Store → Themes → Customize, and open the page.',
    'Add section → Custom Liquid, and paste the snippet.',
    'Save. For settings in the theme editor, use the section in `integrations/shopify` instead.',
  ],
};

/** @type {Destination} */
export const framer = {
  id: 'framer',
  name: 'Framer',
  form: ({ mode }) => (mode === 'inline' ? 'script and tag for an Embed' : 'code for the end of the page'),
  text(state, release) {
    if (state.mode === 'popup')
      return inlineScript(state) + scriptTag(state, release, pageQuery(state, [['links', 'popup']]));
    if (state.mode === 'floating') return everything(state, release);
    // The Embed is a frame: it cannot grow, links have to leave it, and no code of the page reaches it.
    return (
      scriptTag(state, release) +
      tag(state, {
        asks: asksAlone(state),
        styles: false,
        more: [['height', heightOf(state)]],
        link: [['target', '_blank']],
      })
    );
  },
  steps: ({ mode, link }) =>
    mode === 'inline'
      ? [
          'Insert → Utility → Embed, and choose the type HTML.',
          'Paste the snippet.',
          'Give the Embed a height of 640 or more: it cannot grow.',
        ]
      : [
          'Site settings → General → Custom code → End of `<body>` tag, and paste the snippet.',
          mode === 'popup'
            ? `Link any text or button to ${link || 'your scheduling page'}.`
            : 'Nothing else: the button is in the corner of each page.',
          'Publish. The preview runs no custom code.',
        ],
  notes: ({ mode, radius, lang, consent, tracking }) => [
    ...(mode !== 'floating' && (radius || (mode === 'popup' && lang))
      ? ['Corner radius and language follow the page here: an Embed and a link have no place for them.']
      : []),
    ...(mode === 'inline' && (consent !== '' || tracking !== '')
      ? [
          'An Embed is a frame of its own: consent tools and tags of your page do not reach it, so the widget asks.',
        ]
      : []),
  ],
};

/** @type {Destination} */
export const drupal = {
  id: 'drupal',
  name: 'Drupal',
  form: ({ mode }) => (mode === 'inline' ? 'the tag, without styles' : 'a link with a class'),
  text: (state) => {
    const how = { asks: asksAlone(state) };
    return state.mode === 'inline' ? tag(state, { ...how, styles: false }) : markedLink(state, how);
  },
  steps: () => [
    'Once for the site: add the script to your theme’s library, and the line to “Manually editable HTML tags” of the text format.',
    'Edit the page and switch the editor to “Source”.',
    'Paste the snippet and save.',
  ],
  further: (state, release) => [
    { caption: 'Your theme’s .libraries.yml', text: libraryOf(state, release) },
    {
      caption: 'Text format → Manually editable HTML tags',
      text: '<a href class="booking-widget" data-booking-* lang> <booking-widget src mode label theme accent height slots loading consent hide-details forward-params data-layer data-booking-* lang>',
    },
    ...furtherCode('Your theme’s html.html.twig, before the scripts')(state),
  ],
  notes: noRadius,
};

/**
 * The script in Drupal's notation.
 *
 * @param {State} state
 * @param {import('./script-address.js').Release} release
 */
function libraryOf(state, release) {
  const integrity = state.files === 'cdn' ? release.integrity['booking-widget.js'] : undefined;
  const attributes = `async: true${integrity ? `, integrity: ${integrity}, crossorigin: anonymous` : ''}`;
  return `booking-widget: { js: { ${scriptAddress(state, release)}: { type: external, attributes: { ${attributes} } } } }`;
}

/** @type {Destination} */
export const hubspot = {
  id: 'hubspot',
  name: 'HubSpot',
  form: anyHtml,
  text: everything,
  steps: () => [
    'Edit the page: Add → Embed (or a custom HTML module of your theme).',
    'Paste the snippet as embed code. Rich text would remove the script.',
    'Apply, and publish the page.',
  ],
};
