/** An event as a page gets it. */
export interface PageEvent {
  readonly type: string;
  readonly id: string;
  readonly data: unknown;
}

export interface EventReader {
  readonly response: Response;
  /** All events so far, oldest first. */
  readonly events: readonly PageEvent[];
  /** Fulfilled when the other side has ended the stream, or it broke. */
  readonly ended: Promise<void>;
  /** Everything as it was written. */
  text(): string;
  /** Events without heartbeats. */
  news(): readonly PageEvent[];
  leave(): Promise<void>;
}

/** Reads a stream of server-sent events as browsers do, as far as ours uses them. */
export function readEvents(response: Response): EventReader {
  const events: PageEvent[] = [];
  let [text, rest] = ['', ''];
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const readOn = async (): Promise<void> => {
    for (;;) {
      const read = await reader?.read();
      if (!read || read.done) return;
      text += read.value;
      const blocks = (rest + read.value).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const fields: Readonly<Record<string, string | undefined>> = Object.fromEntries(
          block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]),
        );
        if (fields['data'] !== undefined)
          events.push({
            type: fields['event'] ?? 'message',
            id: fields['id'] ?? '',
            data: JSON.parse(fields['data']),
          });
      }
    }
  };
  return {
    response,
    events,
    ended: readOn().catch(() => undefined),
    text: () => text,
    news: () => events.filter(({ type }) => type !== 'here'),
    leave: async () => reader?.cancel(),
  };
}
