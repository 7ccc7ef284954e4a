import { isStorable } from '../http/storable-text.js';
import type { LoadReport } from '../../protocol/load-report.js';
import { loadReportSchema } from '../../protocol/load-report-schema.js';

/** A report may have so many bytes; the widget sends no more. */
export const MOST_BYTES = 16_384;

/** What came is no report. */
export class NotAReport extends Error {
  override readonly name = 'NotAReport';
}

/** Reads the body of a beacon. Throws `NotAReport`, with what is wrong with it. */
export function readReport(body: Uint8Array): LoadReport {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new NotAReport('it is not JSON in UTF-8');
  }
  const { success, data, error } = loadReportSchema.safeParse(value);
  if (!success) {
    const [issue] = error.issues;
    throw new NotAReport(`\`${issue?.path.join('.') ?? ''}\`: ${issue?.message ?? 'not as it should be'}`);
  }
  // No database takes them in text, and one report that cannot be stored would hold up others.
  if (!isStorable(data)) throw new NotAReport('a text has a null character or half a character');
  return data;
}
