import { html, nothing, type TemplateResult } from 'lit';

export interface DialogModel {
  readonly stage: TemplateResult;
  readonly isOpen: boolean;
  /** Whether a frame is prepared in it out of sight: then it has the size that it will have, or nothing would be ready. */
  readonly isPrepared: boolean;
  readonly isFloating: boolean;
  /** In somebody else's frame a tab takes the dialog's place. */
  readonly isForeign: boolean;
  readonly label: string;
  readonly closeLabel: string;
  /** Whether a link or button of the page opens the dialog. */
  readonly hasLauncher: boolean;
  /** Whether there are children that are more than the fallback link. */
  readonly hasContent: boolean;
}

export interface DialogActions {
  readonly onSlotChange: () => void;
  /** The dialog closed by itself, as after Escape. */
  readonly onClosed: (event: Event) => void;
  readonly onPress: (event: MouseEvent) => void;
  readonly onClose: () => void;
}

/** The launcher and the modal dialog of the modes `popup` and `floating`. */
export function dialogView(model: DialogModel, actions: DialogActions): TemplateResult {
  const { isOpen, isPrepared, isFloating, isForeign, hasLauncher, hasContent, label } = model;
  const isHidden = isPrepared && !isOpen;
  // The close button comes first: Escape does not reach a dialog while the focus is in a frame of another site.
  // No white space around what stands in the page: where that is kept (`pre-wrap`), it would be a line of its own.
  // prettier-ignore
  return html`<button
      part="launcher"
      class=${isFloating && !isForeign ? 'primary floating' : 'primary'}
      aria-haspopup=${isForeign ? nothing : 'dialog'}
      ?hidden=${hasLauncher}
      .textContent=${label}
    ></button
    ><span part=${hasLauncher ? 'launcher' : 'content'} ?hidden=${!hasLauncher && !hasContent}
      ><slot @slotchange=${actions.onSlotChange}></slot></span
    ><dialog
      part="dialog"
      class=${isHidden ? 'prepared' : nothing}
      aria-label=${label}
      ?inert=${isHidden}
      @close=${actions.onClosed}
      @click=${actions.onPress}
    >
      <div class="head">
        <button part="close" aria-label=${model.closeLabel} @click=${actions.onClose}>×</button>
        <b>${label}</b>
      </div>
      ${model.stage}
    </dialog>`;
}
