import { html, nothing, type TemplateResult } from 'lit';
import { formatMessage } from '../locales/format-message.js';
import {
  bookingId,
  consentHost,
  coverOf,
  isInline,
  isLoading,
  isOwnBooking,
  isUp,
  shownFailure,
  type Cover,
} from '../state/selectors.js';
import type { WidgetState } from '../state/state.js';
import { failureView } from './failure-view.js';
import { openLink } from './open-link.js';

export interface StageModel {
  readonly state: WidgetState;
  readonly label: string;
  /** The scheduling page by itself, for a tab of its own; empty where there is no safe address. */
  readonly href: string;
  /** The chosen slot in words. */
  readonly chosen: string;
  /** The slots, where there are any to show. */
  readonly slots: TemplateResult | typeof nothing;
  /** The booking form, or what came of it; null while it is not there. */
  readonly form: TemplateResult | null;
  /** Whether the host page shows something of its own in place of the stage. */
  readonly isHidden: boolean;
}

export interface StageActions {
  readonly show: () => void;
  readonly back: () => void;
  readonly retry: () => void;
}

/** The line above the calendar or the form: the chosen slot, and the way back to the others while nothing is booked. */
const chosenBar = ({ state, chosen }: StageModel, onBack: () => void): TemplateResult | typeof nothing => {
  const { strings } = state.language;
  if (!/^(calendar|form)$/.test(state.view) || !state.chosen) return nothing;
  const isBooked = !!bookingId(state) && isOwnBooking(state, Date.parse(state.chosen.start));
  if (state.form === 'sent' || isBooked) return nothing;
  return html`<div class="bar">
    <button part="back" @click=${onBack}>${strings.otherSlots}</button>
    <b part="chosen" tabindex="-1">${chosen}</b>
    <span role="alert">${state.gone ? strings.slotTaken : nothing}</span>
  </div>`;
};

const facade = (title: unknown, text: string, action: unknown): TemplateResult =>
  html`<div part="facade">${title}${text ? html`<p>${text}</p>` : nothing} ${action}</div>`;

/** Names a card, where nothing else does: a dialog has its name in its head, and slots have a heading of their own. */
const titleOf = ({ state, label, slots }: StageModel): TemplateResult | typeof nothing =>
  isInline(state) && slots === nothing
    ? html`<h2 part="heading" class="title"><bdi>${label}</bdi></h2>`
    : nothing;

const skeleton = (text: string): TemplateResult => html`<div part="skeleton">${text}</div>`;

function coverView(cover: Cover, model: StageModel, { show: onShow, retry: onRetry }: StageActions): unknown {
  const { state, href, chosen, slots, form } = model;
  const { strings } = state.language;
  const { frame } = state;
  const title = titleOf(model);
  const show = html`<button part="show" class="primary" @click=${onShow}>${strings.show}</button>
    ${openLink(strings.openTab, href)}`;
  switch (cover) {
    case 'none':
      return nothing;
    case 'form':
      return form ?? skeleton(strings.loading);
    case 'failure': {
      const failure = shownFailure(state);
      if (!failure) return nothing;
      const isDue = frame.status === 'failed' && frame.retryAt !== null;
      const retry = isLoading(frame) ? 'now' : isDue ? 'soon' : 'none';
      return [failureView({ title, strings, failure, retry, href, chosen, onRetry }), slots];
    }
    case 'slots':
      return slots;
    case 'linked':
      return facade(title, strings.linked, openLink(strings.openTab, href, true));
    case 'consent': {
      const text = formatMessage(strings.consent, { host: consentHost(state) });
      return facade(title, text, show);
    }
    case 'show':
      return facade(title, '', show);
    case 'skeleton':
      return skeleton(strings.loading);
  }
}

/** What the status line says below the frame; empty where there is nothing to say. */
function noticeOf({ frame, language: { strings } }: WidgetState, isFrameShown: boolean): string {
  if (frame.status === 'slow' && !frame.after) return strings.slow;
  const isDoubtful = isUp(frame) && (frame.status === 'shown' || ('doubtful' in frame && frame.doubtful));
  return isFrameShown && isDoubtful ? strings.trouble : '';
}

/**
 * The widget's one box, inline or in the dialog: the frame, and over it whatever stands in for it. The frame controller
 * fills `.holder`, which is the same element in every state: a frame that is moved loads again.
 */
export function stageView(model: StageModel, actions: StageActions): TemplateResult {
  const { state, label, href, isHidden } = model;
  const cover = coverOf(state);
  const isFrameShown = cover === 'none';
  const notice = noticeOf(state, isFrameShown);
  return html`<section
    class="stage"
    part="stage"
    tabindex="-1"
    aria-label=${label}
    aria-busy=${String(isLoading(state.frame))}
    ?hidden=${isHidden}
  >
    <div class="box">
      ${chosenBar(model, actions.back)}
      <div class="frame">
        <div class="holder" ?inert=${!isFrameShown}></div>
        <div class=${cover === 'form' ? 'cover flow' : 'cover'} ?hidden=${isFrameShown}>
          ${coverView(cover, model, actions)}
        </div>
      </div>
      <div role="status">
        ${
          notice
            ? html`<div class="bar" part="notice">
                ${notice}${openLink(state.language.strings.openTab, href)}
              </div>`
            : nothing
        }
      </div>
    </div>
  </section>`;
}
