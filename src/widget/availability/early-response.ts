import { pageRegistry } from '../../loader/page-registry.js';
import { EARLY_RESPONSE_MAX_AGE_MS } from '../durations.js';

/**
 * The response to a request that was sent before the widget's code was there (`src/loader/early-slots.ts`), once; undefined
 * where there is none, or it is too old. `signal` ends it as it would end a request.
 */
export function takeEarlyResponse(url: string, signal: AbortSignal): Promise<Response> | undefined {
  const responses = pageRegistry()?.early;
  const early = responses?.get(url);
  if (!early) return undefined;
  responses?.delete(url);
  const { response, at, abort } = early;
  const end = (): void => abort.abort(signal.reason);
  if (signal.aborted || performance.now() - at > EARLY_RESPONSE_MAX_AGE_MS) {
    end();
    return undefined;
  }
  signal.addEventListener('abort', end, { once: true });
  return response;
}
