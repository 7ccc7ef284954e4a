import { CLOCK_STEP } from '../upstreams/clock-step.js';
import { LRUCache } from 'lru-cache';
import type { Encoding, Packers } from '../runtime.js';
import { base64UrlOf, sha256 } from '../sha256.js';

/** An answer that can be sent as it stands. */
export interface ReadyAnswer {
  readonly body: string;
  readonly etag: string;
  /** The event type whose times it holds, and its name for content networks. */
  readonly event: string;
  readonly tag: string;
  /** Why its times are older than they should be. */
  readonly failure?: string;
  /** Milliseconds since 1970: when its times are not fresh any more, and when it is not to be given out any more. */
  readonly freshUntil: number;
  readonly until: number;
  /** When it was made, and when the upstream answered. */
  readonly madeAt: number;
  readonly fetchedAt: number;
  /** Compressed, and headers: made at the first request. */
  readonly packed: Partial<Record<Encoding, Uint8Array<ArrayBuffer>>>;
  readonly headers: Partial<
    Record<
      Encoding | 'plain' | 'unchanged',
      { readonly ttl: number; readonly headers: Readonly<Record<string, string>> }
    >
  >;
}

/** Compressed it may be larger. */
const TOO_SMALL = 1000;

const BYTES = 33_554_432;

/** Besides the texts: headers in four forms and what JavaScript adds. */
const OVERHEAD = 4000;

/**
 * Responses that were just given, by the query as it was written. A booking drops them in every instance, and
 * an answer that was being made meanwhile is not kept.
 */
export class ReadyAnswers {
  readonly #answers = new LRUCache<string, ReadyAnswer>({
    maxSize: BYTES,
    sizeCalculation: ({ body }, query) => body.length * 2 + query.length + OVERHEAD,
  });
  readonly #dropped = new LRUCache<string, number>({ max: 10_000 });
  #drops = 0;

  get(query: string, now: number): ReadyAnswer | undefined {
    const answer = this.#answers.get(query);
    // One that was made in the future was made before the clock was set back.
    return answer && answer.until > now && answer.madeAt <= now + CLOCK_STEP ? answer : undefined;
  }

  /** The last answer, however old it is: for when the store is out. Undefined where something was booked since. */
  last(query: string): ReadyAnswer | undefined {
    return this.#answers.get(query);
  }

  /** To be called before the store is read; `set` compares. */
  moment(): number {
    return this.#drops;
  }

  set(query: string, answer: ReadyAnswer, moment: number): void {
    if ((this.#dropped.get(answer.event) ?? 0) <= moment) this.#answers.set(query, answer);
  }

  drop(events: readonly string[]): void {
    this.#drops++;
    for (const event of events) this.#dropped.set(event, this.#drops);
    for (const [query, { event }] of this.#answers.entries())
      if (events.includes(event)) this.#answers.delete(query);
  }
}

export const etagOf = async (body: string): Promise<string> =>
  `W/"${base64UrlOf(await sha256(body)).slice(0, 22)}"`;

/** The body, compressed once for all clients. */
export function pack(
  { body, packed }: ReadyAnswer,
  encoding: Encoding | undefined,
  packers: Packers,
): string | Uint8Array<ArrayBuffer> {
  const packer = encoding && packers[encoding];
  return packer ? (packed[encoding] ??= packer(body)) : body;
}

/** Browsers have a handful of ways to say it. */
const encodings = new LRUCache<string, Encoding | 'none'>({ max: 100 });

/** How the client can read an answer best; undefined as it is. */
export function encodingFor(
  { body }: ReadyAnswer,
  acceptEncoding: string,
  packers: Packers,
): Encoding | undefined {
  if (body.length < TOO_SMALL) return undefined;
  let encoding = encodings.get(acceptEncoding);
  if (encoding === undefined) {
    encoding = accepts(acceptEncoding, 'br') ? 'br' : accepts(acceptEncoding, 'gzip') ? 'gzip' : 'none';
    if (acceptEncoding.length < 200) encodings.set(acceptEncoding, encoding);
  }
  return encoding === 'none' || !packers[encoding] ? undefined : encoding;
}

const accepts = (header: string, encoding: string): boolean =>
  new RegExp(`(^|,)\\s*${encoding}\\s*(,|$|;\\s*q=(1|0?\\.0*[1-9]))`, 'i').test(header);
