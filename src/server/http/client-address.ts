/*
 * Addresses of clients as sockets and reverse proxies write them: with ports, in brackets, quoted, with a zone, IPv4 within
 * IPv6 in any notation. Two ways of writing one address are one client.
 */

/** Eight groups of an IPv6 address as numbers; null for what is none. */
function groupsOf(written: string): number[] | null {
  let text = written;
  // The last two groups may be written as IPv4.
  const dotted = /^(.*:)(\d{1,3}(?:\.\d{1,3}){3})$/.exec(text);
  if (dotted) {
    const bytes = bytesOf(dotted[2] ?? '');
    if (!bytes) return null;
    const [a = 0, b = 0, c = 0, d = 0] = bytes;
    text = `${dotted[1] ?? ''}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  }
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const all = [...head, ...Array<string>(missing).fill('0'), ...tail];
  return all.every((group) => /^[\da-f]{1,4}$/i.test(group)) ? all.map((group) => parseInt(group, 16)) : null;
}

/** Four bytes of an IPv4 address; null for what is none. */
function bytesOf(written: string): number[] | null {
  const parts = written.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return null;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : null;
}

/** The address without quotes, brackets, port and zone. */
function bare(written: string): string {
  const text = written.trim().replace(/^"(.*)"$/, '$1');
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(text);
  const inner = bracketed?.[1] ?? (/^[^:]+:\d+$/.test(text) ? text.slice(0, text.indexOf(':')) : text);
  return inner.replace(/%.*$/, '');
}

const hex = (groups: readonly number[]): string => groups.map((group) => group.toString(16)).join(':');

/**
 * Names a client by its address: IPv4 as it is, IPv6 by its /64, because a client that owns such a network is one client.
 * Undefined for what is no address.
 */
export function clientName(written: string): string | undefined {
  const text = bare(written);
  const v4 = bytesOf(text);
  if (v4) return v4.join('.');
  const groups = groupsOf(text);
  if (!groups) return undefined;
  const [a = 0, b = 0] = groups.slice(6);
  // `::ffff:192.0.2.1`, and the same behind a translator (RFC 6052).
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  const isTranslated =
    groups[0] === 0x64 && groups[1] === 0xff9b && groups.slice(2, 6).every((group) => group === 0);
  if (isMapped || isTranslated) return [a >> 8, a & 255, b >> 8, b & 255].join('.');
  return `${hex(groups.slice(0, 4))}::/64`;
}
