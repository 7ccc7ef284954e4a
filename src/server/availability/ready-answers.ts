import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** An answer that can be sent as it stands. */
export interface ReadyAnswer {
  readonly body: string;
  readonly etag: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The event type whose times it holds. */
  readonly event: string;
  /** Milliseconds since 1970. */
  readonly until: number;
  packed: Partial<Record<'br' | 'gzip', Uint8Array<ArrayBuffer>>>;
}

/** Compressed it may be larger. */
const TOO_SMALL = 1000;

const BYTES = 33_554_432;

/**
 * Answers that were just given, by the question as it was written. What somebody booked drops them in every instance, and
 * an answer that was being made meanwhile is not kept.
 */
export class ReadyAnswers {
  readonly #answers = new LRUCache<string, ReadyAnswer>({
    maxSize: BYTES,
    sizeCalculation: ({ body }, question) => body.length * 2 + question.length + 500,
  });
  readonly #dropped = new LRUCache<string, number>({ max: 10_000 });
  #drops = 0;

  get(question: string, now: number): ReadyAnswer | undefined {
    const answer = this.#answers.get(question);
    return answer && answer.until > now ? answer : undefined;
  }

  /** To be called before the store is read; `set` compares. */
  moment(): number {
    return this.#drops;
  }

  set(question: string, answer: ReadyAnswer, moment: number): void {
    if ((this.#dropped.get(answer.event) ?? 0) <= moment) this.#answers.set(question, answer);
  }

  drop(events: readonly string[]): void {
    this.#drops++;
    for (const event of events) this.#dropped.set(event, this.#drops);
    for (const [question, { event }] of this.#answers.entries())
      if (events.includes(event)) this.#answers.delete(question);
  }
}

export const etagOf = (body: string): string =>
  `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;

/** The body as the client can read it best, compressed once for everybody. */
export function pack(
  answer: ReadyAnswer,
  acceptEncoding: string,
): { readonly encoding?: 'br' | 'gzip'; readonly body: string | Uint8Array<ArrayBuffer> } {
  if (answer.body.length < TOO_SMALL) return { body: answer.body };
  const encoding = encodingFor(acceptEncoding);
  if (!encoding) return { body: answer.body };
  const body = (answer.packed[encoding] ??= new Uint8Array(
    encoding === 'br'
      ? brotliCompressSync(answer.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
      : gzipSync(answer.body),
  ));
  return { encoding, body };
}

/** Browsers have a handful of ways to say it. */
const encodings = new LRUCache<string, 'br' | 'gzip' | 'none'>({ max: 100 });

function encodingFor(header: string): 'br' | 'gzip' | undefined {
  let encoding = encodings.get(header);
  if (encoding === undefined) {
    encoding = accepts(header, 'br') ? 'br' : accepts(header, 'gzip') ? 'gzip' : 'none';
    if (header.length < 200) encodings.set(header, encoding);
  }
  return encoding === 'none' ? undefined : encoding;
}

const accepts = (header: string, encoding: string): boolean =>
  new RegExp(`(^|,)\\s*${encoding}\\s*(,|$|;\\s*q=(1|0?\\.0*[1-9]))`, 'i').test(header);
