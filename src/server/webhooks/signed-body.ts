import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Problem } from '../http/problem.js';
import type { Claim } from './delivery.js';
import type { RoomShare } from './room.js';

/** A delivery may have so many bytes; real ones have some thousands. */
export const LONGEST = 10_485_760;

/** It has to have arrived in so many milliseconds. */
const PATIENCE = 10_000;

interface SignedBodyOptions {
  readonly secrets: readonly string[];
  readonly claim: Claim;
  readonly room: RoomShare;
  readonly patience?: number;
}

export interface SignedBody {
  readonly text: string;
  /** SHA-256, in hex. */
  readonly hash: string;
}

const tooLarge = (): Problem =>
  new Problem({ status: 413, code: 'too-large', detail: `A delivery may have ${LONGEST} bytes at most.` });

/** Compares with each signature in the same time, whatever they are. */
function isAmong(digest: Buffer, signatures: readonly string[]): boolean {
  let found = false;
  for (const signature of signatures) {
    const given = Buffer.from(/^[\da-f]{64}$/.test(signature) ? signature : '0'.repeat(64), 'hex');
    found = timingSafeEqual(digest, given) || found;
  }
  return found;
}

/**
 * Reads a body, hashing it as it comes, and no more of it than it may have. Throws a `Problem` for one that is not signed
 * with any of the secrets, too large, too slow, or no text; nothing of these is kept.
 */
export async function readSignedBody(
  request: Request,
  { secrets, claim, room, patience = PATIENCE }: SignedBodyOptions,
): Promise<SignedBody> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  try {
    if (declared > LONGEST) throw tooLarge();
    room.expect(declared);
  } catch (cause) {
    await request.body?.cancel();
    throw cause;
  }
  const macs = secrets.map((secret) => createHmac('sha256', secret).update(claim.prefix));
  const hash = createHash('sha256');
  const parts: Uint8Array[] = [];
  let size = 0;
  const clock = { late: false };
  const reader = request.body?.getReader();
  const timer = setTimeout(() => {
    clock.late = true;
    reader?.cancel().catch(() => undefined); // it has gone away by itself
  }, patience);
  try {
    for (;;) {
      const part = await reader?.read();
      if (clock.late)
        throw new Problem({ status: 408, code: 'too-slow', detail: 'The delivery came too slowly.' });
      if (!part || part.done) break;
      const bytes = part.value as Uint8Array;
      if (size + bytes.length > LONGEST) throw tooLarge();
      room.take(bytes.length);
      size += bytes.length;
      for (const mac of macs) mac.update(bytes);
      hash.update(bytes);
      parts.push(bytes);
    }
    // Each of them is compared, so that the answer's time tells nothing.
    const matches = macs.map((mac) => isAmong(mac.digest(), claim.signatures));
    if (!matches.includes(true))
      throw new Problem({
        status: 401,
        code: 'bad-signature',
        detail: 'The signature fits none of the secrets for this provider.',
      });
    return { text: decoded(parts), hash: hash.digest('hex') };
  } finally {
    clearTimeout(timer);
    room.give(size);
    await reader?.cancel().catch(() => undefined); // what is left of a refused one is not read
  }
}

function decoded(parts: readonly Uint8Array[]): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    throw new Problem({ status: 400, code: 'not-utf8', detail: 'The delivery is not valid UTF-8.' });
  }
}
