import { html, LitElement, type TemplateResult } from 'lit';
import { shared } from './shared.styles.js';

/** A synchronisation was started. */
export class SyncStartedEvent extends Event {
  constructor() {
    super('sync-started', { bubbles: true, composed: true });
  }
}

/** Reads the bookings of one account now. */
export class SyncButtonElement extends LitElement {
  static override properties = {
    account: {},
    name: {},
    isRunning: { type: Boolean },
    result: { state: true },
  };
  declare account: string;
  /** The account's name for people. */
  declare name: string;
  /** It is under way. */
  declare isRunning: boolean;
  declare result: '' | 'asking' | 'failed';

  constructor() {
    super();
    this.result = '';
    this.isRunning = false;
  }

  protected override render(): TemplateResult {
    return html`<button
        aria-label="Synchronise ${this.name} now"
        ?disabled=${this.isRunning || this.result === 'asking'}
        @click=${() => void this.#start()}
      >
        Synchronise now
      </button>
      <span class="hint" role="status"
        >${this.result === 'failed' ? 'It could not be started. Try again.' : ''}</span
      >`;
  }

  /** The path is relative, because a companion may live below one. */
  async #start(): Promise<void> {
    this.result = 'asking';
    try {
      const response = await fetch('dashboard/sync', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ account: this.account }),
      });
      this.result = response.ok ? '' : 'failed';
    } catch {
      this.result = 'failed';
    }
    // A session that has ended shows itself with the next figures.
    this.dispatchEvent(new SyncStartedEvent());
  }

  static override styles = [shared];
}
