import type { Clock } from './clock.js';

/** Payload of one packet. */
const SEGMENT = 1460;
/** What a connection may send before the first acknowledgement (RFC 6928). */
const INITIAL_WINDOW = 10 * SEGMENT;

export interface PipeSettings {
  /** Bytes a millisecond, shared by every lane. */
  readonly rate: number;
  /** Milliseconds that a packet is under way, besides the time it takes to send it. */
  readonly delay: number;
}

interface Waiting {
  readonly bytes: Buffer;
  readonly since: number;
}

/** One connection's data in one direction. Its window doubles with each round trip, as TCP's does in slow start. */
class Lane {
  readonly deliver: (bytes: Buffer) => void;
  readonly ended: () => void;
  readonly queue: Waiting[] = [];
  window = INITIAL_WINDOW;
  unconfirmed = 0;
  /** When the window last opened, or the connection was made. */
  openSince: number;
  closing = false;
  underWay = 0;

  constructor(deliver: (bytes: Buffer) => void, ended: () => void, openSince: number) {
    this.deliver = deliver;
    this.ended = ended;
    this.openSince = openSince;
  }

  /** From when its next packet could leave; null where nothing waits or the window is used up. */
  get readySince(): number | null {
    const [first] = this.queue;
    if (!first || this.unconfirmed >= this.window) return null;
    return Math.max(first.since, this.openSince);
  }

  take(): Buffer {
    const [first] = this.queue;
    if (!first) return Buffer.alloc(0);
    if (first.bytes.length <= SEGMENT) {
      this.queue.shift();
      return first.bytes;
    }
    this.queue[0] = { bytes: first.bytes.subarray(SEGMENT), since: first.since };
    return first.bytes.subarray(0, SEGMENT);
  }

  finishIfDone(): void {
    if (this.closing && this.queue.length === 0 && this.underWay === 0) this.ended();
  }
}

export interface Sender {
  send(bytes: Buffer): void;
  /** What was sent before still arrives. */
  end(): void;
  /** What was sent before is lost. */
  drop(): void;
}

/**
 * One direction of a link. Packets of all lanes take turns, leave one after the other at the rate of the pipe and arrive
 * after its delay. Times are calculated, so a late timer of this process does not make the pipe slower.
 */
export class Pipe {
  readonly #clock: Clock;
  readonly #settings: () => PipeSettings;
  #lanes: Lane[] = [];
  /** When the packet that is being sent has left. */
  #free = 0;
  #wakeAt = Infinity;
  sent = 0;

  constructor(clock: Clock, settings: () => PipeSettings) {
    this.#clock = clock;
    this.#settings = settings;
  }

  /** `openAt`: when the connection is made; what is sent before waits until then. */
  open(deliver: (bytes: Buffer) => void, ended: () => void, openAt: number): Sender {
    const lane = new Lane(deliver, ended, openAt);
    this.#lanes.push(lane);
    const close = (): void => {
      this.#lanes = this.#lanes.filter((each) => each !== lane);
    };
    return {
      send: (bytes) => {
        lane.queue.push({ bytes, since: this.#clock.now() });
        this.#pump();
      },
      end: () => {
        lane.closing = true;
        lane.finishIfDone();
      },
      drop: close,
    };
  }

  #pump(): void {
    const now = this.#clock.now();
    for (;;) {
      const next = this.#next();
      if (!next) return;
      const { lane, start } = next;
      if (start > now) {
        this.#wake(start);
        return;
      }
      this.#lanes = [...this.#lanes.filter((each) => each !== lane), lane];
      this.#send(lane, start);
    }
  }

  /** The lane whose packet leaves next: the one that has waited longest for its turn among those that are ready by then. */
  #next(): { readonly lane: Lane; readonly start: number } | null {
    let found: { lane: Lane; start: number } | null = null;
    for (const lane of this.#lanes) {
      const since = lane.readySince;
      if (since === null) continue;
      const start = Math.max(since, this.#free);
      if (!found || start < found.start) found = { lane, start };
    }
    return found;
  }

  #send(lane: Lane, start: number): void {
    const { rate, delay } = this.#settings();
    const bytes = lane.take();
    lane.unconfirmed += bytes.length;
    lane.underWay += 1;
    this.sent += bytes.length;
    this.#free = start + bytes.length / rate;
    const arrival = this.#free + delay;
    this.#clock.at(arrival, () => {
      lane.underWay -= 1;
      if (this.#lanes.includes(lane)) lane.deliver(bytes);
      lane.finishIfDone();
    });
    // The acknowledgement comes back by the other direction and takes no room there.
    this.#clock.at(arrival + delay, () => {
      if (lane.unconfirmed >= lane.window) lane.openSince = arrival + delay;
      lane.unconfirmed -= bytes.length;
      lane.window += bytes.length;
      this.#pump();
    });
  }

  #wake(time: number): void {
    if (this.#wakeAt <= time) return;
    this.#wakeAt = time;
    this.#clock.at(time, () => {
      if (this.#wakeAt === time) this.#wakeAt = Infinity;
      this.#pump();
    });
  }
}
