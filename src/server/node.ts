import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { AVAILABILITY } from './availability/availability-routes.js';
import { answerMalformed, malformedResponse } from './on-node/malformed.js';
import { countConnection } from './on-node/open-connections.js';
import type { Companion } from './index.js';

/** What the companion runs on in Node. A server that is bundled hands it to `createCompanion`; others need not. */
export { runtime as nodeRuntime } from './on-node/runtime.js';

export interface ServeOptions {
  /** 0 is any free one. */
  readonly port?: number;
  readonly host?: string;
  /** Milliseconds that requests under way may still take when the server stops. */
  readonly grace?: number;
  /** Connections that may be open at once; one more is closed unanswered. Pages that listen hold one each. */
  readonly connections?: number;
}

export interface Served {
  readonly port: number;
  /** `http://127.0.0.1:8787`, without a slash at the end. */
  readonly origin: string;
  /** Takes no new connections, waits for requests under way, then closes the companion. Twice is fine. */
  stop(): Promise<void>;
}

/** Answers over HTTP in Node. Compressed where the client can read it. */
export async function serve(
  companion: Omit<Companion, 'routes'>,
  { port = 8787, host = '127.0.0.1', grace = 4000, connections = 20_000 }: ServeOptions = {},
): Promise<Served> {
  const answer = (request: Request, { incoming }: HttpBindings): Promise<Response> =>
    companion.fetch(request, { address: incoming.socket.remoteAddress });
  const compressing = new Hono<{ Bindings: HttpBindings }>();
  compressing.use(compress());
  compressing.all('*', (c) => answer(c.req.raw, c.env));
  const listener = getRequestListener(
    (request, env) =>
      comesPacked(request.url) ? answer(request, env as HttpBindings) : compressing.fetch(request, env),
    { errorHandler: malformedResponse },
  );

  /** What lies ready is written as it is: a `Request` and a `Response` would cost more than all the rest. */
  async function respond(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = '', url = '', headers, socket } = incoming;
    const ready = await companion.ready({ method, url, headers, address: socket.remoteAddress });
    if (!ready) return listener(incoming, outgoing);
    const { status, headers: written, body } = ready;
    outgoing.writeHead(status, written);
    // Head and body as one string are one write to the socket; bytes would be a second one, which is more expensive than copying.
    if (typeof body === 'object' && body) outgoing.end(textOf(body), 'latin1');
    else outgoing.end(body);
  }
  const server = createServer(ARRIVAL, (incoming, outgoing) => {
    respond(incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.on('clientError', answerMalformed);
  server.maxConnections = connections;
  server.keepAliveTimeout = 65_000; // longer than the load balancers in front, which must be the ones to hang up
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // Browsers open connections ahead of time; as long as nothing was asked, Node takes them for busy.
  const silent = new Set<Socket>();
  server.on('connection', (socket) => {
    countConnection(socket);
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }) => silent.delete(socket));
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  let stopped: Promise<void> | undefined;

  async function stop(): Promise<void> {
    companion.drain();
    const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
    // A connection whose last answer is still on its way becomes idle only later.
    const sweep = setInterval(() => {
      server.closeIdleConnections();
      for (const socket of silent) socket.destroy();
    }, 50);
    const force = setTimeout(() => server.closeAllConnections(), grace);
    await closed;
    clearInterval(sweep);
    clearTimeout(force);
    await companion.close();
  }
  return { port: address.port, origin: `http://${name}:${address.port}`, stop: () => (stopped ??= stop()) };
}

/** Milliseconds in which a request has to have arrived, and how often it is looked at who is slower. */
const ARRIVAL = { headersTimeout: 15_000, requestTimeout: 60_000, connectionsCheckingInterval: 5000 };

/** Bytes as the text that a socket writes as those bytes; an answer that lies ready is the same bytes for everybody. */
const texts = new WeakMap<Uint8Array<ArrayBuffer>, string>();

function textOf(bytes: Uint8Array<ArrayBuffer>): string {
  let text = texts.get(bytes);
  if (text === undefined) {
    text = Buffer.from(bytes.buffer).toString('latin1');
    texts.set(bytes, text);
  }
  return text;
}

/** Times are compressed once for everybody; compressing them for each again would cost more than all the rest. */
const comesPacked = (url: string): boolean => url.startsWith(`${AVAILABILITY}?`, url.indexOf('/', 8));
