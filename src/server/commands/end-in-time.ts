import { COMMAND_END_MS, COMMAND_LINGER_MS } from '../durations.js';

/**
 * Ends the process soon after it was asked to, even if something hangs. `code` is the exit code then: nothing that was
 * acknowledged is lost by it, because that is stored before.
 */
export function endInTime(code: number, onCut: () => void = () => undefined): void {
  const end = (): void => {
    setTimeout(() => {
      onCut();
      process.exit(code);
    }, COMMAND_END_MS).unref();
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

/** The command is done: ends the process as soon as its output is written. */
export function endSoon(code: number): void {
  process.exitCode = code;
  setTimeout(() => process.exit(code), COMMAND_LINGER_MS).unref();
}
