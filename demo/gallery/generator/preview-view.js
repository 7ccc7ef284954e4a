import { el } from '../element.js';
import { onFound } from './link-view.js';
import { optionsOf } from './markup.js';
import { ASKS } from './consent-tools.js';
import { current, subscribe } from './store.js';

/** Widths of a preview in CSS pixels; one that is wider than its place is scaled. */
const WIDTHS = { phone: 390, desktop: 900 };
const HEIGHT = 720;
/** Heights in the snippet are whole tens. */
const STEP = 10;

/** The fake scheduling service of the demo. Elsewhere there is none, and a sample page stands for it. */
const service = await import('/service.js').then(
  ({ service: addresses }) => addresses,
  () => null,
);

const measuredListeners = new Set();
let measured = '';

/** Height of the widget in the preview, in pixels; empty before it has one, and for widgets that take no place. */
export const measuredHeight = () => measured;

export function onMeasured(listener) {
  measuredListeners.add(listener);
  listener();
}

function publish(height) {
  if (height === measured) return;
  measured = height;
  for (const listener of measuredListeners) listener();
}

/** Pages of the fake service with this in their address make no bookings. */
const NO_BOOKING = 'preview';

/** Options that lead a widget to a scheduling page of the same kind, where nobody is. */
function fakePage(provider) {
  const id = provider?.id ?? 'cal';
  if (!service) return { src: new URL('sample-page.html', import.meta.url).href, provider: 'plain' };
  if (id === 'cal')
    return { src: `${service.cal}/acme/30min?${NO_BOOKING}`, provider: 'cal', api: service.cal };
  if (id === 'calendly') return { src: `${service.calendly}/acme/30min?${NO_BOOKING}`, provider: 'calendly' };
  const isCard = provider.capabilities.framing === 'no';
  return { src: `${service.plain}/book/30min?${NO_BOOKING}`, provider: isCard ? id : 'plain' };
}

const frame = el('iframe', { class: 'preview-frame', title: 'Preview', src: '/generator/preview.html' });
let widget = null;
let kind = '';
let foundProvider = null;

/** The page in the preview; null while it loads. */
const page = () => {
  const { contentDocument } = frame;
  return contentDocument?.readyState === 'complete' ? contentDocument.querySelector('#place') : null;
};

/** The widget in the preview, and the window that it is in. */
export const previewed = () => ({ widget, window: frame.contentWindow });

function setAttributes(element, attributes) {
  for (const { name } of [...element.attributes])
    if (!(name in attributes) && name !== 'style') element.removeAttribute(name);
  for (const [name, value] of Object.entries(attributes))
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** The highest that the widget has been: its form is lower than its calendar. */
const sizes = new ResizeObserver(() => {
  const isAtRest = widget?.matches(':state(times),:state(ready),:state(shown),:state(linked),:state(form)');
  const { mode, height: chosen } = current();
  if (!isAtRest || mode !== 'inline' || chosen) return;
  const height = Math.ceil(widget.offsetHeight / STEP) * STEP;
  publish(String(Math.max(Number(measured), height)));
});

/** Begins again: the widget, or the width that it has, is another one. */
function measureAgain() {
  publish('');
  sizes.disconnect();
  if (widget) sizes.observe(widget);
}

/** Shows the state in the preview. A widget of another mode or provider is a new one; everything else is an option. */
function update(state) {
  const place = page();
  if (!place) return;
  const { src, ...hints } = fakePage(foundProvider);
  const asks = state.consent === ASKS;
  if (kind !== `${state.mode} ${src} ${String(asks)}` || !widget?.isConnected) {
    kind = `${state.mode} ${src} ${String(asks)}`;
    widget = place.ownerDocument.createElement('booking-widget');
    widget.append(place.ownerDocument.createElement('a'));
    place.replaceChildren(widget);
    measureAgain();
    for (const type of ['booking-availability', 'booking-ready', 'booking-timing'])
      widget.addEventListener(type, () => {
        sizes.unobserve(widget);
        sizes.observe(widget);
      });
  }
  const options = Object.fromEntries(optionsOf(state, { asks }));
  const link = widget.querySelector('a');
  link.href = src;
  link.textContent = state.label.trim() || 'Book a time';
  setAttributes(widget, { ...hints, ...options, ...(state.lang && { lang: state.lang }), src });
  widget.style.minHeight = state.height ? `${state.height}px` : '';
  widget.style.setProperty('--booking-radius', state.radius ? `${state.radius}px` : '');
}

function toggle(name, choices, chosen, act) {
  const buttons = choices.map(([value, text]) =>
    el('button', { type: 'button', click: () => choose(value) }, text),
  );
  const choose = (value) => {
    for (const [index, [each]] of choices.entries())
      buttons[index].setAttribute('aria-pressed', String(each === value));
    act(value);
  };
  choose(chosen);
  return el('div', { class: 'toggle', role: 'group', 'aria-label': name }, ...buttons);
}

/** The live preview with its switches. */
export function previewView() {
  const screen = el('div', { class: 'screen' }, frame);
  let width = WIDTHS.desktop;
  let scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const fit = () => {
    const scale = Math.min(1, screen.clientWidth / width);
    frame.style.width = `${width}px`;
    frame.style.height = `${HEIGHT}px`;
    frame.style.transform = `translateX(${Math.max(0, (screen.clientWidth - width * scale) / 2)}px) scale(${scale})`;
    screen.style.height = `${HEIGHT * scale}px`;
  };
  const colour = () => frame.contentDocument?.documentElement.setAttribute('data-scheme', scheme);
  new ResizeObserver(fit).observe(screen);
  frame.addEventListener('load', () => {
    colour();
    kind = '';
    update(current());
  });
  subscribe(update);
  onFound(({ provider }) => {
    foundProvider = provider;
    update(current());
  });
  return el(
    'section',
    { class: 'panel preview', 'aria-labelledby': 'preview-title' },
    el(
      'div',
      { class: 'preview-bar' },
      el('h2', { id: 'preview-title' }, 'Preview'),
      toggle(
        'Width',
        [
          ['phone', 'Phone'],
          ['desktop', 'Desktop'],
        ],
        matchMedia('(max-width: 600px)').matches ? 'phone' : 'desktop',
        (value) => {
          width = WIDTHS[value];
          fit();
          measureAgain();
        },
      ),
      toggle(
        'Page colours',
        [
          ['light', 'Light'],
          ['dark', 'Dark'],
        ],
        scheme,
        (value) => {
          scheme = value;
          colour();
        },
      ),
    ),
    screen,
    el('p', { class: 'hint' }, 'A pretend calendar with sample slots. Nothing you do here is booked.'),
  );
}
