import type { FrameContext, FrameSignal, Provider } from '../providers/provider.js';
import type { Failure } from '../state/state.js';
import { listenToFrame } from './frame-messages.js';
import { trustedOrigin } from './trusted-origin.js';
import { afterVisible } from './visible-timers.js';

/**
 * What happens to a frame: the page's own signals, and what only the browser or the clock can tell. `silent`: a page that was
 * prepared out of sight has loaded and posted nothing; in sight it may say why.
 */
export type FrameEvent = FrameSignal | { readonly type: 'load' | 'slow' | 'silent' };

export interface FrameRequest {
  readonly provider: Provider;
  readonly context: FrameContext;
  /** The frame's accessible name. */
  readonly title: string;
  /** Milliseconds without a sign of readiness after which the frame counts as failed. */
  readonly timeout: number;
}

/** One running frame. */
export interface SchedulingFrame {
  readonly element: HTMLIFrameElement;
  /** Milliseconds since the page's time origin at which the frame's `load` event fired; null before. */
  readonly loadedAt: number | null;
  /** A frame that was prepared out of sight is looked at from now on, as `context` says. */
  reveal(context: FrameContext): void;
  stop(): void;
}

/** The gentle notice comes after 8 s, or sooner where the owner's time limit is short. */
const SLOW_MS = 8000;
/** A page that has loaded and stays silent: diagnosis, notice and failure, in milliseconds after `load`. */
const SILENCE = { diagnose: 1500, slow: 3000, fail: 6000 };

/**
 * Puts one scheduling page into a new frame in `holder`, listens to it, and reports what becomes of it to `onEvent`,
 * also after a failure, because a late sign of life still counts. Every try has a frame of its own: another address in
 * an old frame would leave entries in the visitor's history. Time runs only while the frame can be seen.
 */
export function startFrame(
  holder: Element,
  { provider, context, title, timeout }: FrameRequest,
  onEvent: (event: FrameEvent) => void,
): SchedulingFrame {
  const url = provider.frameUrl(context);
  const trusted = trustedOrigin(url, provider);
  const postsMessages = provider.capabilities.ready === 'message';
  const frame = document.createElement('iframe');
  const stopped = new AbortController();
  /** Ends with the first proof of readiness or the first failure. */
  let waiting = new AbortController();
  let current = context;
  let diagnosing = false;
  const received: FrameSignal['type'][] = [];
  let isReady = false;
  let loadedAt: number | null = null;

  const fail = (code: Failure['code'], detail: string): void => {
    waiting.abort();
    onEvent({ type: 'failed', code, detail });
  };
  const respond = (to: 'load' | 'show' | FrameSignal['type']): void => {
    for (const message of provider.respond(to, current))
      frame.contentWindow?.postMessage(message, trusted.current);
    // The page has received the message that it is shown; what it navigates to afterwards was never hidden.
    if (current.stage === 'revealed' && (to === 'show' || to === 'hello'))
      current = { ...current, stage: '' };
  };
  const failLate = (seconds: number): void => {
    const { origin } = url;
    const known = provider.whyNotReady?.(received);
    if (known) return fail(known.code, known.detail);
    const what = received.length ? `${origin} answered but was not ready` : `No message from ${origin}`;
    fail(navigator.onLine ? 'timeout' : 'offline', `${what} in ${seconds} s`);
  };
  const watch = (): void => {
    afterVisible(Math.min(SLOW_MS, timeout * 0.4), waiting.signal, () => {
      onEvent({ type: 'slow' });
      diagnose();
    });
    afterVisible(timeout, waiting.signal, () => failLate(timeout / 1000));
  };
  /** A frame never says why it failed; what the browser knows is read by a chunk that only trouble needs. */
  const diagnose = (): void => {
    if (diagnosing) return;
    diagnosing = true;
    import('./diagnosis.js')
      .then(({ watchForFailure }) => {
        const silent = { element: frame, url, hasLoaded: () => loadedAt !== null };
        watchForFailure(silent, stopped.signal, ({ code, detail }) => {
          if (!postsMessages || !waiting.signal.aborted) fail(code, detail);
        });
      })
      .catch(() => {
        diagnosing = false;
        // Without this chunk the time limit ends the waiting, unless the reason is plain.
        if (!navigator.onLine && !waiting.signal.aborted) fail('offline', 'No network');
      });
  };
  /** A page that has loaded posts its first message soon; an error page or a refused frame never does. */
  const watchSilence = (): void => {
    const { signal } = waiting;
    const unlessSpoken = (call: () => void) => (): void => {
      if (!received.length) call();
    };
    afterVisible(SILENCE.diagnose, signal, unlessSpoken(diagnose));
    afterVisible(
      Math.min(SILENCE.slow, timeout * 0.4),
      signal,
      unlessSpoken(() => onEvent({ type: 'slow' })),
    );
    const limit = Math.min(SILENCE.fail, timeout);
    afterVisible(
      limit,
      signal,
      unlessSpoken(() => failLate(limit / 1000)),
    );
  };

  frame.setAttribute('part', 'frame');
  frame.title = title;
  frame.allow = provider.allow;
  frame.referrerPolicy = 'strict-origin-when-cross-origin';
  frame.name = provider.frameName?.(context) ?? '';
  frame.style.colorScheme = context.colorScheme;
  // An isolated page lets any page in that gets no cookies, in the engines that know this attribute.
  frame.toggleAttribute('credentialless', globalThis.crossOriginIsolated);
  frame.src = url.href;
  frame.onload = () => {
    if (stopped.signal.aborted) return;
    loadedAt = performance.now();
    onEvent({ type: 'load' });
    respond('load');
    if (!postsMessages) {
      // Nothing more comes from this page; its load and an answer from its host have to do.
      waiting.abort();
      diagnose();
    } else if (!isReady && current.stage !== 'hidden') watchSilence();
  };
  document.addEventListener(
    'securitypolicyviolation',
    ({ effectiveDirective, disposition, blockedURI }) => {
      if (
        disposition === 'enforce' &&
        effectiveDirective === 'frame-src' &&
        blockedURI.startsWith(url.origin)
      )
        fail('blocked-csp', `Content-Security-Policy lacks frame-src ${url.origin}`);
    },
    { signal: stopped.signal },
  );
  addEventListener('offline', diagnose, { signal: waiting.signal });
  // Of all pages that can hold a frame, `http:` sorts before that of an https page alone, which may not show it.
  if (!navigator.onLine || url.protocol < location.protocol) diagnose();
  if (context.stage !== 'hidden') watch();

  holder.append(frame);
  // Content blockers take frames out of the page, some of them by emptying the element around them.
  const removal = new MutationObserver(() => {
    if (frame.parentNode !== holder)
      fail('provider-error', 'The frame was removed from the page by other code');
  });
  removal.observe(holder, { childList: true });

  const onMessage = (data: unknown, origin: string): void => {
    if (!trusted.accepts(origin, data, current)) return;
    const signal = provider.read(data, current);
    if (!signal) return;
    received.push(signal.type);
    const isProof = signal.type === 'ready' || (signal.type === 'resize' && signal.ready === true);
    if (isProof || signal.type === 'prepared' || signal.type === 'failed') waiting.abort();
    onEvent(signal);
    // For some pages the first believable height is all there is.
    if (isProof && !isReady && signal.type !== 'ready') {
      onEvent({ type: 'ready' });
      respond('ready');
    }
    isReady ||= isProof;
    respond(signal.type);
  };
  const stopListening = frame.contentWindow && listenToFrame(frame.contentWindow, onMessage);

  return {
    element: frame,
    get loadedAt() {
      return loadedAt;
    },
    reveal(next) {
      current = next;
      const hasLoaded = loadedAt !== null;
      // A page without messages is shown with its load, and nothing more is awaited.
      if (!isReady && (postsMessages || !hasLoaded)) {
        waiting.abort();
        waiting = new AbortController();
        watch();
        // Out of sight its silence did not count.
        if (hasLoaded) watchSilence();
      }
      // A page that has not posted anything yet gets this in answer to its first message.
      if (received.length) respond('show');
    },
    stop() {
      stopped.abort();
      waiting.abort();
      removal.disconnect();
      stopListening?.();
      frame.onload = null;
      frame.remove();
    },
  };
}
