import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** One file of the dashboard as it is sent. */
export interface ClientFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly etag: string;
}

const TYPES: Readonly<Record<string, string>> = {
  'dashboard.js': 'text/javascript; charset=utf-8',
  'dashboard.css': 'text/css; charset=utf-8',
};

/** `npm run build` puts them beside this module; who runs the sources has them there as well. */
const FOLDER = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/esm/server/dashboard/client/' : './client/',
  import.meta.url,
);

const files = new Map<string, Promise<ClientFile>>();

async function read(name: string, type: string): Promise<ClientFile> {
  const body = new Uint8Array(await readFile(new URL(name, FOLDER)));
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { body, type, etag };
}

/** Undefined when there is no such file. Rejects when it should be there and is not. */
export function clientFile(name: string): Promise<ClientFile> | undefined {
  const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  if (type === undefined) return undefined;
  const file = files.get(name) ?? read(name, type);
  files.set(name, file);
  file.catch(() => files.delete(name)); // it may be there the next time
  return file;
}
