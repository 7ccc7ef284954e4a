import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';

/** A database that can be taken away: a way to it that refuses, hangs or cuts connections. */
export interface DatabaseProxy {
  /** The database's address by this way. */
  readonly url: string;
  /** Every connection is cut, and no new one is taken, until `restore`. */
  refuse(): Promise<void>;
  /** Connections stay, and nothing is passed on, until `restore`. */
  hang(): void;
  /** Every connection is cut, once. */
  cut(): void;
  restore(): Promise<void>;
  close(): Promise<void>;
}

export async function databaseProxy(database: string): Promise<DatabaseProxy> {
  const target = new URL(database);
  const pairs = new Set<readonly [Socket, Socket]>();
  let isHung = false;
  let server: Server | undefined;

  function accept(client: Socket): void {
    const upstream = connect(Number(target.port || 5432), target.hostname);
    const pair = [client, upstream] as const;
    pairs.add(pair);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.on('data', (bytes) => to.write(bytes));
      from.on('error', () => undefined);
      from.on('close', () => {
        pairs.delete(pair);
        to.destroy();
      });
      if (isHung) from.pause();
    }
  }

  async function listen(port: number): Promise<number> {
    server = createServer(accept);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  const cut = (): void => {
    for (const [client, upstream] of pairs) {
      client.resetAndDestroy();
      upstream.destroy();
    }
  };
  const stopListening = async (): Promise<void> => {
    const closing = server;
    server = undefined;
    if (!closing) return;
    const closed = once(closing, 'close');
    closing.close();
    cut();
    await closed;
  };

  const port = await listen(0);
  const url = new URL(database);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return {
    url: url.href,
    refuse: stopListening,
    hang() {
      isHung = true;
      for (const pair of pairs) for (const socket of pair) socket.pause();
    },
    cut,
    async restore() {
      isHung = false;
      for (const pair of pairs) for (const socket of pair) socket.resume();
      if (!server) await listen(port);
    },
    close: stopListening,
  };
}
