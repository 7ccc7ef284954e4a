import {
  createSecureServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './certificate.js';

export type Answer = (request: Request) => Response | Promise<Response>;

export interface SecureServer {
  readonly port: number;
  close(): Promise<void>;
}

async function bodyOf(stream: ServerHttp2Stream): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function requestOf(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): Promise<Request> {
  const { ':method': method = 'GET', ':authority': host = '', ':path': path = '/' } = headers;
  const named = Object.entries(headers).filter(([name]) => !name.startsWith(':'));
  return new Request(`https://${host}${path}`, {
    method: method,
    headers: named.map(([name, value]): [string, string] => [name, String(value)]),
    ...(!/^(GET|HEAD)$/.test(method) && { body: new Uint8Array(await bodyOf(stream)) }),
  });
}

/**
 * The last bytes of a response come with the mark of its end, as from other servers. Node's server for requests and responses
 * leaves room for trailers, and sends the mark after everything else that waits: files would all end with the largest.
 */
async function respond(stream: ServerHttp2Stream, response: Response): Promise<void> {
  const body = Buffer.from(await response.arrayBuffer());
  if (stream.destroyed) return;
  const headers = { ':status': response.status, ...Object.fromEntries(response.headers) };
  stream.respond(headers, { endStream: body.length === 0 });
  if (body.length > 0) stream.end(body);
}

/** Serves HTTP/2 over TLS on a free port of this machine. */
export async function serveSecurely(answer: Answer, { key, cert }: Certificate): Promise<SecureServer> {
  const server = createSecureServer({ key, cert });
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
  });
  server.on('stream', (stream, headers) => {
    // A visitor may have left before the response.
    stream.on('error', () => undefined);
    requestOf(stream, headers)
      .then(answer)
      .then((response) => respond(stream, response))
      .catch(() => stream.close());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const session of sessions) session.destroy();
      }),
  };
}
