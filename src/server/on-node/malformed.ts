import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { Problem, problemParts } from '../http/problem.js';

const MALFORMED = new Problem({
  status: 400,
  code: 'bad-request',
  detail: 'The request is malformed: no route can be asked.',
});

const BY_CODE: Readonly<Record<string, Problem>> = {
  HPE_HEADER_OVERFLOW: new Problem({
    status: 431,
    code: 'headers-too-large',
    detail: 'Address and headers of a request may have 16 kB at most.',
  }),
  ERR_HTTP_REQUEST_TIMEOUT: new Problem({
    status: 408,
    code: 'too-slow',
    detail: 'The request did not arrive in time.',
  }),
};

/** What is no request as far as a `Request` is concerned. */
export function malformedResponse(): Response {
  const { status, headers, body } = problemParts(MALFORMED);
  return new Response(body, { status, headers: { ...headers } });
}

/** Says it to whom no request was understood of, and hangs up: what comes next on the connection could mean anything. */
export function answerMalformed(cause: Error, socket: Duplex): void {
  const code = String((cause as NodeJS.ErrnoException).code);
  // A client that has hung up gets no response.
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, headers, body } = problemParts(BY_CODE[code] ?? MALFORMED);
  const lines = Object.entries({
    ...headers,
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}
