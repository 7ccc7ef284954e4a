/** Hears what one frame says. */
interface Listener {
  readonly origin: string;
  readonly hear: (data: unknown) => void;
}

const listeners = new Map<MessageEventSource, Listener>();

function onMessage({ source, origin, data }: MessageEvent): void {
  const listener = source && listeners.get(source);
  if (listener?.origin === origin) listener.hear(data);
}

/**
 * Hears the messages that come from exactly this frame and exactly this origin; all others are nobody's business. One
 * listener serves all widgets of the page. Returns how to stop.
 */
export function hearFrame(frame: Window, origin: string, hear: (data: unknown) => void): () => void {
  if (!listeners.size) addEventListener('message', onMessage);
  listeners.set(frame, { origin, hear });
  return () => {
    listeners.delete(frame);
    if (!listeners.size) removeEventListener('message', onMessage);
  };
}
