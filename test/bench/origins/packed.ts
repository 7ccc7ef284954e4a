import { brotliCompressSync, constants } from 'node:zlib';

/** A body as a host sends it: compressed, and kept by browsers for an hour unless it says something else. */
export interface Packed {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

export const pack = (text: string | Uint8Array, type: string, quality = 5): Packed => ({
  body: new Uint8Array(brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } })),
  type,
});

/** Other origins may read it, as they may on a content network. */
export const packedResponse = (
  { body, type }: Packed,
  headers: HeadersInit = { 'Cache-Control': 'max-age=3600, immutable' },
): Response => {
  const all = new Headers(headers);
  all.set('Content-Type', type);
  all.set('Content-Encoding', 'br');
  if (!all.has('Access-Control-Allow-Origin')) all.set('Access-Control-Allow-Origin', '*');
  return new Response(body, { headers: all });
};
