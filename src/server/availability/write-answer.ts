import { corsHeaders } from '../http/cors.js';
import { isKnownToClient } from '../http/known-to-client.js';
import type { PlainAnswer } from '../http/plain.js';
import type { Encoding, Packers } from '../runtime.js';
import { bytesOf, hexOf, sha256 } from '../sha256.js';
import { encodingFor, pack, type ReadyAnswer } from './ready-answers.js';
import { REVALIDATE_MS } from '../durations.js';

/** Request headers that decide the form of a response. */
export interface RequestHeaders {
  readonly ifNoneMatch?: string | undefined;
  readonly acceptEncoding?: string | undefined;
  readonly origin?: string | undefined;
}

type Headers = Readonly<Record<string, string>>;

/** A name for content networks that can forget by name; the same for all ranges and zones of an event type. */
export const tagOf = async (event: string): Promise<string> =>
  `times-${hexOf(await sha256(event)).slice(0, 16)}`;

const lengthOf = (body: string | Uint8Array): number =>
  typeof body === 'string' ? bytesOf(body).length : body.length;

/** How long others may keep an answer, and how old it is (RFC 9111, 5861 and 9211). */
function ageHeaders({ failure }: ReadyAnswer, ttl: number): Headers {
  const shared = failure === undefined ? Math.max(1, Math.min(ttl, 600)) : 5;
  return {
    // A browser asks each time; a content network may answer for us while times are fresh.
    'Cache-Control': `public, max-age=0, s-maxage=${shared}, stale-while-revalidate=${REVALIDATE_MS / 1000}, stale-if-error=86400`,
    'Cache-Status': `booking-widget; hit; ttl=${ttl}${failure === undefined ? '' : `; detail=${failure}`}`,
  };
}

/** Writes answers for clients of all kinds; `origins` may read them. */
export function answerWriter(
  origins: readonly string[],
  packers: Packers,
): (answer: ReadyAnswer, request: RequestHeaders, now: number) => PlainAnswer {
  const cors = corsHeaders(origins);
  const toAll = origins.includes('*');
  const vary = toAll ? 'Accept-Encoding' : 'Accept-Encoding, Origin';

  /** Headers that differ from one second to the next, and between encodings; put together once for all who ask then. */
  function headersFor(answer: ReadyAnswer, form: Encoding | 'plain' | 'unchanged', now: number): Headers {
    const ttl = Math.floor((answer.freshUntil - now) / 1000);
    const known = answer.headers[form];
    if (known?.ttl === ttl) return known.headers;
    const headers: Record<string, string> = {
      ...ageHeaders(answer, ttl),
      'Cache-Tag': answer.tag,
      'Surrogate-Key': answer.tag,
      ETag: answer.etag,
      ...(toAll && cors(undefined)),
      Vary: vary,
    };
    if (form !== 'unchanged') {
      const encoding = form === 'plain' ? undefined : form;
      headers['Content-Type'] = 'application/json';
      headers['Content-Length'] = String(lengthOf(pack(answer, encoding, packers)));
      if (encoding) headers['Content-Encoding'] = encoding;
    }
    answer.headers[form] = { ttl, headers };
    return headers;
  }

  return (answer, { ifNoneMatch, acceptEncoding = '', origin }, now) => {
    const isKnown = isKnownToClient(ifNoneMatch, answer.etag);
    const encoding = isKnown ? undefined : encodingFor(answer, acceptEncoding, packers);
    const headers = headersFor(answer, isKnown ? 'unchanged' : (encoding ?? 'plain'), now);
    return {
      status: isKnown ? 304 : 200,
      headers: toAll ? headers : { ...headers, ...cors(origin), Vary: vary },
      body: isKnown ? null : pack(answer, encoding, packers),
    };
  };
}
