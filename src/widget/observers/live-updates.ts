import type { Slot } from '../../protocol/availability.js';
import { openConnection, type LiveConnection, type LiveUpdate } from './live-connection.js';
import { pageOf } from '../state/selectors.js';
import type { CreateObserver, ObservedHost } from './observer.js';

const connections = new Map<string, LiveConnection>();

/** One for all widgets of the page with the same companion. */
function connectionTo(companion: string): LiveConnection {
  const connection = connections.get(companion) ?? openConnection(companion);
  connections.set(companion, connection);
  return connection;
}

/** A booking may be longer than the slots that are offered. */
const overlaps = ({ start, end = start }: Slot, from: number, to: number): boolean =>
  Date.parse(start) < to && Date.parse(end) > from;

/**
 * Takes slots off the screen when a companion reports that they were booked, the way a booking in another tab does. It
 * subscribes from the first slots to the next load.
 *
 * @param connection stands in for the page's own in tests
 */
export const liveUpdates = (
  host: ObservedHost,
  connection = connectionTo(host.store.state.options.companion),
): ReturnType<CreateObserver> => {
  let leave: (() => void) | undefined;

  const onUpdate = (update: LiveUpdate): void => {
    if (!update) return host.refresh();
    const { start, end, taken } = update;
    const [from, to] = [Date.parse(start), Date.parse(end)];
    const { known } = host.store.state.slots;
    const free = known?.slots.filter((slot) => overlaps(slot, from, to)) ?? [];
    // A page that reconnects receives events again that its slots reflect already: they stay.
    if (taken ? !free.length && from < Date.parse(known?.to ?? '') : free.length) return;
    host.forgetSlot(start, taken);
    if (taken)
      for (const slot of free) if (Date.parse(slot.start) !== from) host.forgetSlot(slot.start, true);
  };

  const stop = (): void => {
    leave?.();
    leave = undefined;
  };

  return {
    onEvent({ event, state }) {
      if (event.type === 'load' || event.type === 'unload') stop();
      const page = pageOf(state);
      if (leave || !state.slots.known || !state.provider || !page) return;
      leave = connection.add({
        src: state.provider.canonical(page),
        since: () => host.store.state.slots.known?.fetchedAt ?? Date.now(),
        onUpdate,
      });
    },
    stop,
  };
};
