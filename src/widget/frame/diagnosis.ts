import type { Failure } from '../state/state.js';
import { hasEmbedderPolicy } from './embedder-policy.js';
import { isReachable } from './is-reachable.js';

/** The parts that the reports we read have in common; which of the addresses is filled depends on who refused. */
interface ReportParts {
  readonly effectiveDirective?: string;
  readonly disposition?: string;
  readonly blockedURL?: string;
  readonly documentURL?: string;
  /** Of a `coep` report: which check refused, and what for. */
  readonly type?: string;
  readonly destination?: string;
}

/** A frame whose page is silent. */
export interface SilentFrame {
  readonly element: HTMLIFrameElement;
  /** The framed address. */
  readonly url: URL;
  hasLoaded(): boolean;
}

/** Reports of the framed page's refusal to be framed, and of this page's COEP. Older ones are delivered too. */
function watchReports(origin: string, stopped: AbortSignal, found: (failure: Failure) => void): void {
  if (!('ReportingObserver' in globalThis)) return;
  const isOurs = (address = ''): boolean => address === origin || address.startsWith(`${origin}/`);
  const observer = new ReportingObserver(
    (reports) => {
      for (const report of reports) {
        // Chromium's `coep` reports have their parts only as JSON.
        const body = report.body as { toJSON(): ReportParts } | null;
        const parts = body?.toJSON() ?? {};
        const { effectiveDirective, disposition, blockedURL, documentURL } = parts;
        if (!isOurs(blockedURL) && !isOurs(documentURL)) continue;
        // The same policy keeps images of that origin out, which says nothing about the frame.
        const isFrame = parts.type === 'navigation' || parts.destination === 'iframe';
        if (report.type === 'coep' && isFrame && disposition === 'enforce') found(keptOut(origin));
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

const keptOut = (origin: string): Failure => ({
  code: 'blocked-coep',
  detail: `This page's Cross-Origin-Embedder-Policy keeps ${origin} out`,
});

/** What follows from whether anything answers at the frame's address; null where that gives no reason. */
async function reasonOf(
  { element, url, hasLoaded }: SilentFrame,
  stopped: AbortSignal,
): Promise<Failure | null> {
  const reachable = await isReachable(url.href, stopped);
  if (!reachable && !navigator.onLine) return { code: 'offline', detail: `Nothing answers at ${url.origin}` };
  // Chromium, the engine with frames without credentials, reports each frame that the policy keeps out. Firefox reports
  // none, and fires no `load` event. The policy also keeps out the request that looks for an answer.
  const hasCredentialless = 'credentialless' in element;
  if (reachable && (hasLoaded() || hasCredentialless)) return null;
  if (await hasEmbedderPolicy(stopped))
    return hasCredentialless && element.credentialless ? null : keptOut(url.origin);
  if (reachable) return null;
  if (location.protocol === 'https:' && url.protocol === 'http:')
    return {
      code: 'blocked-mixed-content',
      detail: `This https page may frame https pages only, not ${url.origin}`,
    };
  return { code: 'provider-error', detail: `Nothing answers at ${url.origin}` };
}

/**
 * Looks for the reason why a frame stays silent: what the browser reports, and whether anything answers at its address
 * at all. `found` may be called more than once, or never.
 */
export function watchForFailure(
  frame: SilentFrame,
  stopped: AbortSignal,
  found: (failure: Failure) => void,
): void {
  let isReported = false;
  watchReports(frame.url.origin, stopped, (failure) => {
    isReported = true;
    found(failure);
  });
  void reasonOf(frame, stopped).then((failure) => {
    if (failure && !isReported && !stopped.aborted) found(failure);
  });
}
