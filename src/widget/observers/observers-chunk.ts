import type { ObservedHost, Occurrence } from './observer.js';
import { ObserverHost } from './observer-host.js';

/**
 * What follows a widget for the site owner, in one lazily loaded file.
 *
 * @param history the events of the present load so far
 */
export const startObservers = (host: ObservedHost, history: readonly Occurrence[]): ObserverHost =>
  new ObserverHost(host, history);
