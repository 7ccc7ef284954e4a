import { isInForeignFrame } from '../widget/dialog/foreign-frame.js';
import { closestComposed } from '../widget/platform/closest-composed.js';
import { adoptCss } from './adopt-css.js';
import { addressOf, isOpener, isTag, MARKED, TAG, writtenOption } from './placeholder.js';

interface Widget extends HTMLElement {
  open(): void;
}

/** Class of the widgets that are the popups of links. */
const COMPANION = 'booking-widget-companion';

const enhanced = new WeakSet<Element>();
/** The popups of links, each at the end of the body, where no list, menu or grid can hide or count it. */
const popups = new Map<Element, Widget>();
let isStyled = false;

/**
 * A widget with the placeholder's options, and under them those of the `.booking-widget` around it. The address is
 * absolute where there is one.
 */
function widgetFor(placeholder: Element): Widget {
  const widget = document.createElement(TAG) as Widget;
  for (const source of [placeholder.parentElement?.closest('.booking-widget'), placeholder])
    for (const { name, value } of source?.attributes ?? [])
      // Under their own names: as plain attributes some could do more than set an option.
      if (name.startsWith('data-booking-')) widget.setAttribute(name, value);
  const address = addressOf(placeholder);
  if (address) widget.setAttribute('src', address.href);
  if (!isOpener(placeholder)) return widget;
  const mode = writtenOption(widget, 'mode').toLowerCase();
  widget.setAttribute('mode', /^(inline|floating)$/.test(mode) ? mode : 'popup');
  return widget;
}

function removeOrphans(): void {
  for (const [opener, widget] of popups)
    if (!opener.isConnected && !widget.shadowRoot?.querySelector('[open]')) {
      widget.remove();
      popups.delete(opener);
    }
}

function createPopup(opener: Element): Widget {
  const widget = widgetFor(opener);
  widget.className = COMPANION;
  const { lang } = closestComposed(opener, '[lang]') ?? {};
  if (lang) widget.lang = lang;
  const { dir } = closestComposed(opener, '[dir]') ?? {};
  if (dir) widget.dir = dir;
  // A widget that contains a link needs no button of its own, and takes its name from the link.
  const label = document.createElement('a');
  label.href = widget.getAttribute('src') ?? '';
  label.textContent = opener.textContent;
  widget.append(label);
  return widget;
}

function popupOf(opener: Element): Widget {
  removeOrphans();
  const widget = popups.get(opener) ?? createPopup(opener);
  popups.set(opener, widget);
  const src = addressOf(opener)?.href;
  if (src && widget.getAttribute('src') !== src) widget.setAttribute('src', src);
  if (!widget.isConnected) document.body.append(widget);
  return widget;
}

function makeOpener(opener: Element): void {
  if (!isStyled)
    adoptCss(
      `.${COMPANION}{position:fixed;inset:0 auto auto 0;width:0;height:0;min-height:0;overflow:hidden}.${COMPANION}>a{display:none}`,
      document,
    );
  isStyled = true;
  if (isInForeignFrame() && opener.matches('a')) {
    // There is no room for a dialog; the browser opens the link in a tab.
    if (!opener.hasAttribute('target')) opener.setAttribute('target', '_blank');
    return;
  }
  opener.setAttribute('aria-haspopup', 'dialog');
  // The widget itself decides what to prepare on intent.
  const onIntent = (): void => void popupOf(opener).dispatchEvent(new Event('pointerenter'));
  opener.addEventListener('pointerenter', onIntent); // a touch enters, too
  opener.addEventListener('focusin', onIntent);
  opener.addEventListener('click', (event) => {
    const { button, ctrlKey, metaKey, shiftKey, altKey } = event as MouseEvent;
    if (event.defaultPrevented || button || ctrlKey || metaKey || shiftKey || altKey || !addressOf(opener))
      return;
    popupOf(opener).open();
    // Last: where the page has an element of its own under this name, the link still leads somewhere.
    event.preventDefault();
  });
}

function fill(placeholder: Element, widget: Widget): void {
  if (isOpener(placeholder)) {
    placeholder.replaceWith(widget);
    widget.append(placeholder);
  } else if (!placeholder.querySelector(TAG)) {
    widget.append(...placeholder.childNodes);
    placeholder.append(widget);
  }
}

/**
 * Makes a widget of a link, a button or a box: a link opens a dialog on a plain click (all other clicks stay the
 * browser's), unless it asks for another mode; a box is filled, with what it contained as the fallback. A second call
 * changes nothing. `isKnown` tells whether an address is a scheduling page; only placeholders that are not marked need it.
 */
export function enhance(placeholder: Element, isKnown: (address: URL) => boolean): void {
  if (isTag(placeholder)) {
    // A page builder or a page cache has copied a link's popup; the copy of the link gets its own.
    if (placeholder.className === COMPANION && ![...popups.values()].includes(placeholder as Widget))
      placeholder.remove();
    return;
  }
  if (enhanced.has(placeholder)) return;
  const address = addressOf(placeholder);
  if (!placeholder.matches(MARKED) && !(address && isKnown(address))) return;
  enhanced.add(placeholder);
  const widget = widgetFor(placeholder);
  if (isOpener(placeholder) && widget.getAttribute('mode') === 'popup') makeOpener(placeholder);
  else fill(placeholder, widget);
}
