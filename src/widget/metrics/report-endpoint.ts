import type { Options } from '../options.js';

/** Where load reports go: what the site owner wrote, else their companion; empty for nowhere. */
export const reportEndpoint = (options: Pick<Options, 'metrics-endpoint' | 'companion'>): string =>
  options['metrics-endpoint'] || (options.companion && `${options.companion.replace(/\/+$/, '')}/v1/metrics`);
