// Imported before the companion: a wall clock that can be set. The file that CHAOS_CLOCK names holds how many milliseconds it
// is off; SIGUSR2 makes the process read it again. The monotonic clock goes on as it did.
import { readFileSync } from 'node:fs';

const RealDate = globalThis.Date;
let offset = 0;

const read = (): void => {
  offset = Number(readFileSync(process.env['CHAOS_CLOCK'] ?? '', 'utf8')) || 0;
};
read();
process.on('SIGUSR2', read);

class SettableDate extends RealDate {
  constructor(...args: unknown[]) {
    // Dates of arguments are what they are; the present is off.
    super(...((args.length === 0 ? [RealDate.now() + offset] : args) as []));
  }
  static override now(): number {
    return RealDate.now() + offset;
  }
}
globalThis.Date = SettableDate as DateConstructor;
