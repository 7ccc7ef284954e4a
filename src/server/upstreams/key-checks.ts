import type { UpstreamName } from './upstream.js';
import type { UpstreamSettings } from './upstream-options.js';

interface KeyCheck {
  /** What any valid key may read, at little cost. */
  readonly path: string;
  /** The option that holds the key. */
  readonly option: string;
}

/** The request that shows whether an account's key is accepted; undefined where there is none. */
export const KEY_CHECKS: Readonly<Record<UpstreamName, (one: UpstreamSettings) => KeyCheck | undefined>> = {
  cal: (one) =>
    one.provider === 'cal' && one.key !== undefined ? { path: '/v2/me', option: 'key' } : undefined,
  calendly: () => ({ path: '/users/me', option: 'token' }),
  acuity: () => ({ path: '/api/v1/me', option: 'apiKey' }),
  hubspot: () => ({ path: '/scheduler/v3/meetings/meeting-links?limit=1', option: 'token' }),
  easyappointments: () => undefined,
};
