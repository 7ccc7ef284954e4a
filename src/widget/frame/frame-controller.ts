import type { FrameContext, FrameSignal, Provider } from '../providers/provider.js';
import type { Failure } from '../widget-state.js';
import { hearFrame } from './frame-messages.js';

/** What happens to the frame: the page's own words, and what only the browser or the clock can tell. */
export type FrameEvent = FrameSignal | { readonly type: 'load' | 'slow' };

export interface FrameRequest {
  readonly provider: Provider;
  readonly context: FrameContext;
  /** The frame's accessible name. */
  readonly title: string;
  /** Milliseconds without a word after which the frame counts as failed. */
  readonly timeout: number;
}

/** One frame at work. */
export interface Frame {
  /** A frame that was made ready out of sight is looked at from now on, as `context` says. */
  show(context: FrameContext): void;
  stop(): void;
}

/** The gentle notice comes after 8 s, or sooner where the owner's time limit is short. */
const SLOW_MS = 8000;
/** A page that has loaded has usually spoken by now; if not, it is worth asking the browser what it knows. */
const SILENCE_MS = 1500;

/**
 * Puts one scheduling page into a frame in `holder`, in place of whatever was there, hears it, and tells what becomes
 * of it. `hear` goes on being called after a failure, because a late word still counts. Every try has a frame of its
 * own: setting another address on an old one would leave entries in the visitor's history. Time runs only while the
 * frame is to be seen.
 */
export function startFrame(
  holder: Element,
  { provider, context, title, timeout }: FrameRequest,
  hear: (event: FrameEvent) => void,
): Frame {
  const { href, origin } = provider.frameUrl(context);
  const speaks = provider.capabilities.ready === 'message';
  const frame = document.createElement('iframe');
  const stopped = new AbortController();
  /** Ends with the first proof of life or the first failure. */
  let waiting = new AbortController();
  let current = context;
  let diagnosing = false;
  let hasSpoken = false;
  let isReady = false;

  const fail = (code: Failure['code'], detail: string): void => {
    waiting.abort();
    hear({ type: 'failed', code, detail });
  };
  const answer = (event: 'load' | 'show' | FrameSignal['type']): void => {
    for (const message of provider.respond(event, current)) frame.contentWindow?.postMessage(message, origin);
  };
  /** Browsers slow hidden pages down, so time that nobody watched is not held against the scheduling page. */
  const after = (ms: number, call: () => void): void => {
    const { signal } = waiting;
    const timer = setTimeout(() => {
      if (signal.aborted) return;
      if (document.hidden)
        document.addEventListener(
          'visibilitychange',
          () => {
            after(ms, call);
          },
          { once: true, signal },
        );
      else call();
    }, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
    });
  };
  const watch = (): void => {
    after(Math.min(SLOW_MS, timeout * 0.4), () => {
      hear({ type: 'slow' });
      diagnose();
    });
    after(timeout, () => {
      fail(navigator.onLine ? 'timeout' : 'offline', `No word from ${origin} in ${timeout / 1000} s`);
    });
  };
  /** A frame never says why it failed; what the browser tells is read by a part that only trouble needs. */
  const diagnose = (): void => {
    if (diagnosing) return;
    diagnosing = true;
    import('./diagnosis.js')
      .then(({ watchForFailure }) => {
        watchForFailure(href, stopped.signal, ({ code, detail }) => {
          if (!speaks || !waiting.signal.aborted) fail(code, detail);
        });
      })
      .catch(() => {
        diagnosing = false;
        // Without this part the time limit ends the waiting, unless the reason is plain.
        if (!navigator.onLine && !waiting.signal.aborted) fail('offline', 'No network');
      });
  };

  frame.setAttribute('part', 'frame');
  frame.title = title;
  frame.allow = provider.allow;
  frame.referrerPolicy = 'strict-origin-when-cross-origin';
  // Cal.com's page finds its namespace here again after it has navigated inside the frame.
  frame.name = `cal-embed=${context.namespace}`;
  frame.style.colorScheme = context.colorScheme;
  frame.src = href;
  frame.onload = () => {
    if (stopped.signal.aborted) return;
    hear({ type: 'load' });
    answer('load');
    if (speaks) after(SILENCE_MS, diagnose);
    else {
      // Nothing more will be heard of this page; its load and a sign of life from its host have to do.
      waiting.abort();
      diagnose();
    }
  };
  document.addEventListener(
    'securitypolicyviolation',
    ({ effectiveDirective, disposition, blockedURI }) => {
      if (disposition === 'enforce' && effectiveDirective === 'frame-src' && blockedURI.startsWith(origin))
        fail('blocked-csp', `Content-Security-Policy lacks frame-src ${origin}`);
    },
    { signal: stopped.signal },
  );
  addEventListener('offline', diagnose, { signal: waiting.signal });
  if (!navigator.onLine) diagnose();
  if (context.stage !== 'hidden') watch();

  holder.replaceChildren(frame);
  const unhear =
    frame.contentWindow &&
    hearFrame(frame.contentWindow, origin, (data) => {
      const signal = provider.read(data, current);
      if (!signal) return;
      hasSpoken = true;
      const isProof = signal.type === 'ready' || (signal.type === 'resize' && signal.ready === true);
      if (isProof || signal.type === 'prepared' || signal.type === 'failed') waiting.abort();
      hear(signal);
      // For some pages the first believable height is all there is; what follows is told and answered once.
      if (isProof && !isReady && signal.type !== 'ready') {
        hear({ type: 'ready' });
        answer('ready');
      }
      isReady ||= isProof;
      answer(signal.type);
    });

  return {
    show(next) {
      current = next;
      if (!isReady) {
        waiting.abort();
        waiting = new AbortController();
        watch();
      }
      // A page that has not spoken yet hears it in answer to its first word.
      if (hasSpoken) answer('show');
    },
    stop() {
      stopped.abort();
      waiting.abort();
      unhear?.();
      frame.remove();
    },
  };
}
