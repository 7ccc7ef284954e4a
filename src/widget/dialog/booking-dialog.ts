import { el, fillText, setAttribute } from '../dom.js';
import { isInForeignFrame } from './foreign-frame.js';
import { lockScroll } from './scroll-lock.js';

export { dialogStyles } from './dialog.styles.js';

/** What the dialog asks of the widget around it. Requests go up; what is open comes down. */
export interface DialogNeeds {
  readonly host: HTMLElement;
  /** Where the page's own children are shown. */
  readonly slot: HTMLElement;
  /** The same stage that an inline widget shows. It stays here: moving a frame loads it again. */
  readonly stage: HTMLElement;
  readonly open: () => void;
  readonly close: () => void;
  /** The visitor points at, focuses or touches the launcher. */
  readonly prepare: () => void;
}

export interface DialogModel {
  readonly open: boolean;
  /** The link inside that leads to the scheduling page, and so opens the dialog. */
  readonly link: Element | undefined;
  /** The scheduling page by itself. */
  readonly pageUrl: string;
  /** Whether something in it is made ready out of sight: then it has the size that it will have, or nothing would be. */
  readonly prepares: boolean;
  readonly floating: boolean;
  readonly label: string;
  readonly closeLabel: string;
  /** Whether there are children that are more than the fallback link. */
  readonly hasContent: boolean;
}

export interface BookingDialog {
  readonly elements: readonly HTMLElement[];
  /** Brings launcher and dialog in step with the state. Twice is fine. */
  update(model: DialogModel): void;
  /** Gives the page its scrolling and the link its own meaning back, also when the widget was removed while open. */
  stop(): void;
}

/** A click on the backdrop is a click on the dialog itself, outside its box. */
const isOutside = (dialog: Element, { clientX, clientY }: MouseEvent): boolean => {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
};

/** Clicks that mean "in a new tab" or "save" stay the browser's. */
const isPlainClick = (event: MouseEvent): boolean =>
  !event.defaultPrevented &&
  !event.button &&
  !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

/** The launcher and the modal dialog of the modes `popup` and `floating`. */
export function bookingDialog({ host, slot, stage, open, close, prepare }: DialogNeeds): BookingDialog {
  /** Then a tab takes the dialog's place. */
  const foreign = isInForeignFrame();
  const listeners = new AbortController();
  const { signal } = listeners;
  let link: Element | null = null;
  let release: (() => void) | undefined;
  /** Whether we have shown it: after Escape it is closed a moment before its event says so. */
  let shown = false;

  const launcher = el('button', { part: 'launcher', 'aria-haspopup': !foreign && 'dialog' });
  const leave = el('button', { part: 'close', click: close }, '×');
  const title = el('b');
  // The close button comes first: Escape does not reach a dialog while the focus is in a frame of another site.
  const dialog = el(
    'dialog',
    {
      part: 'dialog',
      // The event comes a moment after the fact, when the dialog may have been opened again.
      close: () => {
        if (!dialog.open) close();
      },
      click: (event) => {
        if (event.target === dialog && isOutside(dialog, event as MouseEvent)) close();
      },
    },
    el('div', { class: 'head' }, leave, title),
    stage,
  );

  host.addEventListener(
    'click',
    (event) => {
      const pressed = event.composedPath();
      const onLink = link && pressed.includes(link);
      if (!isPlainClick(event) || !(onLink || pressed.includes(launcher))) return;
      // A link opens its tab itself.
      if (foreign && link?.matches('a')) return;
      event.preventDefault();
      open();
    },
    { signal },
  );
  if (!foreign)
    for (const type of ['pointerenter', 'focusin', 'touchstart'])
      host.addEventListener(type, prepare, { passive: true, signal });

  /** A link that opens a dialog says so, while it does. */
  const mark = (next: Element | null): void => {
    if (next === link) return;
    const [name, value] = foreign ? ['target', '_blank'] : ['aria-haspopup', 'dialog'];
    link?.removeAttribute(name);
    next?.setAttribute(name, value);
    link = next;
  };

  /** Of two buttons one may belong to what an unclosed tag has swallowed. */
  const onlyButton = (): Element | null => {
    const [button = null, ...more] = host.querySelectorAll('button');
    return more.length > 0 ? null : button;
  };

  const openTab = (href: string): void => {
    close();
    if (!href) return;
    const tab = window.open(href);
    // A frame that may not open tabs can still go there itself.
    if (tab) tab.opener = null;
    else location.assign(href);
  };

  return {
    elements: [launcher, slot, dialog],
    update(model) {
      mark(model.floating ? null : (model.link ?? onlyButton()));
      launcher.hidden = !!link;
      launcher.className = model.floating && !foreign ? 'floating' : '';
      slot.hidden = !link && !model.hasContent;
      setAttribute(slot, 'part', link ? 'launcher' : 'content');
      setAttribute(dialog, 'aria-label', model.label);
      setAttribute(leave, 'aria-label', model.closeLabel);
      for (const place of [launcher, title]) fillText(place, model.label);
      dialog.inert = model.prepares && !model.open;
      setAttribute(dialog, 'class', dialog.inert ? 'prepared' : '');
      if (foreign) {
        if (model.open) openTab(model.pageUrl);
      } else if (!model.open) {
        // Escape has closed the dialog already, but the page does not scroll again by itself.
        if (dialog.open) dialog.close();
        release?.();
        shown = false;
      } else if (!shown) {
        shown = true;
        dialog.showModal();
        release = lockScroll();
      }
    },
    stop() {
      listeners.abort();
      release?.();
      mark(null);
    },
  };
}
