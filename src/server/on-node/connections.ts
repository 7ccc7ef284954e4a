import { Agent, fetch as undiciFetch } from 'undici';
import type { Connections } from '../runtime.js';
import { LIMITS } from '../upstreams/account.js';

/** Connections to the APIs of scheduling services, kept open between requests. */
export function openConnections(): Connections {
  // HTTP/1.1: undici bounds the size of no response over HTTP/2 (docs/decisions/0164).
  const agent = new Agent({
    allowH2: false,
    connections: LIMITS.atOnce,
    keepAliveTimeout: 30_000,
    connect: { timeout: LIMITS.timeout },
    maxResponseSize: 8_388_608,
  });
  return {
    // The two kinds of Request and Response differ in names only.
    send: (url, init) =>
      undiciFetch(url, { ...(init as object), dispatcher: agent }) as unknown as Promise<Response>,
    close: () => agent.destroy(),
  };
}
