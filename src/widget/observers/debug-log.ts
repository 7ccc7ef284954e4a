import type { FailureCode } from '../../protocol/failure-code.js';
import { reportEndpoint } from '../metrics/report-endpoint.js';
import { whySilent } from '../metrics/why-silent.js';
import type { WidgetEvent } from '../state/events.js';
import type { WidgetState } from '../state/state.js';
import { misreadOptions } from './misread-options.js';
import type { CreateObserver } from './observer.js';

/** What the site owner can do about each failure. */
const ADVICE: Readonly<Record<FailureCode, string>> = {
  'bad-config': 'Correct the option named above.',
  offline: 'The visitor has no connection; the widget tries again when it is back.',
  'not-found': 'Check the address: the event type was renamed, hidden or deleted.',
  'provider-error': 'The scheduling service is down, or something between it and this browser blocks it.',
  timeout:
    'The page may be slow, may answer with an error page, or may refuse to be framed (X-Frame-Options gives no sign).',
  'blocked-csp': 'Add the origin named above to frame-src in this page’s Content-Security-Policy.',
  refused:
    'The scheduling page allows no framing here; use mode="popup" with a link, or change its settings.',
  'blocked-coep': 'This page is cross-origin isolated; the scheduling page has to send COEP, too.',
  'blocked-mixed-content': 'Browsers let an https page frame https pages only: write https in src.',
  'rate-limited': 'Too many requests from this address; a companion server shares one answer among visitors.',
  'internal-error': 'An exception in the widget, or in something of the browser that this page has replaced.',
};

/** Changes that say nothing to a site owner. */
const QUIET: ReadonlySet<WidgetEvent['type']> = new Set([
  'fallback',
  'language',
  'time-zone',
  'slots-past',
  'slots-chunk-loaded',
  'dialog-loaded',
  'list-zones',
  'frame-height',
]);

function describe(event: WidgetEvent, state: WidgetState): string {
  switch (event.type) {
    case 'slots-cached':
    case 'slots-fresh':
      return `${event.type}, ${event.availability.slots.length} slots`;
    case 'slots-failed':
      return `slots could not be loaded. ${event.detail}`;
    case 'form-declined':
      return `books on the provider's page instead of in the form: ${event.detail}`;
    case 'provider-loaded':
      return `provider ${event.provider.id}`;
    case 'load':
      return state.source.status === 'page' ? `load ${state.source.page.href}` : 'load';
    default:
      return event.type;
  }
}

/** Says in the console what one widget does and why. Only loaded with the option `debug`. */
export const debugLog: CreateObserver = (host) => {
  const { options } = host.store.state;
  const log = (text: string): void => console.info(`[booking-widget ${host.instance}] ${text}`);
  const silence = whySilent({ endpoint: reportEndpoint(options), sampleRate: options['sample-rate'] });
  log(silence ? `Sends no report: ${silence}.` : 'Sends load reports.');
  return {
    onEvent({ event, state, before, at }) {
      const ms = `${Math.round(at)} ms`;
      const { frame } = state;
      if (event.type === 'load') for (const sentence of misreadOptions(host)) log(sentence);
      if (!QUIET.has(event.type)) log(`${ms}: ${describe(event, state)}`);
      if (frame.run !== before.frame.run)
        log(
          `${ms}: frame-start (${state.provider?.id ?? 'provider not loaded yet'}), attempt ${frame.attempt}`,
        );
      if (frame.status === 'failed' && frame !== before.frame)
        log(`${ms}: ${frame.failure.code}. ${frame.failure.detail}. ${ADVICE[frame.failure.code]}`);
    },
  };
};
