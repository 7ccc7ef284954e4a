import { el, fill, setAttribute } from '../dom.js';
import type { Strings } from '../locales/strings.js';
import type { WidgetState } from '../widget-state.js';
import { failureView } from './failure-view.js';
import { openLink } from './open-link.js';

export interface StageModel {
  readonly state: WidgetState;
  readonly strings: Strings;
  readonly label: string;
  /** The scheduling page by itself, for a tab of its own; empty where there is no safe address. */
  readonly href: string;
  /** Who would be contacted, while the visitor has not agreed to that; otherwise empty. */
  readonly consentHost: string;
  /** Whether native times may still come. */
  readonly awaitsTimes: boolean;
  /** The chosen time in words. */
  readonly chosen: string;
  /** The native times, where there are any to show; drawn and kept up by whoever hands them in. */
  readonly times: HTMLElement | null;
}

export interface StageActions {
  readonly onShow: () => void;
  readonly onBack: () => void;
  readonly onRetry: () => void;
}

export interface Stage {
  readonly element: HTMLElement;
  /** What is given the height that the scheduling page asks for. */
  readonly box: HTMLElement;
  /** Where the frame lives. */
  readonly holder: HTMLElement;
  update(model: StageModel): void;
}

/**
 * The one box of the widget, inline or in the dialog: the frame, and over it whatever stands in for it. The frame's
 * place is the same in every state, because a frame that is moved loads again.
 */
export function createStage({ onShow, onBack, onRetry }: StageActions): Stage {
  const bar = el('div', { class: 'bar' });
  const holder = el('div', { class: 'holder' });
  const cover = el('div', { class: 'cover' });
  const status = el('div', { role: 'status' });
  const box = el('div', { class: 'box' }, bar, el('div', { class: 'frame' }, holder, cover), status);
  const element = el('section', { class: 'stage', part: 'stage', tabindex: '-1' }, box);

  /** What lies over the frame while the frame is not what the visitor should see. */
  const drawCover = ({ state, strings, times, href, consentHost, awaitsTimes }: StageModel): void => {
    const { frame, view } = state;
    if (frame.status === 'failed') {
      const { failure, retryAt } = frame;
      fill(cover, [failure, retryAt, href, strings.retry, !!times], () => [
        failureView(strings, failure, retryAt !== null, href, onRetry),
        ...(times ? [times] : []),
      ]);
    } else if (times && view !== 'calendar') fill(cover, 'times', () => [times]);
    else if (frame.status === 'linked')
      fill(cover, [strings.linked, href], () => [
        el('div', { part: 'facade' }, el('p', {}, strings.linked), ...openLink(strings.openTab, href)),
      ]);
    else if (consentHost || (frame.status === 'idle' && !awaitsTimes))
      fill(cover, [consentHost, strings.show], () => [
        el(
          'div',
          { part: 'facade' },
          el('p', {}, consentHost && strings.consent.replace('{host}', consentHost)),
          el('button', { part: 'show', click: onShow }, strings.show),
        ),
      ]);
    else fill(cover, strings.loading, () => [el('div', { part: 'skeleton' }, strings.loading)]);
  };

  return {
    element,
    box,
    holder,
    update(model) {
      const { state, strings, label, href, chosen } = model;
      const { status: is } = state.frame;
      const showsFrame = state.view === 'calendar' && (is === 'ready' || is === 'shown');
      const notice =
        is === 'slow'
          ? strings.slow
          : showsFrame && 'doubtful' in state.frame
            ? strings.doubtful
            : showsFrame && is === 'shown'
              ? strings.nothingHere
              : '';
      setAttribute(element, 'aria-label', label);
      setAttribute(element, 'aria-busy', String(is === 'loading' || is === 'slow'));
      const taken = state.gone ? strings.taken : '';
      fill(bar, state.view === 'calendar' && state.chosen && [chosen, taken, strings.otherTimes], () =>
        state.view === 'calendar' && state.chosen
          ? [
              el('button', { part: 'back', click: onBack }, strings.otherTimes),
              el('b', { part: 'chosen', tabindex: '-1' }, chosen),
              el('span', { role: 'alert' }, taken),
            ]
          : [],
      );
      holder.inert = !showsFrame;
      cover.hidden = showsFrame;
      if (showsFrame) fill(cover, '', () => []);
      else drawCover(model);
      fill(status, [notice, href], () =>
        notice
          ? [el('div', { class: 'bar', part: 'notice' }, notice, ...openLink(strings.openTab, href))]
          : [],
      );
    },
  };
}
