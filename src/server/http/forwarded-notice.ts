import { isIP } from 'node:net';

/** Addresses of one's own machine or network: loopback, private, link-local, unique local. */
const OWN =
  /^(::ffff:)?(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)|^(::1$|f[cd]|fe[89ab])/i;

interface ForwardedNoticeOptions {
  /** The option `proxies`. */
  readonly proxies: number;
  /** Called once. */
  readonly onFound: () => void;
}

/**
 * Looks for requests that a reverse proxy of one's own has passed on although `proxies` is 0: then all visitors are
 * one client, and its limit is theirs together.
 */
export function forwardedNotice({
  proxies,
  onFound,
}: ForwardedNoticeOptions): (address: string | undefined, forwarded: string | undefined) => void {
  let isDone = proxies > 0;
  return (address, forwarded) => {
    if (isDone || forwarded === undefined || address === undefined) return;
    if (isIP(address) === 0 || !OWN.test(address)) return;
    isDone = true;
    onFound();
  };
}
