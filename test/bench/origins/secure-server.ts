import { createAdaptorServer } from '@hono/node-server';
import { createSecureServer, type Http2SecureServer, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './certificate.js';

export type Answer = (request: Request) => Response | Promise<Response>;

export interface SecureServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves HTTP/2 over TLS on a free port of this machine. */
export async function serveSecurely(answer: Answer, { key, cert }: Certificate): Promise<SecureServer> {
  const server = createAdaptorServer({
    fetch: answer,
    createServer: createSecureServer,
    serverOptions: { key, cert, allowHTTP1: true },
  }) as Http2SecureServer;
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
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
