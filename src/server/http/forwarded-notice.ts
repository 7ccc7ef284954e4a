import { clientName } from './client-address.js';

/** Addresses of one's own machine or network: loopback, private, link-local, unique local. */
const OWN =
  /^(::ffff:)?(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)|^(::1$|f[cd]|fe[89ab])/i;

/** Routes that visitors' browsers request, always through the proxies where there are some. */
const VISITORS = /^\/(v1\/(availability|event|live|metrics)|embed|booking-widget\.js)$/;

const TOO_FEW =
  'requests come through a reverse proxy, and `proxies` is 0: all visitors count as one client. Set it to the number of your proxies';
const TOO_MANY =
  'requests of visitors come with fewer entries in `X-Forwarded-For` than `proxies` says: visitors can choose the address that counts for them. Set `proxies` to the number of your proxies, and let each add its entry';

/** A request as the limits per client see it. */
export interface Seen {
  readonly path: string;
  readonly address: string | undefined;
  /** `X-Forwarded-For` */
  readonly forwarded: string | undefined;
}

interface ForwardedNoticeOptions {
  /** The option `proxies`. */
  readonly proxies: number;
  /** Called once, with a sentence for the owner. */
  readonly onFound: (text: string) => void;
}

function noticeOf({ path, address, forwarded }: Seen, proxies: number): string | undefined {
  if (address === undefined) return undefined;
  if (proxies === 0)
    return forwarded !== undefined && OWN.test(address) && clientName(address) !== undefined
      ? TOO_FEW
      : undefined;
  const entries = (forwarded ?? '').split(',').filter((entry) => entry.trim() !== '').length;
  return entries < proxies && VISITORS.test(path) ? TOO_MANY : undefined;
}

/**
 * Looks for requests that do not fit `proxies`: passed on by a reverse proxy of one's own although it is 0, so that all
 * visitors are one client; or with fewer entries than proxies, so that a visitor writes the entry that is believed.
 */
export function forwardedNotice({ proxies, onFound }: ForwardedNoticeOptions): (seen: Seen) => void {
  let isDone = false;
  return (seen) => {
    if (isDone) return;
    const text = noticeOf(seen, proxies);
    if (text === undefined) return;
    isDone = true;
    onFound(text);
  };
}
