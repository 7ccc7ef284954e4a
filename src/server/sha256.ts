import { encodeBase64Url } from 'hono/utils/encode';

const encoder = new TextEncoder();

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text);

export async function sha256(content: string | Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = typeof content === 'string' ? bytesOf(content) : content;
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export const base64UrlOf = (bytes: Uint8Array<ArrayBuffer>): string =>
  encodeBase64Url(bytes.buffer).replace(/=+$/, '');

/** An entity tag of the bytes of a file. */
export const etagOfFile = async (body: Uint8Array<ArrayBuffer>): Promise<string> =>
  `"${base64UrlOf(await sha256(body)).slice(0, 22)}"`;

export const randomBytes = (length: number): Uint8Array<ArrayBuffer> =>
  crypto.getRandomValues(new Uint8Array(length));
