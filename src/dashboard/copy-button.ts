import { css, html, LitElement, type TemplateResult } from 'lit';
import { shared } from './shared.styles.js';

/** Milliseconds for which the button says that it has copied. */
const SHOWN = 2000;

/** Copies a text to the clipboard and says whether it could. */
export class CopyButtonElement extends LitElement {
  static override properties = { text: {}, result: { state: true } };
  declare text: string;
  declare result: '' | 'copied' | 'failed';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.text = '';
    this.result = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override render(): TemplateResult {
    return html`<button @click=${() => void this.#copy()}>
        ${this.result === 'copied' ? 'Copied' : 'Copy'}
      </button>
      <span class=${this.result === 'failed' ? 'hint' : 'visually-hidden'} role="status"
        >${
          this.result === 'copied'
            ? 'Copied to the clipboard'
            : this.result === 'failed'
              ? 'The browser does not allow copying: select the text and copy it.'
              : ''
        }</span
      >`;
  }

  /** Without a secure context there is no clipboard. */
  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text);
      this.result = 'copied';
    } catch {
      this.result = 'failed';
    }
    clearTimeout(this.#timer);
    if (this.result === 'copied') this.#timer = setTimeout(() => (this.result = ''), SHOWN);
  }

  static override styles = [
    shared,
    css`
      button {
        min-width: 5.5rem;
        border-color: var(--accent);
        background: var(--accent);
        color: var(--on-accent);
      }
    `,
  ];
}
