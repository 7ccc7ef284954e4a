import { el, picture } from '../element.js';
import { choice, field, input, select } from './controls.js';
import { contrastProblem, rgbOf } from './contrast.js';
import { LANGUAGES } from './languages.js';
import { measuredHeight, onMeasured } from './preview-view.js';
import { change, current, subscribe } from './store.js';

const nameOf = (tag) => {
  const name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
};

const modeChoice = () =>
  choice(
    'mode',
    'Where it shows',
    [
      ['inline', 'Inline', 'The calendar is part of the page.'],
      ['popup', 'Popup', 'A button or link opens a dialog.'],
      ['floating', 'Floating', 'A button in the corner of the page.'],
    ].map(([value, title, text]) => [
      value,
      picture(value, 'mode-picture'),
      el('span', { class: 'mode-title' }, title),
      el('span', { class: 'mode-text' }, text),
    ]),
    'modes',
  );

function accentField() {
  const swatch = el('input', {
    type: 'color',
    'aria-label': 'Choose the accent colour',
    value: '#2563eb',
    input: () => change({ accent: swatch.value }),
  });
  const text = input('accent', { placeholder: 'Default', class: 'short' });
  const warning = el('p', { class: 'warning', role: 'status' });
  subscribe(({ accent, theme }) => {
    if (rgbOf(accent)) swatch.value = accent.length === 4 ? accent.replace(/[^#]/g, '$&$&') : accent;
    const problem = contrastProblem(accent, theme);
    warning.replaceChildren(
      ...(problem
        ? [
            `${problem.on === 'dark' ? 'Dark' : 'White'} text on this colour has a contrast of ${problem.ratio.toFixed(1)} to 1; 4.5 is needed to read it. `,
            el(
              'button',
              { type: 'button', class: 'small', click: () => change({ accent: problem.better }) },
              swatchOf(problem.better),
              `Use ${problem.better}`,
            ),
          ]
        : []),
    );
  });
  const labelled = field('Accent colour', text);
  text.before(el('span', { class: 'pair' }, swatch));
  text.previousSibling.append(text);
  labelled.append(warning);
  return labelled;
}

function swatchOf(color) {
  const made = el('span', { class: 'swatch', 'aria-hidden': 'true' });
  made.style.backgroundColor = color;
  return made;
}

function radiusField() {
  const output = el('output', {});
  const range = el('input', {
    type: 'range',
    min: '0',
    max: '24',
    step: '1',
    input: () => change({ radius: range.value === '8' ? '' : range.value }),
  });
  subscribe(({ radius }) => {
    range.value = radius || '8';
    output.textContent = `${range.value} px`;
  });
  const labelled = field('Corner radius', range);
  labelled.querySelector('label').append(' ', output);
  return labelled;
}

function heightField() {
  const hint = el('span', {});
  const number = input('height', { inputmode: 'numeric', class: 'short' });
  const labelled = field('Reserved height', number, hint);
  onMeasured(() => {
    number.placeholder = measuredHeight() || '640';
    hint.textContent = measuredHeight()
      ? `Pixels. The preview takes ${measuredHeight()}.`
      : 'Pixels, kept while the calendar loads.';
  });
  subscribe(({ mode }) => (labelled.hidden = mode !== 'inline'));
  return labelled;
}

/** Mode, text and look of the widget. */
export function lookView() {
  const label = input('label', { maxlength: '60' });
  label.addEventListener('change', () => {
    if (!current().label.trim()) change({ label: 'Book a time' });
  });
  return el(
    'section',
    { class: 'panel', 'aria-labelledby': 'look-title' },
    el('h2', { id: 'look-title' }, 'How it shows'),
    modeChoice(),
    el(
      'div',
      { class: 'field-grid' },
      field('Text of the link', label),
      field('Language', select('lang', [['', 'As the page'], ...LANGUAGES.map((tag) => [tag, nameOf(tag)])])),
      accentField(),
      radiusField(),
      choice('theme', 'Colours', [
        ['', 'As page'],
        ['light', 'Light'],
        ['dark', 'Dark'],
        ['auto', 'As device'],
      ]),
      heightField(),
    ),
  );
}
