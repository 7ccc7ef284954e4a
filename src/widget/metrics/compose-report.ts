import type { LoadReport, Outcome, WidgetReport } from '../../protocol/load-report.js';

/** Collectors refuse more than 16 kB. Everything in a report is ASCII, so this counts bytes as well as characters. */
const LIMIT = 16_000;

/** No more widgets than this fit at all. */
const MOST_WIDGETS = 100;

/** From least to most telling; a booking tells more than any of them. */
const TELLING: readonly Outcome[] = ['unseen', 'pending', 'linked', 'shown', 'ready', 'failed'];

const weight = ({ outcome, marks }: WidgetReport): number =>
  TELLING.indexOf(outcome) + (marks.booked === undefined ? 0 : TELLING.length);

/** The report as JSON that a collector takes: the most telling widgets first, and those left out that do not fit. */
export function composeReport(report: LoadReport): string {
  const widgets = [...report.widgets].sort((a, b) => weight(b) - weight(a)).slice(0, MOST_WIDGETS);
  let text: string;
  do text = JSON.stringify({ ...report, widgets });
  while (text.length > LIMIT && widgets.pop());
  return text;
}
