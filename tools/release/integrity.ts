import { createHash } from 'node:crypto';
import type { Files } from './files.js';

/** For each file the value of the attribute `integrity` (Subresource Integrity, SHA-384). */
export const integrityOf = (files: Files): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...files].map(([name, bytes]) => [
      name,
      `sha384-${createHash('sha384').update(bytes).digest('base64')}`,
    ]),
  );
