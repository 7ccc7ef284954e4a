import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';

/** A file of the built widget. */
export interface BuiltFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly brotli: Uint8Array<ArrayBuffer>;
  readonly etag: string;
}

/** As the package has it: this file lies in `dist/esm/server/embed`; in the sources it lies beside no build. */
const FOLDERS = [new URL('../../../', import.meta.url), new URL('../../../dist/', import.meta.url)];

const compress = promisify(brotliCompress);

async function read(path: string): Promise<BuiltFile | null> {
  for (const folder of FOLDERS) {
    const found = await readFile(new URL(path, folder)).catch(() => null);
    if (!found) continue;
    const body = new Uint8Array(found);
    return {
      body,
      brotli: new Uint8Array(await compress(body)),
      etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    };
  }
  return null;
}

const files = new Map<string, Promise<BuiltFile | null>>();

/**
 * A file of the built widget by its path in `dist`, read and compressed once. Null where it is not, as when somebody has
 * bundled the companion without it.
 */
export function builtFile(path: string): Promise<BuiltFile | null> {
  const known = files.get(path);
  if (known) return known;
  const reading = read(path);
  files.set(path, reading);
  // A build may come while the companion runs.
  void reading.then((file) => file ?? files.delete(path));
  return reading;
}
