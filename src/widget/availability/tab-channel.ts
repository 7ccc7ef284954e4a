import type { KnownSlots, Span } from './known-slots.js';
import { fieldsOf, readKnownSlots } from './read-availability.js';

/** A message from one tab to the others about an event type. */
export interface TabMessage {
  readonly key: string;
  /** Ranges that have just been fetched. */
  readonly known: readonly KnownSlots[];
  /** Days that are to be forgotten, and the start of the slot that was taken there, or empty. */
  readonly forgotten: { readonly days: Span; readonly taken: string } | null;
}

export interface TabChannel {
  open(): void;
  /** Without a channel nothing is sent: the other tabs find out by themselves. */
  postKnown(key: string, ranges: readonly KnownSlots[]): void;
  postForgotten(key: string, days: Span, taken: string): void;
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
    const { v, key, known, taken, from, to } = fieldsOf(data);
    if (v !== VERSION || typeof key !== 'string' || !isWanted(key)) return;
    receive({
      key,
      known: readKnownSlots(known) ?? [],
      forgotten: typeof taken === 'string' ? { days: { from: Number(from), to: Number(to) }, taken } : null,
    });
  };
  const post = (message: object): void => {
    try {
      channel?.postMessage({ v: VERSION, ...message });
    } catch {
      // The channel has been closed meanwhile.
    }
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
    postKnown(key, ranges) {
      post({ key, known: ranges });
    },
    postForgotten(key, days, taken) {
      post({ key, taken, ...days });
    },
    close() {
      channel?.close();
      channel = undefined;
    },
  };
}
