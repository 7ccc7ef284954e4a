import type { Failure } from '../state/state.js';
import { isReachable } from './is-reachable.js';

/** The parts that the reports we read have in common; which of the addresses is filled depends on who refused. */
interface ReportBody {
  readonly effectiveDirective?: string;
  readonly disposition?: string;
  readonly blockedURL?: string;
  readonly documentURL?: string;
}

/** Reports of the framed page's refusal to be framed, and of this page's COEP. Older ones are delivered too. */
function watchReports(origin: string, stopped: AbortSignal, found: (failure: Failure) => void): void {
  if (!('ReportingObserver' in globalThis)) return;
  const isOurs = (address = ''): boolean => address === origin || address.startsWith(`${origin}/`);
  const observer = new ReportingObserver(
    (reports) => {
      for (const { type, body } of reports) {
        const { effectiveDirective, disposition, blockedURL, documentURL }: ReportBody = body ?? {};
        if (!isOurs(blockedURL) && !isOurs(documentURL)) continue;
        if (type === 'coep')
          found({
            code: 'blocked-coep',
            detail: `This page's Cross-Origin-Embedder-Policy keeps ${origin} out`,
          });
        else if (effectiveDirective === 'frame-ancestors' && disposition !== 'report')
          found({ code: 'refused', detail: `${origin} does not let this page frame it (frame-ancestors)` });
      }
    },
    { types: ['csp-violation', 'coep'], buffered: true },
  );
  observer.observe();
  stopped.addEventListener('abort', () => {
    observer.disconnect();
  });
}

/**
 * Looks for the reason why a frame stays silent: what the browser reports, and whether anything answers at its address
 * at all. `found` may be called more than once, or never.
 */
export function watchForFailure(
  address: string,
  stopped: AbortSignal,
  found: (failure: Failure) => void,
): void {
  const { origin } = new URL(address);
  watchReports(origin, stopped, found);
  void isReachable(address, stopped).then((reachable) => {
    if (!reachable)
      found({
        code: navigator.onLine ? 'provider-error' : 'offline',
        detail: `Nothing answers at ${origin}`,
      });
  });
}
