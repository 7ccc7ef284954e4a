import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import type { PackageFile } from '../runtime.js';
import { etagOfFile } from '../sha256.js';

/** As the package has it: this file lies in `dist/esm/server/on-node`; in the sources it lies beside no build. */
const FOLDERS = [new URL('../../../', import.meta.url), new URL('../../../dist/', import.meta.url)];

const compress = promisify(brotliCompress);

async function read(path: string): Promise<PackageFile | null> {
  for (const folder of FOLDERS) {
    const found = await readFile(new URL(path, folder)).catch(() => null);
    if (!found) continue;
    const body = new Uint8Array(found);
    return {
      body,
      brotli: new Uint8Array(await compress(body)),
      etag: await etagOfFile(body),
    };
  }
  return null;
}

const files = new Map<string, Promise<PackageFile | null>>();

/**
 * A file of the built widget by its path in `dist`, read and compressed once. Null where it is not, as when somebody has
 * bundled the companion without it.
 */
export function builtFile(path: string): Promise<PackageFile | null> {
  const known = files.get(path);
  if (known) return known;
  const reading = read(path);
  files.set(path, reading);
  // A build may come while the companion runs.
  void reading.then((file) => file ?? files.delete(path));
  return reading;
}
