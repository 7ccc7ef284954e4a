import { adoptCss } from './adopt-css.js';
import { addressOf, isOpener, isTag, MEANT, TAG, writtenOption } from './booking-form.js';

interface Widget extends HTMLElement {
  open(): void;
}

const COMPANION = 'booking-widget-companion';

const enhanced = new WeakSet<Element>();
/** The popups of links, each at the end of the body, where no list, menu or grid can hide or count it. */
const companions = new Map<Element, Widget>();
let styled = false;

/** A widget with the form's options, and under them those of the wrapper that made the link a form. */
function widgetFor(form: Element): Widget {
  const widget = document.createElement(TAG) as Widget;
  for (const source of [form.parentElement?.closest('.booking-widget'), form])
    for (const { name, value } of source?.attributes ?? [])
      // Under their own names: as plain attributes some could do more than set an option.
      if (name.startsWith('data-booking-')) widget.setAttribute(name, value);
  if (!isOpener(form)) return widget;
  const mode = writtenOption(widget, 'mode').toLowerCase();
  widget.setAttribute('mode', /^(inline|floating)$/.test(mode) ? mode : 'popup');
  const address = addressOf(form);
  if (address) widget.setAttribute('src', address.href);
  return widget;
}

function companionOf(opener: Element): Widget {
  for (const [former, widget] of companions)
    if (!former.isConnected && !widget.shadowRoot?.querySelector('[open]')) {
      widget.remove();
      companions.delete(former);
    }
  let widget = companions.get(opener);
  if (!widget) {
    widget = widgetFor(opener);
    widget.className = COMPANION;
    const around = opener.closest<HTMLElement>('[lang]');
    if (around) widget.lang = around.lang;
    const direction = opener.closest<HTMLElement>('[dir]');
    if (direction) widget.dir = direction.dir;
    // A widget that holds a link needs no button of its own, and is called what the link is called.
    const label = document.createElement('a');
    label.href = widget.getAttribute('src') ?? '';
    label.textContent = opener.textContent;
    widget.append(label);
    companions.set(opener, widget);
  }
  const src = addressOf(opener)?.href;
  if (src && widget.getAttribute('src') !== src) widget.setAttribute('src', src);
  if (!widget.isConnected) document.body.append(widget);
  return widget;
}

function makeOpener(opener: Element): void {
  if (!styled)
    adoptCss(
      `.${COMPANION}{position:fixed;inset:0 auto auto 0;width:0;height:0;min-height:0;overflow:hidden}.${COMPANION}>a{display:none}`,
    );
  styled = true;
  // As in dialog/foreign-frame: what both files share would come with the element, and there is no room in that.
  if (window !== top && !frameElement && opener.matches('a')) {
    // In somebody else's frame there is no room for a dialog; the browser opens a link where there is.
    if (!opener.hasAttribute('target')) opener.setAttribute('target', '_blank');
    return;
  }
  opener.setAttribute('aria-haspopup', 'dialog');
  // What may be made ready now is the widget's own decision.
  const onIntent = (): void => void companionOf(opener).dispatchEvent(new Event('pointerenter'));
  opener.addEventListener('pointerenter', onIntent); // a touch enters too
  opener.addEventListener('focusin', onIntent);
  opener.addEventListener('click', (event) => {
    const { button, ctrlKey, metaKey, shiftKey, altKey } = event as MouseEvent;
    if (event.defaultPrevented || button || ctrlKey || metaKey || shiftKey || altKey || !addressOf(opener))
      return;
    event.preventDefault();
    companionOf(opener).open();
  });
}

function fill(form: Element, widget: Widget): void {
  if (isOpener(form)) {
    form.replaceWith(widget);
    widget.append(form);
  } else if (!form.querySelector(TAG)) {
    widget.append(...form.childNodes);
    form.append(widget);
  }
}

/**
 * Makes a widget of a link, a button or a box: a link opens a dialog on a plain click (all other clicks stay the
 * browser's), unless it asks for another mode; a box is filled, with what it held as the fallback. Doing it again
 * changes nothing, and a copy of something enhanced is enhanced anew. `isKnown` tells whether an address is a
 * scheduling page: a form that nobody marked as one needs that.
 */
export function enhance(form: Element, isKnown: (address: URL) => boolean): void {
  if (isTag(form)) {
    // A page builder or a page cache has copied a link's popup; the copy of the link gets its own.
    if (form.className === COMPANION && ![...companions.values()].includes(form as Widget)) form.remove();
    return;
  }
  if (enhanced.has(form)) return;
  const address = addressOf(form);
  if (!form.matches(MEANT) && !(address && isKnown(address))) return;
  enhanced.add(form);
  const widget = widgetFor(form);
  if (isOpener(form) && widget.getAttribute('mode') === 'popup') makeOpener(form);
  else fill(form, widget);
}
