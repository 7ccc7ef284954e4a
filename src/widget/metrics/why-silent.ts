import { wantsPrivacy } from './privacy.js';
import { isSampled } from './sampling.js';

export interface ReportTarget {
  /** Where reports go: an http(s) address, absolute or relative to the page. */
  readonly endpoint: string;
  /** Share of page loads that report, 0 … 1. */
  readonly sampleRate: number;
}

/** The endpoint in full, or null where it is no http(s) address. */
export function readEndpoint(endpoint: string): string | null {
  try {
    const { protocol, href } = new URL(endpoint, document.baseURI);
    return /^https?:$/.test(protocol) ? href : null;
  } catch {
    return null;
  }
}

/**
 * Why this page load sends no report, in words for the site owner; null when it sends. To be asked before the part
 * that reports is fetched.
 */
export function whySilent(
  { endpoint, sampleRate }: ReportTarget,
  { isPrivate = wantsPrivacy, isIn = isSampled } = {},
): string | null {
  if (!endpoint) return 'no metrics-endpoint is set';
  if (!readEndpoint(endpoint)) return `metrics-endpoint ${JSON.stringify(endpoint)} is no http(s) address`;
  if (isPrivate()) return 'the visitor asks for privacy';
  return isIn(sampleRate) ? null : `this page load is not within the sample-rate of ${sampleRate}`;
}
