/** Round trips of one comparison; the shortest tells most. */
const SAMPLES = 3;

export interface ServerClock {
  /** Milliseconds since 1970 by the server's clock. */
  now(): number;
  /** Compares the clocks. `read` asks the server for its time; its connection is open already, or its opening would count as an error. */
  compare(read: () => Promise<number>): Promise<void>;
}

/**
 * The clock of a server that instances share, carried on by this process's own monotonic clock: setting this machine's clock
 * changes nothing. A reading is as wrong as half of its round trip, which is long on a machine that is busy. So the
 * shortest of a few counts, and only where it contradicts what is known.
 */
export function serverClock(steady = (): number => performance.now(), start = Date.now()): ServerClock {
  /** What to add to the monotonic clock. */
  let ahead = start - steady();
  return {
    now: () => Math.round(ahead + steady()),
    async compare(read) {
      let [shortest, measured] = [Infinity, ahead];
      for (let sample = 0; sample < SAMPLES; sample++) {
        const before = steady();
        const at = await read();
        const trip = steady() - before;
        if (trip >= shortest) continue;
        shortest = trip;
        measured = at - (before + trip / 2);
      }
      if (Math.abs(measured - ahead) > shortest / 2) ahead = measured;
    },
  };
}
