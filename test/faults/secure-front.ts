import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { fileURLToPath } from 'node:url';
import type { Cdn } from '../../tools/cdn.js';

// Made for these tests, and worth nothing elsewhere: browsers accept it only where a test says so.
const pem = readFileSync(fileURLToPath(new URL('localhost.pem', import.meta.url)));

export interface SecureFront {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Serves the content network's pages and files by https, too. */
export async function startSecureFront(cdn: Cdn): Promise<SecureFront> {
  const server = createServer({ key: pem, cert: pem }, (request, response) => {
    const forward = async (): Promise<void> => {
      const answer = await fetch(cdn.origin + (request.url ?? ''));
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
      response.end(Buffer.from(await answer.arrayBuffer()));
    };
    forward().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  return {
    origin: `https://localhost:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
