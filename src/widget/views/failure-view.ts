import { html, nothing, type TemplateResult } from 'lit';
import { formatMessage } from '../locales/format-message.js';
import type { CoreStrings } from '../locales/strings.js';
import { canRetry } from '../state/selectors.js';
import type { Failure } from '../state/state.js';
import { openLink } from './open-link.js';

export interface FailureModel {
  /** What names the card, or nothing. */
  readonly title: unknown;
  readonly strings: CoreStrings;
  readonly failure: Failure;
  /** `soon`: an automatic retry is due. `now`: a retry is under way. */
  readonly retry: 'none' | 'soon' | 'now';
  /** The scheduling page by itself, at the chosen slot; empty where there is no safe address. */
  readonly href: string;
  /** The chosen slot in words; empty where none is chosen. */
  readonly chosen: string;
  readonly onRetry: () => void;
}

/** Says in the visitor's words why there is no calendar, and offers what is left: a retry where it can help, the link. */
export function failureView(model: FailureModel): TemplateResult {
  const { title, strings, failure, retry, href, chosen, onRetry } = model;
  const helps = canRetry(failure);
  // Both notes have their room from the start: what is below them stays where it is.
  const note = (text: string, isTrue: boolean): TemplateResult =>
    html`<span class=${isTrue ? 'on' : nothing}>${text}</span>`;
  const link =
    chosen && !helps
      ? openLink(formatMessage(strings.continueInTab, { time: chosen }), href, true)
      : openLink(strings.openTab, href, !helps);
  return html`<div part="failure" role="alert">
    ${title}
    <p>${strings.failure[failure.code]}</p>
    ${
      helps
        ? html`<p class="notes">
              ${note(strings.retrying, retry === 'now')}${note(strings.retryingSoon, retry === 'soon')}
            </p>
            <button part="retry" class="primary" @click=${onRetry}>${strings.retry}</button>`
        : nothing
    }${link}
  </div>`;
}
