import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

export interface BrowserFile {
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly etag: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};

const changedAt = async (file: string): Promise<number | null> => {
  const found = await stat(file).catch(() => null);
  return found?.isFile() ? found.mtimeMs : null;
};

const etagOf = (body: string | Uint8Array): string =>
  `"${createHash('sha256').update(body).digest('base64url').slice(0, 20)}"`;

/**
 * Serves the files of a folder to browsers. A script that exists only as TypeScript is served as JavaScript: types
 * are removed, nothing is bundled.
 */
export class BrowserFiles {
  readonly #dir: string;
  readonly #made = new Map<string, { readonly changed: number; readonly file: BrowserFile }>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** `path` as in an address, already decoded; null when there is no such file in the folder. */
  async read(path: string): Promise<BrowserFile | null> {
    const file = normalize(join(this.#dir, path));
    if (!file.startsWith(this.#dir + sep) || path.includes('\0')) return null;
    const type = TYPES[extname(file)];
    if (type === undefined) return null;
    const changed = await changedAt(file);
    if (changed !== null) return this.#keep(file, changed, type, () => readFile(file));
    if (extname(file) !== '.js') return null;
    const source = `${file.slice(0, -3)}.ts`;
    const sourceChanged = await changedAt(source);
    return sourceChanged === null
      ? null
      : this.#keep(source, sourceChanged, type, () => withoutTypes(source));
  }

  async #keep(
    file: string,
    changed: number,
    type: string,
    make: () => Promise<string | Uint8Array<ArrayBuffer>>,
  ): Promise<BrowserFile> {
    const made = this.#made.get(file);
    if (made?.changed === changed) return made.file;
    const body = await make();
    const fresh: BrowserFile = { body, type, etag: etagOf(body) };
    this.#made.set(file, { changed, file: fresh });
    return fresh;
  }
}

async function withoutTypes(file: string): Promise<string> {
  // Loaded lazily, because only pages need the build tool: a client of the API does not wait for it.
  const { transformWithOxc } = await import('vite');
  const { code } = await transformWithOxc(await readFile(file, 'utf8'), file, { sourcemap: false });
  return code;
}

/** Answers with a file, or 304 when the browser has it. */
export function fileResponse(
  { body, type, etag }: BrowserFile,
  request: Request,
  headers: HeadersInit = {},
): Response {
  const all = new Headers(headers);
  all.set('ETag', etag);
  if (!all.has('Cache-Control')) all.set('Cache-Control', 'no-cache');
  if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers: all });
  all.set('Content-Type', type);
  return new Response(body, { headers: all });
}
