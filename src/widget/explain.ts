import type { FailureCode } from '../protocol/failure-code.js';
import type { Happening } from './widget-controller.js';

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
  'rate-limited':
    'Too many questions from this address; a companion server shares one answer among visitors.',
};

/** Tells the site owner in the console what one widget does and why. Only loaded with the option `debug`. */
export function explainer(
  instance: number,
  provider: () => string,
  silence: string | null,
): (happening: Happening) => void {
  const say = (text: string): void => {
    console.info(`[booking-widget ${instance.toString()}] ${text}`);
  };
  say(silence ? `Sends no report: ${silence}.` : 'Sends load reports.');
  return ([heard, state, at]) => {
    const ms = `${Math.round(at).toString()} ms`;
    if (typeof heard === 'string') return say(`${ms}: ${heard}`);
    switch (heard.type) {
      case 'frame-fail':
        return say(`${ms}: ${heard.failure.code}. ${heard.failure.detail}. ${ADVICE[heard.failure.code]}`);
      case 'times-cached':
      case 'times-fresh':
        return say(`${ms}: ${heard.type}, ${heard.availability.slots.length.toString()} times`);
      case 'times-fail':
        return say(`${ms}: times could not be had. ${heard.detail ?? ''}`);
      case 'frame-start':
      case 'retry':
        return say(
          `${ms}: ${heard.type} (${provider() || 'provider not loaded yet'}), attempt ${
            'attempt' in state.frame ? state.frame.attempt.toString() : '0'
          }`,
        );
      default:
        return say(`${ms}: ${heard.type}`);
    }
  };
}
