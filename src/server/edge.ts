import { BadOptions } from './options.js';
import type { Digest, PackageFile, Runtime, Unpack } from './runtime.js';
import { joined } from './joined.js';
import { HMAC, hmacKey } from './http/hmac.js';
import { etagOfFile, sha256 } from './sha256.js';
import type { ObjectStorage } from './store/object-storage.js';
import { openObjectStore } from './store/object-store.js';

export type { ObjectStorage } from './store/object-storage.js';
export type { Runtime } from './runtime.js';

export interface DurableObjectOptions {
  /** `ctx.storage` of an object whose class is in `new_sqlite_classes`. */
  readonly storage: ObjectStorage;
  /**
   * Reads a file of the package by its path in `dist`: the widget's for `/embed`, and the dashboard's. Null where it is not;
   * without it there are none, and everything else works.
   */
  readonly file?: (path: string) => Promise<Uint8Array<ArrayBuffer> | null>;
}

/** The whole is put together first: `crypto.subtle` knows no parts. */
function openDigest(secret?: string): Digest {
  const parts: Uint8Array[] = [];
  return {
    update: (part) => parts.push(part),
    async digest() {
      const whole = joined(parts);
      if (secret === undefined) return sha256(whole);
      return new Uint8Array(await crypto.subtle.sign(HMAC, await hmacKey(secret), whole));
    },
  };
}

const unpackWith =
  (format: CompressionFormat): Unpack =>
  async (packed, max) => {
    const parts: Uint8Array[] = [];
    let size = 0;
    const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream(format));
    // Leaving the loop cancels the rest.
    for await (const part of plain as unknown as AsyncIterable<Uint8Array>) {
      size += part.length;
      if (size > max) return null;
      parts.push(part);
    }
    return joined(parts);
  };

/**
 * What the companion runs on in a Durable Object: for `createCompanion(options, durableObject({ storage }))`. The object's own
 * storage is the store.
 */
export function durableObject({ storage, file }: DurableObjectOptions): Runtime {
  const read = async (path: string): Promise<PackageFile | null> => {
    const body = (await file?.(path)) ?? null;
    return body && { body, etag: await etagOfFile(body) };
  };
  return {
    async openStore({ database, now }) {
      if (database !== undefined)
        throw new BadOptions('`database`: in a Durable Object its own storage is the store, and no other');
      return Promise.resolve(openObjectStore(storage, now));
    },
    openConnections: () => ({
      send: (url, init) => fetch(url, init),
      close: () => Promise.resolve(),
    }),
    packers: {}, // the network compresses
    openDigest,
    unpackers: { gzip: unpackWith('gzip'), deflate: unpackWith('deflate') },
    widgetFile: read,
    async dashboardFile(name) {
      const found = await read(`esm/server/dashboard/client/${name}`);
      if (!found) throw new Error(`no file ${name}: \`file\` gives none`);
      return found;
    },
    figures: () => ({ stop: () => undefined }), // an object knows neither its memory nor its processor time
  };
}
