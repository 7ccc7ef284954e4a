import type { Provider } from './provider.js';

/** The host of an https origin without a port, or empty: opaque origins are written `null`. */
export const secureHostOf = (origin: string): string => /^https:\/\/([^/:]+)$/.exec(origin)?.[1] ?? '';

/**
 * Whether a frame that was started at the origin `started` may go on speaking from `origin`: the same one, or, where
 * the provider hosts the page itself, another of the provider's own. A self-hosted page never moves.
 */
export const acceptsOrigin = (provider: Provider, started: string, origin: string): boolean =>
  origin === started || (!!provider.ownsOrigin?.(started) && provider.ownsOrigin(origin));
