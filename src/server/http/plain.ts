/**
 * A request as an adapter has it before it makes a `Request` of it: making one costs more than answering what lies ready.
 */
export interface PlainRequest {
  readonly method: string;
  /** Path and query as they were written. */
  readonly url: string;
  /** By names in lower case; what comes several times is joined by commas. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The client's address, for limits per client; kept nowhere. */
  readonly address?: string | undefined;
}

/** An answer that can be written to the socket as it stands. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | null;
}

export const headerOf = ({ headers }: PlainRequest, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'object' ? value.join(', ') : value;
};
