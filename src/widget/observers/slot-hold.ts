import type { Slot } from '../../protocol/availability.js';
import type { Hold } from '../providers/hold.js';
import { pageOf } from '../state/selectors.js';
import type { WidgetEvent } from '../state/events.js';
import type { CreateObserver, ObservedHost } from './observer.js';

/** After any of these the visitor does not want the slot any more, or has booked it. */
const ENDS: ReadonlySet<WidgetEvent['type']> = new Set([
  'load',
  'unload',
  'choose',
  'show-calendar',
  'back-to-slots',
  'slot-taken',
  'close',
  'booked',
]);

/** Holds a slot at the widget's provider; `none` where that provider does not let a browser do so. */
async function holdAtProvider({ store }: ObservedHost, slot: Slot, signal: AbortSignal): Promise<Hold> {
  const { provider, options, timeZone } = store.state;
  const page = pageOf(store.state);
  if (!page || !provider?.hold || !provider.slots) return { is: 'none' };
  const { api } = options;
  const { start } = slot;
  const request = provider.slots.request({ page, api, timeZone, start, end: start });
  if (!request) return { is: 'none' };
  const { hold } = await provider.hold();
  return hold(new URL(request.url), slot, signal);
}

/**
 * Holds the chosen slot while the visitor fills in the form, for site owners who ask for it. A slot that cannot be held
 * is offered all the same.
 *
 * @param hold stands in for the provider in tests
 * @param leaving fires `pagehide`
 */
export const slotHold = (
  host: ObservedHost,
  hold = holdAtProvider,
  leaving: EventTarget = globalThis,
): ReturnType<CreateObserver> => {
  let wanted = NaN;
  let release: (() => void) | undefined;
  let abort = new AbortController();

  const end = (): void => {
    abort.abort();
    release?.();
    release = undefined;
    leaving.removeEventListener('pagehide', end);
  };

  const start = async (slot: Slot): Promise<void> => {
    const { signal } = (abort = new AbortController());
    wanted = Date.parse(slot.start);
    leaving.addEventListener('pagehide', end);
    const result = await hold(host, slot, signal).catch((): Hold => ({ is: 'none' }));
    const held = result.is === 'held' ? result.release : undefined;
    if (signal.aborted) return held?.();
    release = held;
    if (result.is === 'taken') host.store.send({ type: 'slot-taken', start: slot.start });
  };

  return {
    onEvent({ event }) {
      if (!ENDS.has(event.type)) return;
      // A booking of another slot takes nothing from this visitor.
      if (event.type === 'slot-taken' && Date.parse(event.start) !== wanted) return;
      end();
      if (event.type === 'choose') void start(event.slot);
    },
    stop: end,
  };
};
