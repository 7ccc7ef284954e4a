import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Env } from './http.js';

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

const codeOf = (cause: unknown): unknown =>
  cause instanceof Error && 'code' in cause ? cause.code : undefined;

const open = (app: Pick<Hono<Env>, 'fetch'>, host: string, port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createAdaptorServer({ fetch: app.fetch }) as Server;
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve(server);
    });
  });

const shut = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const MOST_TRIES = 20;

/**
 * Listens on this machine only, on both of its addresses, so that `localhost` and `127.0.0.1` both arrive. A port that
 * is 0 or not free becomes a free one, unless `exact` asks for that port or none.
 */
export async function listen(
  app: Pick<Hono<Env>, 'fetch'>,
  wanted = 0,
  { exact = false }: { exact?: boolean } = {},
): Promise<Listening> {
  let port = wanted;
  for (let tries = 0; ; tries++) {
    let first: Server | null = null;
    try {
      first = await open(app, '127.0.0.1', port);
      const chosen = (first.address() as AddressInfo).port;
      const second = await open(app, '::1', chosen).catch((cause: unknown) => {
        // A machine without IPv6 has one address to listen on.
        if (codeOf(cause) === 'EADDRINUSE') throw cause;
        return null;
      });
      const servers = second ? [first, second] : [first];
      return {
        port: chosen,
        close: async () => {
          await Promise.all(servers.map(shut));
        },
      };
    } catch (cause) {
      if (first) await shut(first);
      if (codeOf(cause) !== 'EADDRINUSE' || exact || tries >= MOST_TRIES) throw cause;
      port = 0;
    }
  }
}
