import type { Failure } from './widget-state.js';

/** Reads what the site owner wrote as `src`. Only absolute http(s) addresses can be a scheduling page. */
export function readAddress(written: string): URL | Failure {
  const wrong = (why: string): Failure => ({
    code: 'bad-config',
    detail: `src ${JSON.stringify(written)} ${why}`,
  });
  if (!written) return { code: 'bad-config', detail: 'src is missing, and a link inside' };
  let url: URL;
  try {
    url = new URL(written.startsWith('//') ? location.protocol + written : written);
  } catch {
    return wrong('is no absolute address');
  }
  return /^https?:$/.test(url.protocol) ? url : wrong('is no http(s) address');
}
