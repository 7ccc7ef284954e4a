import { readFile } from 'node:fs/promises';
import type { PackageFile } from '../runtime.js';
import { etagOfFile } from '../sha256.js';

/** `npm run build` puts them into `dashboard/client`; who runs the sources has them in `dist`. */
const FOLDER = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/esm/server/dashboard/client/' : '../dashboard/client/',
  import.meta.url,
);

const files = new Map<string, Promise<PackageFile>>();

async function read(name: string): Promise<PackageFile> {
  const body = new Uint8Array(await readFile(new URL(name, FOLDER)));
  return { body, etag: await etagOfFile(body) };
}

/** A file of the dashboard, read once. Rejects where it is not. */
export function dashboardFile(name: string): Promise<PackageFile> {
  const file = files.get(name) ?? read(name);
  files.set(name, file);
  file.catch(() => files.delete(name)); // it may be there the next time
  return file;
}
