/**
 * A `message` event as if `source` had posted `data`. Firefox and WebKit refuse the window of another process in the
 * constructor's `source`, so it is set afterwards.
 */
export function frameMessage(source: MessageEventSource | null, origin: string, data: unknown): MessageEvent {
  const event = new MessageEvent('message', { origin, data });
  Object.defineProperty(event, 'source', { value: source });
  return event;
}
