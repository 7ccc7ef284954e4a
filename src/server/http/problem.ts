import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

interface ProblemOptions {
  readonly status: ContentfulStatusCode;
  /** For programs: short, and it never changes. */
  readonly code: string;
  /** For people: what is wrong, and with which value. Nothing secret: the client reads it. */
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** For the log alone. */
  readonly cause?: unknown;
}

/** An answer that says what is wrong, as RFC 9457 has it. Thrown anywhere in a route. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor({ status, code, detail, headers = {}, cause }: ProblemOptions) {
    super(detail, { cause });
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** With `about:blank` the title is the status's own phrase: https://www.rfc-editor.org/rfc/rfc9457#section-4.2.1 */
const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** `seconds` as `Retry-After` wants them: whole, and at least one. */
export const retryAfter = (ms: number): Readonly<Record<string, string>> => ({
  'Retry-After': String(Math.max(1, Math.ceil(ms / 1000))),
});

/** The same, longer by up to a half: those who are refused together do not come back together. */
export const spreadRetryAfter = (ms: number): Readonly<Record<string, string>> =>
  retryAfter(ms * (1 + Math.random() / 2));

/** A problem as bytes on the wire have it. */
export function problemParts({ status, code, message: detail, headers }: Problem): {
  readonly status: ContentfulStatusCode;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
} {
  return {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      ...headers,
    },
    body: JSON.stringify({ type: 'about:blank', title: TITLES[status] ?? 'Error', status, code, detail }),
  };
}

/** @param cors headers that let pages read the refusal as they read an answer */
export function problemResponse(
  c: Context,
  problem: Problem,
  cors: Readonly<Record<string, string>> = {},
): Response {
  const { status, headers, body } = problemParts(problem);
  return c.body(body, status, { ...cors, ...headers });
}
