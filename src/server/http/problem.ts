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

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Token needed',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Too slow',
  413: 'Too large',
  415: 'Wrong kind of content',
  422: 'Not understood',
  429: 'Too many requests',
  431: 'Too large',
  500: 'Something went wrong',
  502: 'The scheduling service failed',
  503: 'Not now',
  504: 'The scheduling service is slow',
};

/** `seconds` as `Retry-After` wants them: whole, and at least one. */
export const retryAfter = (ms: number): Readonly<Record<string, string>> => ({
  'Retry-After': String(Math.max(1, Math.ceil(ms / 1000))),
});

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

export function problemResponse(c: Context, problem: Problem): Response {
  const { status, headers, body } = problemParts(problem);
  return c.body(body, status, headers);
}
