import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestRunnerPlugin } from '@web/test-runner-core';

/** One request as it came over the wire. */
interface Received {
  readonly method: string;
  /** Path behind the test's own part, with query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

const readBody = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
};

/**
 * Records the beacons of pages: every request under `/<id>/…` that is not a GET is recorded, `GET /<id>` reads the records of that id.
 * Preflights are refused and recorded. A path that ends in `/hold` is answered only when the next `GET` comes with
 * `?release`, so that a beacon can be kept in flight.
 */
function createCollector() {
  const records = new Map<string, Received[]>();
  const held = new Map<string, ServerResponse[]>();

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, id = '', rest = ''] = /^\/([\w-]+)(.*)$/.exec(request.url ?? '') ?? [];
    response.setHeader('access-control-allow-origin', '*');
    if (request.method === 'GET') {
      if (rest.includes('release')) for (const waiting of held.get(id)?.splice(0) ?? []) waiting.end();
      response.setHeader('content-type', 'application/json').setHeader('cache-control', 'no-store');
      response.end(JSON.stringify(records.get(id) ?? []));
      return;
    }
    if (rest.endsWith('/hold')) held.set(id, [...(held.get(id) ?? []), response]);
    const { method = '', headers } = request;
    const received = { method, path: rest, headers, body: await readBody(request) };
    records.set(id, [...(records.get(id) ?? []), received]);
    if (rest.endsWith('/hold')) return;
    response.statusCode = method === 'OPTIONS' ? 403 : 204;
    response.end();
  };

  return createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
}

/** Runs a collector on an origin of its own beside the tests and gives pages its address (`test/helpers/collector.ts`). */
export function collectorPlugin(): TestRunnerPlugin {
  const server = createCollector();
  return {
    name: 'collector',
    serverStart: () => new Promise((resolve) => void server.listen(0, 'localhost', resolve)),
    serverStop() {
      server.closeAllConnections();
      server.close();
    },
    serve({ path }) {
      if (path !== '/__collector.js') return undefined;
      const { port } = server.address() as AddressInfo;
      return { body: `export default 'http://localhost:${port}';`, type: 'js' };
    },
  };
}
