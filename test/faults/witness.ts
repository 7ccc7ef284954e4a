/** What one page noted. Times are milliseconds since the visitor or the page asked for the calendar. */
export interface Seen {
  readonly notice: number | null;
  readonly failed: number | null;
  readonly ready: number | null;
  readonly code: string;
  /** Animation frames without a visible link, from the notice or the failure on. */
  readonly gaps: number;
  /** Outcome and code of the first load report. */
  readonly report: string;
}

/** Expressions for the page that has the script `WITNESS`. */
export const SEEN = 'seen';
export const BUTTON = `(document.querySelector('booking-widget')?.shadowRoot?.querySelector('[part=retry]') ??
  document.querySelector('.booking-widget-retry'))`;
/** Without the title, which is the site's. */
export const FAILURE_TEXT = `(() => {
  const failure = document.querySelector('booking-widget')?.shadowRoot?.querySelector('[part=failure]') ??
    document.querySelector('.booking-widget-failure');
  const title = failure?.querySelector('h2')?.textContent ?? '';
  return (failure?.textContent ?? '').replace(title, '');
})()`;
export const IS_DEFINED = `!!customElements.get('booking-widget')`;

/** A visitor or the page asks for the calendar. */
export const ask = (opens: boolean): string =>
  `(seen.asked = true, ${opens} && customElements.whenDefined('booking-widget').then(() =>
    document.querySelector('booking-widget').open()), true)`;

/** Another option loads the scheduling page again. What was seen before is forgotten. */
export const RELOAD = `(Object.assign(seen, { start: performance.now(), notice: null, failed: null, ready: null, code: '', report: '' }),
  document.querySelector('booking-widget').setAttribute('layout', 'week_view'), true)`;

/** A script of the page that removes the frame whenever there is one. */
export const block = (blocks: boolean): string => `(seen.blocking = ${blocks}, true)`;

/** Notes on the page itself what is seen in every animation frame. */
export const WITNESS = `
  globalThis.seen = { start: performance.now(), notice: null, failed: null, ready: null, code: '', gaps: 0, report: '', blocking: false, asked: false };
  const since = () => Math.round(performance.now() - seen.start);
  addEventListener('booking-error', ({ code }) => { seen.failed ??= since(); seen.code ||= code; });
  addEventListener('booking-ready', () => { seen.ready ??= since(); });
  addEventListener('booking-timing', ({ report }) => { seen.report ||= [report.outcome, report.failure ?? ''].join(' ').trim(); });
  const is = (widget, state) => widget.matches(':state(' + state + ')');
  const look = () => {
    const widget = document.querySelector('booking-widget');
    const root = widget?.shadowRoot;
    if (root) {
      if (root.querySelector('[part=notice]') && !is(widget, 'ready')) seen.notice ??= since();
      const links = [...root.querySelectorAll('a[href]'), ...widget.querySelectorAll('a[href]')];
      if ((is(widget, 'failed') || is(widget, 'slow')) && !links.some((link) => link.checkVisibility())) seen.gaps++;
      // In a dialog the visitor asks for the calendar by this button.
      if (seen.asked) root.querySelector('[part=show]')?.click();
      if (seen.blocking) root.querySelector('iframe')?.remove();
    } else if (document.querySelector('.booking-widget-failure') && !seen.code) {
      seen.failed ??= since();
      seen.code = 'loader';
    }
    requestAnimationFrame(look);
  };
  look();`;
