/**
 * Whether this page has a Cross-Origin-Embedder-Policy, which keeps frames out that have none themselves. A script learns
 * it only where the page is isolated, or from the headers of the page's own response, as far as the browser's cache still
 * has it; no request is sent.
 */
export async function hasEmbedderPolicy(stopped: AbortSignal): Promise<boolean> {
  if (globalThis.crossOriginIsolated) return true;
  try {
    const own = await fetch(location.href, { mode: 'same-origin', cache: 'only-if-cached', signal: stopped });
    return /^(require-corp|credentialless)/.test(own.headers.get('cross-origin-embedder-policy') ?? '');
  } catch {
    return false;
  }
}
