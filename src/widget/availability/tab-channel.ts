import type { KnownSlots, Span } from './known-slots.js';
import { fieldsOf, readKnownSlots } from './read-availability.js';

/** A message from one tab to the others about an event type. */
export interface TabMessage {
  readonly key: string;
  /** Ranges that have just been fetched. */
  readonly known: readonly KnownSlots[];
  /** Days that are to be forgotten, because the slot that begins at `start` is taken, or free again. */
  readonly forgotten: { readonly days: Span; readonly start: string; readonly isTaken: boolean } | null;
}

/** As it is sent: ranges that are known again. */
interface KnownMessage {
  readonly key: string;
  readonly known: readonly KnownSlots[];
}

/** As it is sent: days that are to be forgotten. */
interface ForgottenMessage extends Span {
  readonly key: string;
  readonly start: string;
  readonly isTaken: boolean;
}

export interface TabChannel {
  open(): void;
  /** Without a channel nothing is sent: the other tabs find out by themselves. */
  post(message: KnownMessage | ForgottenMessage): void;
  close(): void;
}

/** The version of the messages; a tab with another one is ignored. */
const VERSION = 1;

/**
 * The channel between the tabs of a browser. Whatever comes through it is parsed; `isWanted` spares the parsing of event
 * types that this tab does not show.
 */
export function tabChannel(
  openChannel: () => BroadcastChannel,
  isWanted: (key: string) => boolean,
  receive: (message: TabMessage) => void,
): TabChannel {
  let channel: BroadcastChannel | undefined;

  const onMessage = ({ data }: MessageEvent): void => {
    const { v, key, known, start, isTaken, from, to } = fieldsOf(data);
    if (v !== VERSION || typeof key !== 'string' || !isWanted(key)) return;
    receive({
      key,
      known: readKnownSlots(known) ?? [],
      forgotten:
        typeof start === 'string' && typeof isTaken === 'boolean'
          ? { days: { from: Number(from), to: Number(to) }, start, isTaken }
          : null,
    });
  };
  return {
    open() {
      try {
        channel ??= openChannel();
        channel.onmessage = onMessage;
      } catch {
        // Then every tab requests for itself.
      }
    },
    post(message) {
      try {
        channel?.postMessage({ v: VERSION, ...message });
      } catch {
        // The channel has been closed meanwhile.
      }
    },
    close() {
      channel?.close();
      channel = undefined;
    },
  };
}
