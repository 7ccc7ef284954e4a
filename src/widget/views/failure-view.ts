import { el } from '../dom.js';
import type { Strings } from '../locales/strings.js';
import type { Failure } from '../widget-state.js';
import { openLink } from './open-link.js';

/** Says in the visitor's words why there is no calendar, and offers the two ways on. */
export const failureView = (
  strings: Strings,
  { code }: Failure,
  /** Whether the widget tries again by itself. */
  retrying: boolean,
  /** The scheduling page by itself; empty where there is no safe address. */
  href: string,
  onRetry: () => void,
): HTMLElement =>
  el(
    'div',
    { part: 'failure', role: 'alert' },
    el('p', {}, `${strings.failure[code]} ${retrying ? strings.retrying : ''}`),
    el('button', { part: 'retry', click: onRetry }, strings.retry),
    ...openLink(strings.openTab, href),
  );
