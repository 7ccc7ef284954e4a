import { bytesOf } from '../sha256.js';
import { HMAC } from './hmac.js';

/** Of this process alone; made when it is first needed, because some runtimes have no random numbers before a request. */
let comparing: Promise<CryptoKey> | undefined;

const makeKey = async (): Promise<CryptoKey> =>
  (await crypto.subtle.generateKey(HMAC, false, ['sign', 'verify'])) as CryptoKey;

/**
 * Compares without telling by its duration how much of a guess was right: what is compared are signatures with a key that
 * never leaves the process.
 */
export async function areSame(a: Uint8Array<ArrayBuffer>, b: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const key = await (comparing ??= makeKey());
  return crypto.subtle.verify(HMAC, key, await crypto.subtle.sign(HMAC, key, a), b);
}

/** As `areSame`, for texts; nor does it tell how long the secret is. */
export const isSame = (a: string, b: string): Promise<boolean> => areSame(bytesOf(a), bytesOf(b));
