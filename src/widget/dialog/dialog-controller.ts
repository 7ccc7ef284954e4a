import type { TemplateResult } from 'lit';
import type { WidgetController, WidgetHost } from '../controllers/controller.js';
import type { FrameController } from '../controllers/frame-controller.js';
import { launcherOf } from '../fallback.js';
import { savesData } from '../saves-data.js';
import { isInline, isTakenOver, pageOf } from '../state/selectors.js';
import { dialogView } from './dialog-view.js';
import { isInForeignFrame } from './foreign-frame.js';
import { openTab } from './open-tab.js';
import { preparedFrameController } from '../controllers/prepared-frame-controller.js';
import { lockScroll } from './scroll-lock.js';

/** What the element hands in: what stands in the dialog, and how it is called. */
export interface DialogParts {
  /** Creates frames, for the one that is prepared. */
  readonly frames: Pick<FrameController, 'context' | 'create' | 'findHolder'>;
  readonly stage: () => TemplateResult;
  readonly label: () => string;
  /** The scheduling page by itself. */
  readonly href: () => string;
  readonly onSlotChange: () => void;
}

/** A click on the backdrop is a click on the dialog itself, outside its box. */
const isOutside = (dialog: Element, { clientX, clientY }: MouseEvent): boolean => {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
};

/** An ancestor with `display:none`, `content-visibility:hidden` or in a closed dialog takes the box away. */
const isRendered = (dialog: Element): boolean =>
  dialog.getClientRects().length > 0 && (dialog.checkVisibility?.() ?? true);

/** Clicks that mean "in a new tab" or "save" stay the browser's. */
const isPlainClick = (event: MouseEvent): boolean =>
  !event.defaultPrevented &&
  !event.button &&
  !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

/** What shows that the visitor is about to open the dialog. */
const INTENT = ['pointerenter', 'focusin', 'touchstart'];

export type DialogController = ReturnType<typeof dialogController>;

/** The launcher and the modal dialog of the modes `popup` and `floating`. Until its chunk is there, a link is a link. */
export function dialogController(
  host: WidgetHost,
  { frames, stage, label, href, onSlotChange }: DialogParts,
) {
  const { store } = host;
  const isForeign = isInForeignFrame();
  /** The page's link or button that opens the dialog. */
  let launcher: Element | undefined;
  /** Whether this controller has shown the dialog: after Escape it is closed a moment before its event says so. */
  let isShown = false;
  let unlock: (() => void) | undefined;
  let visibility: IntersectionObserver | undefined;

  const findDialog = (): HTMLDialogElement | null => host.renderRoot.querySelector('dialog');

  const close = (): void => store.send({ type: 'close' });

  /** Gives the page its scrolling back; twice is fine. */
  const hide = (): void => {
    isShown = false;
    visibility?.disconnect();
    unlock?.();
    unlock = undefined;
  };

  const show = (dialog: HTMLDialogElement): void => {
    isShown = true;
    // An open dialog that was moved with the element is not modal any more, and cannot become it.
    if (dialog.open) dialog.close();
    dialog.showModal();
    unlock = lockScroll();
    // A dialog whose ancestor loses its box, as in a menu that closes on the same press, is invisible and makes the
    // page inert: https://github.com/whatwg/html/issues/12287. So it is visible, or it is not open.
    if (!('IntersectionObserver' in globalThis)) return;
    visibility = new IntersectionObserver(() => {
      if (dialog.open && !isRendered(dialog)) close();
    });
    visibility.observe(dialog);
  };

  /** A link that opens a dialog says so, while it does. */
  const markLauncher = (next: Element | undefined): void => {
    if (next === launcher) return;
    const [name, value] = isForeign ? ['target', '_blank'] : ['aria-haspopup', 'dialog'];
    launcher?.removeAttribute(name);
    next?.setAttribute(name, value);
    launcher = next;
  };

  /** The event comes a moment after the fact, when the dialog may have been opened again. */
  const onClosed = (): void => {
    if (!findDialog()?.open) close();
  };

  const onPress = (event: MouseEvent): void => {
    const dialog = findDialog();
    if (dialog && event.target === dialog && isOutside(dialog, event)) close();
  };

  const onHostClick = (event: MouseEvent): void => {
    if (isInline(store.state) || !isPlainClick(event)) return;
    const path = event.composedPath();
    const own = host.renderRoot.querySelector('button[part="launcher"]');
    if (!path.some((target) => target === own || (launcher && target === launcher))) return;
    // A link opens its tab itself.
    if (isForeign && launcher?.matches('a')) return;
    event.preventDefault();
    store.send({ type: 'open' });
  };

  const onIntent = (): void => {
    if (!isForeign && !isInline(store.state)) store.send({ type: 'intend', savesData: savesData() });
  };

  return {
    ...preparedFrameController(host, frames),
    view(): TemplateResult {
      const { state } = store;
      return dialogView(
        {
          stage: stage(),
          isOpen: state.dialog === 'open',
          isPrepared: state.preparation !== 'none',
          isFloating: state.options.mode === 'floating',
          isForeign,
          label: label(),
          closeLabel: state.language.strings.close,
          hasLauncher: state.fallback.hasLauncher,
          hasContent: state.fallback.hasContent || !pageOf(state) || isTakenOver(state),
        },
        { onSlotChange, onClosed, onPress, onClose: close },
      );
    },
    hostConnected() {
      host.addEventListener('click', onHostClick);
      for (const type of INTENT) host.addEventListener(type, onIntent, { passive: true });
    },
    hostDisconnected() {
      host.removeEventListener('click', onHostClick);
      for (const type of INTENT) host.removeEventListener(type, onIntent);
      hide();
      markLauncher(undefined);
    },
    hostUpdated() {
      const { state } = store;
      if (isInline(state)) {
        hide();
        return;
      }
      markLauncher(launcherOf(host, pageOf(state), state.options.mode));
      const dialog = findDialog();
      if (!dialog || !host.isConnected) return;
      if (state.dialog === 'closed') {
        // Escape has closed the dialog already, but the page does not scroll again by itself.
        if (dialog.open) dialog.close();
        hide();
      } else if (isForeign) {
        close();
        openTab(href());
      } else if (!isShown) show(dialog);
    },
  } satisfies WidgetController & Record<string, unknown>;
}
