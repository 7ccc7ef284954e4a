import type { Client } from 'pg';
import { LISTENER_CONNECT_MS, LISTENER_LOOK_MS } from '../durations.js';
import { LIMITS } from './postgres-pool.js';

interface ListenerOptions {
  readonly url: string;
  readonly channel: string;
  readonly onNotification: () => void;
  readonly warn: (what: string, cause: unknown) => void;
}

export interface Listener {
  start(): void;
  stop(): void;
  close(): Promise<void>;
}

/** Listens on a connection of its own, which is opened again when it breaks, and polls besides. */
export function openListener(
  pg: typeof import('pg'),
  { url, channel, onNotification, warn }: ListenerOptions,
): Listener {
  let listening: Client | undefined;
  let isClosed = false;
  let polling: NodeJS.Timeout | undefined;

  async function listen(): Promise<void> {
    const client = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: LISTENER_CONNECT_MS,
      query_timeout: LIMITS.answer,
      keepAlive: true,
    });
    const broken = (cause: unknown): void => {
      if (listening !== client) return;
      listening = undefined;
      warn('the connection for notifications broke', cause);
    };
    listening = client;
    client.on('error', broken);
    client.on('end', () => broken('it was closed'));
    client.on('notification', onNotification);
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      onNotification();
    } catch (cause) {
      broken(cause);
      void client.end().catch(() => undefined);
    }
  }

  const poll = (): void => {
    onNotification();
    if (!listening && !isClosed) void listen();
  };

  return {
    start() {
      if (polling) return;
      polling = setInterval(poll, LISTENER_LOOK_MS);
      poll();
    },
    stop() {
      clearInterval(polling);
      polling = undefined;
    },
    async close() {
      isClosed = true;
      this.stop();
      const client = listening;
      listening = undefined;
      await client?.end().catch(() => undefined);
    },
  };
}
