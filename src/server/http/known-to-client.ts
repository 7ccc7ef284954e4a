const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');

/**
 * Whether the client has this very answer, by its `If-None-Match`. Compared weakly, because whatever compresses an answer on
 * its way, the companion itself or a proxy, weakens its tag (https://www.rfc-editor.org/rfc/rfc9110#name-if-none-match).
 */
export function isKnownToClient(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch === etag) return true;
  const wanted = opaque(etag);
  return ifNoneMatch.split(',').some((one) => one.trim() === '*' || opaque(one) === wanted);
}
