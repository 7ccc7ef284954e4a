import { acceptsOrigin } from '../providers/accepts-origin.js';
import type { FrameContext, Provider } from '../providers/provider.js';

/** Decides whose messages of one frame are the scheduling page's, and where answers go. */
export interface TrustedOrigin {
  /** The origin that answers are posted to. */
  readonly current: string;
  /** Whether a message from `origin`, which the frame's window posted, is the scheduling page's. */
  accepts(origin: string, data: unknown, context: FrameContext): boolean;
}

/**
 * A scheduling page may redirect to another origin while it loads: a member who moved into an organisation, a short
 * link. From a page on the provider's own hosts only its own hosts are accepted. Where the owner named the provider of
 * a page on any other host, the page has to prove that it was started with this frame's address (`confirms`); of
 * providers whose messages prove nothing, the first origin that speaks their protocol is accepted. No origin is less
 * secure than the framed address, and from the first accepted message on, no other origin is accepted.
 */
export function trustedOrigin({ origin: expected, protocol }: URL, provider: Provider): TrustedOrigin {
  let current = expected;
  let isSettled = false;

  const mayRedirectTo = (origin: string, data: unknown, context: FrameContext): boolean => {
    if (!origin.startsWith('https:') && !origin.startsWith(`${protocol}//`)) return false;
    if (acceptsOrigin(provider, expected, origin)) return true;
    if (provider.ownsOrigin?.(expected)) return false;
    return provider.confirms?.(data, context) ?? provider.read(data, context) !== null;
  };

  return {
    get current() {
      return current;
    },
    accepts(origin, data, context) {
      if (isSettled ? origin !== current : origin !== expected && !mayRedirectTo(origin, data, context))
        return false;
      // Noise settles nothing: only a message that the provider knows is the page's own.
      if (!isSettled && provider.read(data, context) !== null) {
        isSettled = true;
        current = origin;
      }
      return true;
    },
  };
}
