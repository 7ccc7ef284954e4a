import { el } from '../element.js';
import { change, subscribe } from './store.js';

let fields = 0;

/** A label above a control, and a hint below it. `hint` may be an element whose text changes. */
export function field(label, control, hint) {
  const id = `field-${++fields}`;
  control.id ||= id;
  const described = hint && el('p', { class: 'hint', id: `${id}-hint` }, hint);
  if (described) control.setAttribute('aria-describedby', described.id);
  return el('div', { class: 'field' }, el('label', { for: control.id }, label), control, described);
}

/** An input whose value is a field of the state. */
export function input(name, attributes = {}) {
  const made = el('input', {
    autocomplete: 'off',
    spellcheck: 'false',
    ...attributes,
    input: () => change({ [name]: made.value }),
  });
  subscribe((state) => {
    if (made.value !== state[name]) made.value = state[name];
  });
  return made;
}

/** A list of choices: pairs of value and text. */
export function select(name, choices) {
  const made = el(
    'select',
    { change: () => change({ [name]: made.value }) },
    ...choices.map(([value, text]) => el('option', { value }, text)),
  );
  subscribe((state) => (made.value = state[name]));
  return made;
}

/** Choices beside each other, of which one is taken. `choices`: value, text and perhaps a picture. */
export function choice(name, legend, choices, className = 'pills') {
  const radios = choices.map(([value]) =>
    el('input', { type: 'radio', name, value, change: () => change({ [name]: value }) }),
  );
  subscribe((state) => {
    for (const radio of radios) radio.checked = radio.value === state[name];
  });
  return el(
    'fieldset',
    { class: className },
    el('legend', {}, legend),
    ...choices.map(([, ...content], index) => el('label', {}, radios[index], ...content)),
  );
}

/** Copies a text and returns what to say. Without https, browsers offer pages no clipboard. */
async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied';
  } catch {
    return 'Could not copy';
  }
}

/** A button that copies a text and says so. */
export function copyButton(textOf, words = 'Copy', className = '') {
  const said = el('span', {}, words);
  const button = el(
    'button',
    {
      type: 'button',
      class: `copy ${className}`.trim(),
      async click() {
        said.textContent = await write(textOf());
        announce(said.textContent);
        setTimeout(() => (said.textContent = words), 2000);
      },
    },
    said,
  );
  return button;
}

const status = el('p', { class: 'hidden', role: 'status' });

/** Says something to visitors with a screen reader. */
export function announce(text) {
  if (!status.isConnected) document.querySelector('main').append(status);
  status.textContent = text;
}

/** Text with `code` between backticks. */
export const withCode = (text) =>
  text.split('`').map((part, index) => (index % 2 ? el('code', {}, part) : part));
