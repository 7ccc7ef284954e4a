import { isInline } from '../state/selectors.js';
import type { WidgetController, WidgetHost } from './controller.js';
import type { RecentInput } from './recent-input.js';

/**
 * An inline form is as tall as its fields. What comes by itself (the form's own code, the answer to a booking) must not move
 * the page, so its box keeps its height and scrolls inside until the visitor's next input.
 */
export function formBoxController(host: WidgetHost, { hasActed, onInput }: RecentInput) {
  /** The box whose height is kept. */
  let kept: HTMLElement | null = null;
  /** The widget's height before it is drawn again; 0 where it does not matter. */
  let before = 0;

  const release = (): void => {
    kept?.style.removeProperty('height');
    kept = null;
  };
  onInput(release);

  return {
    hostUpdate() {
      const { state } = host.store;
      before = isInline(state) && state.view === 'form' ? host.offsetHeight : 0;
    },
    hostUpdated() {
      release();
      const box = host.renderRoot.querySelector<HTMLElement>('.flow');
      if (!before || !box || hasActed()) return;
      const change = host.offsetHeight - before;
      if (!change || host.getBoundingClientRect().bottom - Math.max(change, 0) > innerHeight) return;
      kept = box;
      box.style.height = `${box.offsetHeight - change}px`;
    },
  } satisfies WidgetController;
}
