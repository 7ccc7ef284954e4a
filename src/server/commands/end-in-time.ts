/**
 * Milliseconds after the first signal in which a command ends, whatever happens. Ten seconds are promised: the rest is for
 * a machine that is busy with other things.
 */
export const END = 6000;

/** Milliseconds that open handles, such as a connection to a database that hangs, may keep a finished command alive. */
const LINGER = 300;

/**
 * Ends the process soon after it was asked to, even if something hangs. `code` is the exit code then: nothing that was
 * acknowledged is lost by it, because that is stored before.
 */
export function endInTime(code: number, onCut: () => void = () => undefined): void {
  const end = (): void => {
    setTimeout(() => {
      onCut();
      process.exit(code);
    }, END).unref();
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

/** The command is done: ends the process as soon as its output is written. */
export function endSoon(code: number): void {
  process.exitCode = code;
  setTimeout(() => process.exit(code), LINGER).unref();
}
