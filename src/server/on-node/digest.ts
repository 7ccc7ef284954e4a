import { createHash, createHmac } from 'node:crypto';
import type { Digest } from '../runtime.js';

export function openDigest(secret?: string): Digest {
  const hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  return { update: (part) => hash.update(part), digest: () => new Uint8Array(hash.digest()) };
}
