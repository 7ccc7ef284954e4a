/** Receives what one frame posts. */
type FrameListener = (data: unknown, origin: string) => void;

const listeners = new Map<MessageEventSource, FrameListener>();

function onMessage({ source, origin, data }: MessageEvent): void {
  if (source) listeners.get(source)?.(data, origin);
}

/**
 * Calls `listener` with the messages that come from exactly this frame's window; the listener decides by `origin`. One
 * event listener serves all widgets of the page. Returns how to stop.
 */
export function listenToFrame(frame: Window, listener: FrameListener): () => void {
  if (!listeners.size) addEventListener('message', onMessage);
  listeners.set(frame, listener);
  return () => {
    listeners.delete(frame);
    if (!listeners.size) removeEventListener('message', onMessage);
  };
}
