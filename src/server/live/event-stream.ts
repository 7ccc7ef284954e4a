import type { Listener, Listeners, Wanted } from './listeners.js';

/** Headers that keep intermediaries from caching, compressing and buffering the stream. */
export const STREAM_HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

/** Maximum number of unread pieces of one page; then its stream is closed. */
const MAX_UNREAD = 32;

const encoder = new TextEncoder();

/** One event, as the HTML standard writes it. */
export const eventPiece = (event: string, id: string, data: object): Uint8Array =>
  encoder.encode(`event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`);

/** The reconnection delay for a page that lost the connection, in milliseconds. */
export const retryPiece = (ms: number): Uint8Array => encoder.encode(`retry: ${Math.round(ms)}\n\n`);

/** A stream that begins with some pieces, followed by everything the listener is sent, until either side ends it. */
export function openStream(
  listeners: Listeners,
  who: { readonly wanted: Wanted; readonly client: string },
  begin: readonly Uint8Array[],
): ReadableStream<Uint8Array> {
  let leave = (): void => undefined;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const isRead = (): boolean => (controller.desiredSize ?? 0) > 0;
        const listener: Listener = {
          ...who,
          send(piece) {
            if (!isRead()) return false;
            controller.enqueue(piece);
            return true;
          },
          end() {
            leave();
            // What waits for a page that does not read would wait for ever.
            if (isRead()) controller.close();
            else controller.error(new Error('the page does not read'));
          },
        };
        leave = () => listeners.remove(listener);
        listeners.add(listener);
        for (const piece of begin) controller.enqueue(piece);
      },
      cancel: () => leave(),
    },
    new CountQueuingStrategy({ highWaterMark: MAX_UNREAD + begin.length }),
  );
}
