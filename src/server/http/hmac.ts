import { bytesOf } from '../sha256.js';

export const HMAC = { name: 'HMAC', hash: 'SHA-256' };

/** A key of the text of a secret. */
export const hmacKey = (secret: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytesOf(secret), HMAC, false, ['sign', 'verify']);
