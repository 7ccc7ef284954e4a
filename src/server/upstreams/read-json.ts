import { joined } from '../joined.js';
import { UpstreamFailure } from './upstream.js';

/** A year of times is some hundred kilobytes; nothing an upstream means to say is larger than this. */
const MAX_BYTES = 4_194_304;

/** Reads an answer that has to be JSON, and no more of it than it may have. */
export async function readJson(response: Response, maxBytes = MAX_BYTES): Promise<unknown> {
  const announced = Number(response.headers.get('content-length') ?? 0);
  const parts: Uint8Array[] = [];
  let size = 0;
  const tooLarge = (): UpstreamFailure =>
    new UpstreamFailure('not-understood', `the answer has more than ${maxBytes} bytes`);
  if (announced > maxBytes) {
    await response.body?.cancel();
    throw tooLarge();
  }
  // Leaving the loop cancels the rest of the answer.
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > maxBytes) throw tooLarge();
    parts.push(part);
  }
  try {
    // The decoder leaves a byte order mark out, as browsers do.
    return JSON.parse(new TextDecoder().decode(joined(parts))) as unknown;
  } catch (cause) {
    // What stands in it is not passed on, nor what it calls itself: it may be a page with anything on it.
    const isPage = /^text\/html\b/i.test(response.headers.get('content-type') ?? '');
    throw new UpstreamFailure(
      'not-understood',
      `the answer is ${isPage ? 'a web page' : 'something else'} instead of JSON`,
      0,
      {
        cause: cause instanceof SyntaxError ? undefined : cause,
      },
    );
  }
}
