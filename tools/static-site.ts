import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.svg': 'image/svg+xml',
};

export interface StaticSite {
  /** No slash at its end. */
  readonly origin: string;
  stop(): Promise<void>;
}

/**
 * Serves files on a free port, as a web host does: `read` returns the content of a path (without the leading slash; a folder
 * is its `index.html`), or undefined for 404. Pages of other origins may read the files.
 */
export async function serveFiles(
  read: (path: string) => Uint8Array | string | undefined,
): Promise<StaticSite> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = decodeURIComponent(pathname)
      .replace(/^\//, '')
      .replace(/(^|\/)$/, '$1index.html');
    const content = read(path);
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream');
    response.writeHead(content === undefined ? 404 : 200).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
