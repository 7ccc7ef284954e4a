import { el } from '../element.js';
import { choice, copyButton, field, input, select, withCode } from './controls.js';
import { ASKS, CONSENT_TOOLS } from './consent-tools.js';
import { bookedEvent } from './product.js';
import { previewed } from './preview-view.js';
import { release } from './release.js';
import { cdnAddress } from './script-address.js';
import { current, subscribe } from './store.js';
import { RECIPES, testConversion } from './tracking.js';

const section = (title, summary, ...content) =>
  el(
    'details',
    { class: 'settings' },
    el('summary', {}, el('h3', {}, title), summary),
    el('div', { class: 'settings-content' }, ...content),
  );

/** What is chosen, beside the title of a closed section. */
function summaryOf(textOf) {
  const text = el('span', { class: 'chosen' });
  subscribe((state) => (text.textContent = textOf(state)));
  return text;
}

function scriptSection() {
  const address = field(
    'Address of your upload',
    input('address', { inputmode: 'url' }),
    'The file, or the folder that you unpacked the web zip into.',
  );
  const { host } = new URL(cdnAddress(release.version, ''));
  const hash = el(
    'p',
    { class: 'hint' },
    Object.keys(release.integrity).length
      ? `Version ${release.version} from ${host}, with the SRI value of the files beside this page: a browser that gets other bytes runs nothing.`
      : `Version ${release.version} from ${host}. Open this page over https for the SRI value: browsers compute none without.`,
  );
  subscribe(({ files }) => {
    address.hidden = files !== 'upload';
    hash.hidden = files !== 'cdn';
  });
  return section(
    'Script',
    summaryOf(({ files }) => (files === 'cdn' ? `CDN, version ${release.version}` : 'Your upload')),
    choice('files', 'Where the script is', [
      ['upload', 'Your upload'],
      ['cdn', 'CDN with SRI'],
    ]),
    address,
    hash,
  );
}

/** A booking that nobody made goes through the preview's widget: what it sends is shown. */
async function sendTestConversion(tracking, shown) {
  const { widget, window } = previewed();
  shown.hidden = false;
  if (!widget) {
    shown.textContent = 'The preview is still loading: please try again.';
    return;
  }
  const id = `test-${Date.now().toString(36)}`;
  const sent = [];
  if (tracking === 'ga4')
    window.gtag = (...words) => sent.push(`gtag(${words.map((word) => JSON.stringify(word)).join(', ')})`);
  const onBooked = ({ change, bookingId }) => {
    if (tracking === 'ga4' && change === 'created')
      window.gtag('event', 'generate_lead', { booking_id: bookingId });
  };
  widget.addEventListener('booking-booked', onBooked, { once: true });
  const event = await bookedEvent(id);
  const before = window.dataLayer?.length ?? 0;
  widget.dispatchEvent(event);
  for (const entry of window.dataLayer?.slice(before) ?? []) sent.push(JSON.stringify(entry, null, 2));
  shown.textContent = sent.at(-1) ?? 'Nothing was sent.';
}

function trackingSection() {
  const recipe = el('ol', { class: 'steps' });
  const shown = el('pre', { class: 'sent', role: 'status', hidden: true });
  const tools = el(
    'div',
    { class: 'actions' },
    el(
      'button',
      { type: 'button', click: () => sendTestConversion(current().tracking, shown) },
      'Send a test conversion',
    ),
    copyButton(() => testConversion(current().tracking, 'test-1'), 'Copy for your console'),
  );
  const hint = el(
    'p',
    { class: 'hint' },
    'The test goes through the preview and shows what a booking sends. In the console of your own site, with Tag Manager’s preview open, the copied line does the same.',
  );
  subscribe(({ tracking }) => {
    recipe.replaceChildren(...(RECIPES[tracking] ?? []).map((step) => el('li', {}, step)));
    for (const each of [recipe, tools, hint]) each.hidden = tracking === '';
    shown.hidden = true;
  });
  return section(
    'Conversions',
    summaryOf(
      ({ tracking }) => ({ '': 'Off', 'data-layer': 'Data layer', ga4: 'Google Analytics' })[tracking],
    ),
    choice('tracking', 'Count bookings with', [
      ['', 'Nothing'],
      ['data-layer', 'Tag Manager'],
      ['ga4', 'GA4 alone'],
    ]),
    recipe,
    tools,
    shown,
    hint,
    field(
      'Campaign parameters that are forwarded',
      input('utm', { placeholder: 'utm_source utm_medium utm_campaign utm_term utm_content' }),
      'Names with spaces between them. “none” forwards and stores nothing.',
    ),
  );
}

function consentSection() {
  const hint = el('p', { class: 'hint' });
  const hintOf = (consent) => {
    if (!consent) return 'The scheduling service is contacted when the widget comes near the screen.';
    if (consent === ASKS) return 'The widget shows a button, and contacts nobody before it is pressed.';
    return CONSENT_TOOLS.find(({ id }) => id === consent)?.hint ?? '';
  };
  subscribe(({ consent }) => hint.replaceChildren(...withCode(hintOf(consent))));
  const choices = [
    ['', 'No consent needed'],
    [ASKS, 'The widget asks'],
    ...CONSENT_TOOLS.map(({ id, name }) => [id, name]),
  ];
  return section(
    'Consent',
    summaryOf(({ consent }) => choices.find(([id]) => id === consent)?.[1] ?? ''),
    field('Consent tool', select('consent', choices)),
    hint,
  );
}

/** What most sites leave as it is. */
export const settingsView = () =>
  el(
    'section',
    { class: 'panel', 'aria-labelledby': 'settings-title' },
    el('h2', { id: 'settings-title' }, 'For your site'),
    scriptSection(),
    trackingSection(),
    consentSection(),
  );
