import { matches } from './knobs.js';

/** One request as a test may count it. */
export interface SeenRequest {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** The provider that received the request. */
  readonly provider: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  /** Key of the event type that the request is about, or the host's slug; empty when neither is known. */
  readonly key: string;
  /** Address the caller is counted under. */
  readonly address: string;
  /** Page that sent the request, where the browser names it. */
  readonly origin: string;
}

const MOST = 20_000;

const queryOf = (query: URLSearchParams): SeenRequest['query'] =>
  Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const values = query.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );

/** The last requests, newest last. */
export class RequestLog {
  #seen: SeenRequest[] = [];

  add(request: Omit<SeenRequest, 'query'> & { readonly query: URLSearchParams }): void {
    this.#seen.push({ ...request, query: queryOf(request.query) });
    if (this.#seen.length > MOST) this.#seen = this.#seen.slice(-MOST / 2);
  }

  list(pattern = '*'): SeenRequest[] {
    return this.#seen.filter(({ key }) => matches(pattern, key));
  }

  clear(pattern = '*'): void {
    this.#seen = this.#seen.filter(({ key }) => !matches(pattern, key));
  }
}
