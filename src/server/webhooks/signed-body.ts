import { areSame } from '../http/same.js';
import { ARRIVAL_TIMEOUT_MS } from '../durations.js';
import { Problem } from '../http/problem.js';
import { joined } from '../joined.js';
import type { Digest, Runtime, Unpack } from '../runtime.js';
import { bytesOf, hexOf } from '../sha256.js';
import { turnOfOthers } from '../slices.js';
import type { Claim } from './delivery.js';
import type { RoomShare } from './room.js';

/** Maximum bytes of a delivery; real ones have some thousands. */
export const MAX_BYTES = 10_485_760;

/** Bytes that are hashed before others get their turn: about a millisecond. */
const HASHED_AT_ONCE = 262_144;

interface SignedBodyOptions {
  readonly secrets: readonly string[];
  readonly claim: Claim;
  readonly room: RoomShare;
  readonly runtime: Pick<Runtime, 'openDigest' | 'unpackers'>;
  readonly timeout?: number;
}

export interface SignedBody {
  /** Unpacked; null where it is no UTF-8. A byte order mark is not part of it. */
  readonly text: string | null;
  /** SHA-256 of the unpacked bytes, in hex: the same for a repetition, and for nothing else. */
  readonly hash: string;
}

/** The coding of a body; undefined for none. Throws a `Problem` for one that is not known. */
function codingOf(headers: Headers, unpackers: Runtime['unpackers']): Unpack | undefined {
  const written = (headers.get('content-encoding') ?? '').trim().toLowerCase();
  if (written === '' || written === 'identity') return undefined;
  const name = written === 'x-gzip' ? 'gzip' : written;
  const coding = Object.hasOwn(unpackers, name) ? unpackers[name] : undefined;
  if (coding) return coding;
  const known = Object.keys(unpackers);
  throw new Problem({
    status: 415,
    code: 'unknown-encoding',
    detail: `Content-Encoding must be ${known.slice(0, -1).join(', ')} or ${known.at(-1)}, or missing.`,
    headers: { 'Accept-Encoding': known.join(', ') },
  });
}

async function unpacked(coding: Unpack, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const plain = await coding(bytes, MAX_BYTES).catch(() => {
    throw new Problem({
      status: 400,
      code: 'bad-encoding',
      detail: 'The delivery is not packed as its Content-Encoding says.',
    });
  });
  if (!plain) throw tooLarge();
  return plain;
}

const tooLarge = (): Problem =>
  new Problem({ status: 413, code: 'too-large', detail: `A delivery may have ${MAX_BYTES} bytes at most.` });

/** A signature as bytes; one that is none is compared all the same. */
const signatureOf = (written: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from((/^[\da-f]{64}$/.test(written) ? written : '0'.repeat(64)).match(/../g) ?? [], (byte) =>
    parseInt(byte, 16),
  );

/** Compares with each signature, so that the time of the answer says nothing. */
async function isAmong(digest: Uint8Array<ArrayBuffer>, signatures: readonly string[]): Promise<boolean> {
  let found = false;
  for (const signature of signatures) found = (await areSame(digest, signatureOf(signature))) || found;
  return found;
}

async function isSigned(
  bytes: Uint8Array<ArrayBuffer>,
  { secrets, claim, runtime }: Pick<SignedBodyOptions, 'secrets' | 'claim' | 'runtime'>,
): Promise<boolean> {
  let found = false;
  for (const secret of secrets) {
    const hmac = runtime.openDigest(secret);
    hmac.update(bytesOf(claim.prefix));
    await digestInParts(hmac, bytes);
    found = (await isAmong(await hmac.digest(), claim.signatures)) || found;
  }
  return found;
}

/** Real deliveries are one part. Of large ones that arrive together, one part is hashed in a round of the event loop. */
async function digestInParts(digest: Digest, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  for (let from = 0; from < bytes.length; from += HASHED_AT_ONCE) {
    if (bytes.length > HASHED_AT_ONCE) await turnOfOthers();
    digest.update(bytes.subarray(from, from + HASHED_AT_ONCE));
  }
}

/** The bytes of a body, and no more of them than it may have. They have taken their share of `room`. */
async function readBytes(
  request: Request,
  { room, timeout = ARRIVAL_TIMEOUT_MS }: Pick<SignedBodyOptions, 'room' | 'timeout'>,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const clock = { late: false };
  const reader = request.body?.getReader();
  const timer = setTimeout(() => {
    clock.late = true;
    reader?.cancel().catch(() => undefined); // it is gone already
  }, timeout);
  try {
    for (;;) {
      const part = await reader?.read();
      if (clock.late)
        throw new Problem({ status: 408, code: 'too-slow', detail: 'The delivery came too slowly.' });
      if (!part || part.done) return joined(parts);
      const bytes = part.value as Uint8Array;
      if (size + bytes.length > MAX_BYTES) throw tooLarge();
      room.take(bytes.length);
      size += bytes.length;
      parts.push(bytes);
    }
  } finally {
    clearTimeout(timer);
    await reader?.cancel().catch(() => undefined); // the rest of a refused body is not read
  }
}

/**
 * Reads a body. Some senders sign what they send, and some sign it before it is packed: either is believed. Throws a
 * `Problem` for one that is not signed with any of the secrets, too large or too slow; nothing of these is kept.
 */
export async function readSignedBody(request: Request, options: SignedBodyOptions): Promise<SignedBody> {
  const { room } = options;
  const refuse = async (problem: unknown): Promise<never> => {
    await request.body?.cancel();
    throw problem;
  };
  const declared = Number(request.headers.get('content-length') ?? 0);
  let coding: Unpack | undefined;
  try {
    if (declared > MAX_BYTES) throw tooLarge();
    room.expect(declared);
    coding = codingOf(request.headers, options.runtime.unpackers);
  } catch (cause) {
    return refuse(cause);
  }
  try {
    const sent = await readBytes(request, options);
    const isSentSigned = await isSigned(sent, options);
    let plain = sent;
    if (coding) {
      plain = await unpacked(coding, sent);
      room.take(plain.length);
    }
    if (!isSentSigned && !(coding && (await isSigned(plain, options))))
      throw new Problem({
        status: 401,
        code: 'bad-signature',
        detail: 'The signature fits none of the secrets for this provider.',
      });
    const hash = options.runtime.openDigest();
    await digestInParts(hash, plain);
    return { text: decoded(plain), hash: hexOf(await hash.digest()) };
  } finally {
    room.give();
  }
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
