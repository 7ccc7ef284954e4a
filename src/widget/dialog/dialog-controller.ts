import type { TemplateResult } from 'lit';
import type { WidgetController, WidgetHost } from '../controllers/controller.js';
import { launcherOf } from '../fallback.js';
import { savesData } from '../saves-data.js';
import { isInline, isTakenOver, pageOf } from '../state/selectors.js';
import { dialogView } from './dialog-view.js';
import { isInForeignFrame } from './foreign-frame.js';
import { openTab } from './open-tab.js';
import { lockScroll } from './scroll-lock.js';

/** What the element hands in: what stands in the dialog, and how it is called. */
export interface DialogParts {
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

/** The launcher and the modal dialog of the modes `popup` and `floating`. Until its chunk is there, a link is a link. */
export class DialogController implements WidgetController {
  private readonly isForeign = isInForeignFrame();
  /** The page's link or button that opens the dialog. */
  private launcher: Element | undefined;
  /** Whether this controller has shown the dialog: after Escape it is closed a moment before its event says so. */
  private isShown = false;
  private unlock: (() => void) | undefined;
  private visibility: IntersectionObserver | undefined;

  constructor(
    private readonly host: WidgetHost,
    private readonly parts: DialogParts,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.host.addEventListener('click', this.onHostClick);
    for (const type of ['pointerenter', 'focusin', 'touchstart'])
      this.host.addEventListener(type, this.onIntent, { passive: true });
  }

  hostDisconnected(): void {
    this.host.removeEventListener('click', this.onHostClick);
    for (const type of ['pointerenter', 'focusin', 'touchstart'])
      this.host.removeEventListener(type, this.onIntent);
    this.hide();
    this.markLauncher(undefined);
  }

  view(): TemplateResult {
    const { parts } = this;
    const { state } = this.host.store;
    return dialogView(
      {
        stage: parts.stage(),
        isOpen: state.dialog === 'open',
        isPrepared: state.preparation !== 'none',
        isFloating: state.options.mode === 'floating',
        isForeign: this.isForeign,
        label: parts.label(),
        closeLabel: state.language.strings.close,
        hasLauncher: state.fallback.hasLauncher,
        hasContent: state.fallback.hasContent || !pageOf(state) || isTakenOver(state),
      },
      {
        onSlotChange: parts.onSlotChange,
        onClosed: this.onClosed,
        onPress: this.onPress,
        onClose: this.close,
      },
    );
  }

  hostUpdated(): void {
    const { host } = this;
    const { state } = host.store;
    if (isInline(state)) return this.hide();
    this.markLauncher(launcherOf(host, pageOf(state), state.options.mode));
    const dialog = this.dialog();
    if (!dialog || !host.isConnected) return;
    if (state.dialog === 'closed') {
      // Escape has closed the dialog already, but the page does not scroll again by itself.
      if (dialog.open) dialog.close();
      this.hide();
    } else if (this.isForeign) {
      this.close();
      openTab(this.parts.href());
    } else if (!this.isShown) this.show(dialog);
  }

  private show(dialog: HTMLDialogElement): void {
    this.isShown = true;
    // An open dialog that was moved with the element is not modal any more, and cannot become it.
    if (dialog.open) dialog.close();
    dialog.showModal();
    this.unlock = lockScroll();
    // A dialog whose ancestor loses its box, as in a menu that closes on the same press, is invisible and makes the
    // page inert: https://github.com/whatwg/html/issues/12287. So it is visible, or it is not open.
    if (!('IntersectionObserver' in globalThis)) return;
    this.visibility = new IntersectionObserver(() => {
      if (dialog.open && !isRendered(dialog)) this.close();
    });
    this.visibility.observe(dialog);
  }

  /** Gives the page its scrolling back; twice is fine. */
  private hide(): void {
    this.isShown = false;
    this.visibility?.disconnect();
    this.unlock?.();
    this.unlock = undefined;
  }

  private dialog(): HTMLDialogElement | null {
    return this.host.renderRoot.querySelector('dialog');
  }

  /** A link that opens a dialog says so, while it does. */
  private markLauncher(next: Element | undefined): void {
    if (next === this.launcher) return;
    const [name, value] = this.isForeign ? ['target', '_blank'] : ['aria-haspopup', 'dialog'];
    this.launcher?.removeAttribute(name);
    next?.setAttribute(name, value);
    this.launcher = next;
  }

  private readonly close = (): void => this.host.store.send({ type: 'close' });

  /** The event comes a moment after the fact, when the dialog may have been opened again. */
  private readonly onClosed = (): void => {
    if (!this.dialog()?.open) this.close();
  };

  private readonly onPress = (event: MouseEvent): void => {
    const dialog = this.dialog();
    if (dialog && event.target === dialog && isOutside(dialog, event)) this.close();
  };

  private readonly onHostClick = (event: MouseEvent): void => {
    const { store } = this.host;
    if (isInline(store.state) || !isPlainClick(event)) return;
    const path = event.composedPath();
    const own = this.host.renderRoot.querySelector('button[part="launcher"]');
    if (!path.some((target) => target === own || (this.launcher && target === this.launcher))) return;
    // A link opens its tab itself.
    if (this.isForeign && this.launcher?.matches('a')) return;
    event.preventDefault();
    store.send({ type: 'open' });
  };

  private readonly onIntent = (): void => {
    if (!this.isForeign && !isInline(this.host.store.state))
      this.host.store.send({ type: 'intend', savesData: savesData() });
  };
}
