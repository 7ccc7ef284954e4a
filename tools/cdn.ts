import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const { version: VERSION } = JSON.parse(
  readFileSync(fileURLToPath(new URL('../package.json', import.meta.url)), 'utf8'),
) as { readonly version: string };

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.html': 'text/html',
};

/** A fault of files whose name contains `file`, and how often it occurs; always without `times`. */
export interface Fault {
  readonly file: string;
  readonly how: 'not-found' | 'refuse' | 'hang';
  times?: number;
}

/** One test's view of the content network: its own folder, with its own headers and faults. */
export interface Shelf {
  /** Whether other origins may read the files. */
  readonly cors?: boolean;
  readonly faults?: readonly Fault[];
  /** Pretends that the build is of this version. */
  readonly version?: string;
  /** A page to show: here under `/<shelf>/__page`, and at Web Test Runner's own origin under `/__page/<shelf>`. */
  readonly page?: { readonly html: string; readonly headers?: Readonly<Record<string, string>> };
}

interface Kept {
  shelf: Shelf;
  readonly requests: string[];
}

export interface Cdn {
  /** No slash at its end. */
  readonly origin: string;
  set(name: string, shelf: Shelf): void;
  pageOf(shelf: string): Shelf['page'];
  stop(): Promise<void>;
}

/**
 * Serves what was built from another origin, as content networks do, with the faults of a shelf. `/<shelf>/<file>` is a file;
 * `PUT /<shelf>` sets the shelf's faults, `GET /<shelf>` lists the requests for it.
 */
export async function startCdn(port = 0): Promise<Cdn> {
  const shelves = new Map<string, Kept>();
  const shelfOf = (name: string): Kept => {
    const kept = shelves.get(name) ?? { shelf: {}, requests: [] };
    shelves.set(name, kept);
    return kept;
  };

  const control = async (request: IncomingMessage, response: ServerResponse, kept: Kept): Promise<void> => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-methods', 'PUT');
    if (request.method === 'PUT') {
      let body = '';
      for await (const part of request) body += String(part);
      kept.shelf = JSON.parse(body) as Shelf;
    }
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(kept.requests));
  };

  const serve = (response: ServerResponse, { shelf, requests }: Kept, path: string, query: string): void => {
    requests.push(path + query);
    const fault = shelf.faults?.find(({ file, times }) => path.includes(file) && times !== 0);
    if (fault?.times !== undefined) fault.times--;
    if (fault?.how === 'hang') return;
    if (fault?.how === 'refuse') {
      response.destroy();
      return;
    }
    response.setHeader('cache-control', 'no-store');
    if (shelf.cors) response.setHeader('access-control-allow-origin', '*');
    const pretended = shelf.version ?? VERSION;
    const file = join(DIST, path.replace(`v${pretended}/`, `v${VERSION}/`));
    if (fault || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream');
    response.end(readFileSync(file, 'utf8').replaceAll(VERSION, pretended));
  };

  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    const [, name = '', ...path] = pathname.split('/');
    const kept = shelfOf(name);
    if (path[0] === 'scheduler') {
      kept.requests.push(path.join('/') + search);
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>A scheduling page</title><p>Choose a time');
    } else if (path[0] === '__page') {
      response.writeHead(200, { 'content-type': 'text/html', ...kept.shelf.page?.headers });
      response.end(kept.shelf.page?.html);
    } else if (path.join('/')) serve(response, kept, path.join('/'), search);
    else void control(request, response, kept);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    set: (name, shelf) => {
      shelfOf(name).shelf = shelf;
    },
    pageOf: (shelf) => shelves.get(shelf)?.shelf.page,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
