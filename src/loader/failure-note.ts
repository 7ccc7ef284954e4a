import { make } from './make-element.js';

/**
 * What the visitor reads in place of a widget whose own code did not come. It stands in the page itself, unstyled,
 * since the widget that would hold it is what is missing. `href`: the scheduling page, where there is a safe address.
 */
export function failureNote(href: string | undefined, onclick: () => unknown): HTMLElement {
  const note = make('div', { className: 'booking-widget-failure', role: 'alert' });
  note.append(
    make('p', {}),
    make('button', { type: 'button', className: 'booking-widget-retry', textContent: 'Try again', onclick }),
  );
  if (href)
    // Such a tab has no opener by itself, in every engine that reads this.
    note.append(' ', make('a', { href, target: '_blank', textContent: 'Open in a new tab' }));
  return note;
}

/** Changes the note's words; an alert is read out anew when they change. */
export function say(note: HTMLElement, words: string): void {
  note.firstElementChild?.replaceChildren(words);
}
