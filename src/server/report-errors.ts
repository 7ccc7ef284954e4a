import type { Logger } from 'pino';

/** What else is known of an error: the message of the log, and its fields, such as `part` or `failure`. */
export interface ErrorContext {
  readonly message: string;
  readonly [field: string]: unknown;
}

/** Takes errors for an error tracker. `error` is what was thrown; undefined where the log has a message alone. */
export type OnError = (error: unknown, context: ErrorContext) => void;

/** A logger that hands what it logs as an error to `onError`, too, whatever its level. */
export function reportErrors(log: Logger, onError: OnError | undefined): Logger {
  if (!onError) return log;
  const reporting = log.child({});
  const write = reporting.error.bind(reporting);
  reporting.error = (fields: unknown, message = '') => {
    write(fields, message);
    const { err, ...others } = (typeof fields === 'object' ? fields : {}) as { readonly err?: unknown };
    try {
      onError(err, { ...others, message });
    } catch (cause) {
      log.warn({ err: cause }, '`onError` failed');
    }
  };
  return reporting;
}
