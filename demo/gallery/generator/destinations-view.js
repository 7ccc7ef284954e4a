import { el } from '../element.js';
import { choice, copyButton, withCode } from './controls.js';
import { DESTINATIONS, snippetFor } from './destinations.js';
import { tokensOf } from './highlight.js';
import { onFound } from './link-view.js';
import { measuredHeight, onMeasured } from './preview-view.js';
import { release } from './release.js';
import { change, current, subscribe } from './store.js';

/** The snippet as it is copied: with the height of the preview where none was chosen. */
export const currentSnippet = () => {
  const state = current();
  return snippetFor({ ...state, height: state.height || measuredHeight() }, release);
};

const codeBox = (caption, text, button) =>
  el(
    'figure',
    { class: 'snippet' },
    el('figcaption', {}, el('span', {}, caption), button),
    el(
      'pre',
      { tabindex: '0', role: 'group', 'aria-label': caption },
      el(
        'code',
        {},
        ...tokensOf(text).map(([kind, part]) => (kind ? el('span', { class: `code-${kind}` }, part) : part)),
      ),
    ),
  );

/** One tab for each place. Arrow keys, Home and End move between them. */
function tabList() {
  const tabs = DESTINATIONS.map(({ id, name }) =>
    el(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `tab-${id}`,
        'aria-controls': 'destination',
        click: () => change({ to: id }),
      },
      name,
    ),
  );
  const list = el('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Where to paste it' }, ...tabs);
  list.addEventListener('keydown', (event) => {
    const here = tabs.indexOf(document.activeElement);
    const next = {
      ArrowRight: here + 1,
      ArrowLeft: here - 1,
      Home: 0,
      End: tabs.length - 1,
    }[event.key];
    if (next === undefined || here < 0) return;
    event.preventDefault();
    const tab = tabs[(next + tabs.length) % tabs.length];
    tab.focus();
    tab.click();
  });
  // Only the list scrolls: the page stays where it is.
  const reveal = () => {
    const tab = tabs.find((one) => one.tabIndex === 0);
    list.scrollLeft = tab.offsetLeft - (list.clientWidth - tab.offsetWidth) / 2;
  };
  subscribe(({ to }) => {
    for (const tab of tabs) {
      const isChosen = tab.id === `tab-${to}`;
      tab.setAttribute('aria-selected', String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
    }
    reveal();
  });
  new ResizeObserver(reveal).observe(list);
  return list;
}

function notesOf({ notes }, { isSample, mistake }) {
  const all = [
    ...(mistake ? ['Correct the link first.'] : []),
    ...(isSample ? ['This is a sample. Paste your own link above.'] : []),
    ...notes,
  ];
  return (
    all.length > 0 && el('ul', { class: 'notes' }, ...all.map((note) => el('li', {}, ...withCode(note))))
  );
}

const furtherBox = ({ caption, text }) =>
  codeBox(
    `Once for the site: ${caption}`,
    text,
    copyButton(() => text),
  );

/** The fields of a panel, each with a button that copies it. */
const fieldList = (fields, isDisabled) =>
  fields.length > 0 &&
  el(
    'ul',
    { class: 'panel-fields', 'aria-label': 'Field by field' },
    ...fields.map(([name, value]) => {
      const button = copyButton(() => value);
      button.setAttribute('aria-label', `Copy ${name}`);
      button.disabled = isDisabled;
      return el('li', {}, el('span', {}, name), el('code', {}, value), button);
    }),
  );

/** The tabs, and for the chosen one its three steps and the snippet. */
export function destinationsView() {
  const copy = copyButton(() => currentSnippet().text, 'Copy snippet', 'primary');
  const snippet = el('div', {});
  const steps = el('ol', { class: 'steps' });
  const further = el('div', {});
  const plugin = choice('plugin', 'WordPress with', [
    ['', 'the plugin'],
    ['no', 'no plugin'],
  ]);
  let link = { isSample: true, mistake: '' };
  const update = () => {
    const now = currentSnippet();
    plugin.hidden = current().to !== 'wordpress';
    steps.replaceChildren(...now.steps.map((step) => el('li', {}, ...withCode(step))));
    snippet.replaceChildren(codeBox(`${now.destination.name}: ${now.form}`, now.text, copy));
    further.replaceChildren(
      ...[
        fieldList(now.fields, link.mistake !== ''),
        notesOf(now, link),
        ...now.further.map(furtherBox),
      ].filter(Boolean),
    );
    copy.disabled = link.mistake !== '';
  };
  const panel = el(
    'div',
    { role: 'tabpanel', id: 'destination', class: 'destination' },
    el('div', {}, plugin, el('h3', {}, 'Where to paste'), steps),
    el('div', {}, snippet, further),
  );
  const view = el(
    'section',
    { class: 'panel paste', 'aria-labelledby': 'paste-title' },
    el('h2', { id: 'paste-title' }, 'Paste it'),
    tabList(),
    panel,
  );
  subscribe(({ to }) => panel.setAttribute('aria-labelledby', `tab-${to}`));
  subscribe(update);
  onMeasured(update);
  onFound((found) => {
    link = found;
    update();
  });
  return view;
}
