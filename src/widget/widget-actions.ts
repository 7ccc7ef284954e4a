import type { Slot } from '../protocol/availability.js';
import type { WidgetHost } from './controllers/controller.js';
import type { WidgetEvent } from './state/events.js';
import { mayUseForm, wantsSlots } from './state/selectors.js';

export type WidgetActions = ReturnType<typeof widgetActions>;

/** What the visitor and the host page can decide. Where that changes the view, the focus follows. */
export function widgetActions(host: WidgetHost) {
  const { store } = host;

  const sendAndFocus = (event: WidgetEvent, selector = '.stage'): void => {
    store.send(event);
    void host.updateComplete.then(() => {
      host.renderRoot.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
    });
  };

  const showCalendar = (): void => sendAndFocus({ type: 'show-calendar' });

  return {
    choose: (slot: Slot): void => sendAndFocus({ type: 'choose', slot }, '[part="chosen"]'),
    showCalendar,
    /** The visitor agrees to contact the scheduling page's host, and wants to see the page. */
    show(): void {
      store.send({ type: 'grant' });
      const { state } = store;
      // A slot that a script has chosen before is still the one. Where slots can be booked without the frame, they come first.
      if (!state.chosen && !(wantsSlots(state) && mayUseForm(state))) showCalendar();
    },
    back: (): void => sendAndFocus({ type: 'back-to-slots' }),
    retry(): void {
      const event = { type: 'retry', automatic: false } as const;
      if (store.state.frame.status === 'failed') sendAndFocus(event);
      else store.send(event);
    },
  };
}
