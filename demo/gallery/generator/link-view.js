import { el, picture } from '../element.js';
import { announce } from './controls.js';
import { SAMPLE_LINK } from './destinations.js';
import { linkIn, mistakeIn, titleOf, titleOfEvent } from './link.js';
import { factsOf, originsOf } from './provider-facts.js';
import { eventTypeOf, providerOf, recognition } from './product.js';
import { readSnippet } from './read-snippet.js';
import { change, current, subscribe } from './store.js';

const listeners = new Set();
let found = { link: '', page: null, provider: null, origins: { frame: '', slots: '' }, mistake: '' };

/** Calls the listener now and when another link was recognised: its page, provider and origins, or the mistake in it. */
export function onFound(listener) {
  listeners.add(listener);
  listener(found);
}

function publish(next) {
  found = next;
  for (const listener of listeners) listener(found);
}

let recognised;

async function recognise(link) {
  if (link === recognised) return;
  recognised = link;
  const mistake = mistakeIn(link, recognition);
  const page = mistake ? null : new URL(link || SAMPLE_LINK);
  const provider = page && (await providerOf(page));
  if (link !== recognised) return;
  publish({
    link,
    page,
    provider,
    origins: page ? originsOf(provider, page) : { frame: '', slots: '' },
    mistake,
    isSample: !link,
  });
}

/** The link that was pasted here, or typed and left: only of such a link a service is asked. */
let entered = '';
/** What services said of links; null before, and where they said nothing. */
const events = new Map();

/** Asks the service of the entered link about its event type, once, and calls `onEvent` if it says something. */
async function ask(onEvent) {
  const { link, page, provider, mistake } = found;
  if (!link || link !== entered || mistake || events.has(link)) return;
  events.set(link, null);
  const event = await eventTypeOf(provider, page);
  events.set(link, event);
  if (event && found.link === link) onEvent();
}

const headingOf = ({ link, page }) => {
  const event = events.get(link);
  return [event ? titleOfEvent(event) : titleOf(page), page.host].filter(Boolean).join(' · ');
};

const MARKS = { yes: '✓', partly: '~', no: '–' };
const MARK_NAMES = { yes: 'Works', partly: 'Works in part', no: 'Does not work' };

const factItem = ({ works, text }) =>
  el(
    'li',
    { class: `fact ${works}` },
    el('span', { class: 'mark', role: 'img', 'aria-label': MARK_NAMES[works] }, MARKS[works]),
    el('span', {}, text),
  );

function card(now) {
  const { page, provider, mistake, isSample } = now;
  if (mistake) return [el('p', { class: 'mistake' }, mistake)];
  if (!page) return [];
  const isKnown = provider.id !== 'plain';
  return [
    el(
      'div',
      { class: 'found' },
      picture(isKnown ? 'inline' : 'plain', 'found-picture'),
      el(
        'div',
        {},
        el('p', { class: 'provider' }, isKnown ? provider.name : 'A page that the widget does not know'),
        el('p', { class: 'title' }, headingOf(now)),
      ),
      isSample && el('span', { class: 'badge' }, 'Sample'),
    ),
    el('ul', { class: 'facts', 'aria-label': 'What works with it' }, ...factsOf(provider).map(factItem)),
  ];
}

/** Takes over what was pasted: a snippet of the widget, an embed code, or an address. */
function take(text) {
  const snippet = text.includes('<') || text.includes('[') ? readSnippet(text) : null;
  if (snippet) {
    change(snippet);
    announce('The snippet was read: all fields show its choices.');
  } else change({ link: linkIn(text) });
}

/** The field for the link, and what is known about it. */
export function linkView() {
  const askService = () => void ask(() => (result.querySelector('.title').textContent = headingOf(found)));
  const enter = () => {
    entered = current().link;
    askService();
  };
  const input = el('input', {
    id: 'link',
    inputmode: 'url',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    placeholder: SAMPLE_LINK,
    'aria-describedby': 'link-hint link-result',
    input: ({ inputType }) => {
      take(input.value);
      if (/^insertFrom(Paste|Drop)/.test(inputType)) enter();
    },
    change() {
      input.value = current().link;
      enter();
    },
  });
  const result = el('div', { id: 'link-result', class: 'result', 'aria-live': 'polite' });
  subscribe(({ link }) => {
    // While somebody types, `cal.com/acme` stays as it is written.
    if (document.activeElement !== input || linkIn(input.value) !== link) input.value = link;
    void recognise(link);
  });
  onFound((now) => {
    result.replaceChildren(...card(now));
    input.setAttribute('aria-invalid', String(now.mistake !== ''));
    askService();
  });
  return el(
    'section',
    { class: 'panel link-panel', 'aria-labelledby': 'link-title' },
    el('h2', { id: 'link-title' }, el('label', { for: 'link' }, 'Your scheduling link')),
    input,
    el(
      'p',
      { class: 'hint', id: 'link-hint' },
      'From Cal.com, Calendly or any other service. An embed code or an older snippet works, too. Of a Cal.com link, this page asks Cal.com for title and length.',
    ),
    result,
  );
}
