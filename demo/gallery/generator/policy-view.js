import { el } from '../element.js';
import { checkPolicy } from './check-policy.js';
import { copyButton, field } from './controls.js';
import { onFound } from './link-view.js';
import { pageCode } from './page-code.js';
import { needsOf, policyText } from './policy.js';
import { release } from './release.js';
import { scriptAddress } from './script-address.js';
import { subscribe } from './store.js';

/** The lines of a Content-Security-Policy, and a field that says what is missing in one. */
export function policyView() {
  let origins = { frame: '', slots: '' };
  let state;
  const lines = el('code', {});
  const result = el('div', { class: 'checked', 'aria-live': 'polite' });
  const policy = el('textarea', {
    rows: '3',
    spellcheck: 'false',
    placeholder: "Content-Security-Policy: default-src 'self'; …",
    input: () => update(),
  });
  const needs = () =>
    needsOf({
      script: scriptAddress(state, release),
      ...origins,
      hasCode: pageCode(state) !== '' || state.to === 'gtm',
      isManaged: state.to === 'gtm',
    });
  const update = () => {
    lines.textContent = policyText(needs());
    const { lacks, notes } = checkPolicy(policy.value, needs());
    const items = (texts, className) => texts.map((text) => el('li', { class: className }, text));
    if (!policy.value.trim()) result.replaceChildren();
    else if (!lacks)
      result.replaceChildren(
        el('p', { class: 'mistake' }, 'This is no policy: it names no directive, such as script-src.'),
      );
    else
      result.replaceChildren(
        el(
          'p',
          { class: lacks.length ? 'mistake' : 'good' },
          lacks.length
            ? `${lacks.length === 1 ? 'One line is' : `${lacks.length} lines are`} missing:`
            : 'This policy allows all that the widget needs.',
        ),
        el('ul', {}, ...items(lacks, 'lack'), ...items(notes, 'note')),
      );
  };
  subscribe((next) => {
    state = next;
    update();
  });
  onFound((found) => {
    origins = found.origins;
    update();
  });
  return el(
    'section',
    { class: 'panel', 'aria-labelledby': 'policy-title' },
    el('h2', { id: 'policy-title' }, 'Content-Security-Policy'),
    el('p', { class: 'hint' }, 'Only if your site sends this header. The widget needs these lines:'),
    el(
      'figure',
      { class: 'snippet' },
      el(
        'figcaption',
        {},
        el('span', {}, 'Header'),
        copyButton(() => lines.textContent),
      ),
      el('pre', { tabindex: '0', role: 'group', 'aria-label': 'Header' }, lines),
    ),
    field('Check a policy', policy, 'Paste the header of your site. It stays in this browser.'),
    result,
  );
}
