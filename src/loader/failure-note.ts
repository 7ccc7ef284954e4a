import { element } from './element.js';

// The loader's own texts are in English, because translations are among the chunks that failed to load. Not one object: the
// minifier shortens names of variables, not of properties.
export const LOADING = 'Loading the calendar…';
export const FAILED = "Couldn't load the calendar.";
export const OFFLINE = 'You seem to be offline.';

/**
 * What the visitor reads in place of a widget whose own code failed to load. It is in the host page itself, unstyled.
 * `href`: the scheduling page, where there is a safe address. Its first child takes the text.
 */
export function failureNote(href: string | undefined, onclick: () => unknown): HTMLElement {
  const note = element('div', { className: 'booking-widget-failure', role: 'alert' });
  const className = 'booking-widget-retry';
  note.append(
    element('p'),
    element('button', { type: 'button', className, textContent: 'Try again', onclick }),
  );
  // Browsers give a `_blank` tab no opener by default.
  if (href) note.append(' ', element('a', { href, target: '_blank', textContent: 'Open in a new tab' }));
  return note;
}
