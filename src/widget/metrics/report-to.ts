import type { WidgetReport } from '../../protocol/load-report.js';
import { pageView } from './page-view.js';
import type { Reported, Reporter } from './reporting.js';
import { readEndpoint, whySilent, type ReportTarget } from './why-silent.js';

export interface ReportingOptions extends ReportTarget {
  /** Version of booking-widget. */
  readonly version: string;
}

/** A reporter that can be used at once; it passes everything on to the real one when that has been fetched. */
export interface PageReporter extends Reporter {
  /** Why nothing is sent, in words for the site owner; null when reports are sent. */
  readonly silence: string | null;
}

/** One for each endpoint: all widgets of a page are in one report. */
const reporters = new Map<string, Promise<Reporter>>();

const nothing = (): void => undefined;

/**
 * The page's reporter for an endpoint. The part that reports is fetched only when there is somewhere to report to,
 * this page load is in the sample, and the visitor does not ask for privacy; if it does not come, nothing is sent.
 * What the first widget says about sample rate and version holds for the page.
 *
 * @param load fetches the part; after a failure the next call asks again
 * @param checks stand in for the browser's privacy signals and for the draw of the sample
 */
export function reportTo(
  { version, ...target }: ReportingOptions,
  load: () => Promise<typeof import('./reporting.js')> = () => import('./reporting.js'),
  checks?: Parameters<typeof whySilent>[1],
): PageReporter {
  const silence = whySilent(target, checks);
  const endpoint = readEndpoint(target.endpoint);
  if (silence || !endpoint) return { silence, add: () => nothing, changed: nothing };

  const reporter =
    reporters.get(endpoint) ??
    load().then(({ createReporter }) => createReporter({ ...target, endpoint, version, view: pageView }));
  reporters.set(endpoint, reporter);
  reporter.catch(() => reporters.delete(endpoint));

  return {
    silence: null,
    add({ host, snapshot }: Reported) {
      /** The report of a widget that has left the page; it is sent a moment later. */
      let last: WidgetReport | undefined;
      const remove = reporter.then((real) => real.add({ host, snapshot: () => last ?? snapshot() }));
      remove.catch(nothing);
      return () => {
        last ??= snapshot();
        remove.then((call) => call()).catch(nothing);
      };
    },
    changed(reason) {
      reporter.then((real) => real.changed(reason)).catch(nothing);
    },
  };
}
