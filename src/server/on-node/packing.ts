import {
  brotliCompressSync,
  brotliDecompress,
  constants,
  gunzip,
  gzipSync,
  inflate,
  type InputType,
} from 'node:zlib';
import type { Packers, Runtime, Unpack } from '../runtime.js';

export const packers: Packers = {
  br: (text) => new Uint8Array(brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })),
  gzip: (text) => new Uint8Array(gzipSync(text)),
};

type Decompress = (
  packed: InputType,
  options: { readonly maxOutputLength: number },
  done: (error: Error | null, bytes: Buffer<ArrayBuffer>) => void,
) => void;

const unpackWith =
  (decompress: Decompress): Unpack =>
  (packed, maxOutputLength) =>
    new Promise((resolve, reject) => {
      decompress(packed, { maxOutputLength }, (error, bytes) => {
        if (!error) resolve(bytes);
        else if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') resolve(null);
        else reject(error);
      });
    });

export const unpackers: Runtime['unpackers'] = {
  gzip: unpackWith(gunzip),
  deflate: unpackWith(inflate),
  br: unpackWith(brotliDecompress),
};
