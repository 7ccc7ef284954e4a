import { LRUCache } from 'lru-cache';
import { DAY_MS, MINUTE_MS } from '../../scheduling/durations.js';
import { Problem, retryAfter } from '../http/problem.js';

interface RoomOptions {
  /** Bytes of all deliveries that are being read. */
  readonly bytes?: number;
  /** Of these, what clients may take that have not proven yet that they know a secret. */
  readonly forStrangers?: number;
  /** Bytes of one such client. */
  readonly perStranger?: number;
  /** Deliveries of one such client that are read at once. */
  readonly atOnce?: number;
  /** Refused deliveries of one such client in a minute; of its next only small ones are read. */
  readonly refusals?: number;
  /** By a monotonic clock, in milliseconds. */
  readonly now?: () => number;
}

/** Deliveries that are not larger take no room: every real one fits, and a stranger's cost what their connection does. */
const SMALL = 65_536;

const MIB = 1_048_576;

/** Clients that are remembered. */
const MAX_CLIENTS = 10_000;

interface Stranger {
  reading: number;
  bytes: number;
  refusals: number;
  since: number;
}

/** What one delivery may take of the room. */
export interface RoomShare {
  /** The length that was declared. Throws a `Problem` where there is no room for it. */
  expect(bytes: number): void;
  take(bytes: number): void;
  /** Gives back all that was taken. */
  give(): void;
  /** It was signed, or it was not. To be called once, when it is over. */
  end(isSigned: boolean): void;
}

const refuse = (status: 429 | 503, detail: string, wait: number): Problem =>
  new Problem({ status, code: 'too-many-deliveries', detail, headers: retryAfter(wait) });

/**
 * Memory for deliveries that are being read. What is signed comes from the provider, but that shows only at its end: so
 * clients that have signed one in the last day go before those that have not, and no stranger takes much.
 */
export class Room {
  readonly #options: Required<RoomOptions>;
  readonly #signers: LRUCache<string, true>;
  readonly #strangers = new LRUCache<string, Stranger>({ max: MAX_CLIENTS });
  #taken = 0;
  #takenByStrangers = 0;

  constructor({
    bytes = 64 * MIB,
    forStrangers = 32 * MIB,
    perStranger = 11 * MIB,
    atOnce = 100,
    refusals = 60,
    now = () => performance.now(),
  }: RoomOptions = {}) {
    this.#options = { bytes, forStrangers, perStranger, atOnce, refusals, now };
    this.#signers = new LRUCache({ max: MAX_CLIENTS, ttl: DAY_MS });
  }

  /**
   * Begins a delivery of a client; one whose address is not known shares what all strangers have. Throws a `Problem` where
   * none of its is to be read now.
   */
  open(client: string | undefined): RoomShare {
    const isSigner = client !== undefined && this.#signers.has(client);
    const stranger = isSigner ? undefined : this.#strangerOf(client);
    const isLimited = stranger !== undefined && client !== undefined;
    if (isLimited) this.#admit(stranger);
    let size = 0;
    let taken = 0;
    const room = (): void => {
      const { bytes, forStrangers, perStranger, refusals } = this.#options;
      if (isLimited && stranger.refusals >= refusals)
        throw refuse(429, 'Too many deliveries of this client were not signed.', MINUTE_MS);
      const isFull =
        this.#taken > bytes ||
        (stranger !== undefined &&
          taken > 0 &&
          (this.#takenByStrangers > forStrangers || (isLimited && stranger.bytes > perStranger)));
      if (isFull) throw refuse(503, 'Too many large deliveries arrive at once.', 5000);
    };
    const add = (bytes: number): void => {
      taken += bytes;
      this.#taken += bytes;
      if (!stranger) return;
      this.#takenByStrangers += bytes;
      stranger.bytes += bytes;
    };
    return {
      expect(bytes) {
        if (!(bytes > SMALL)) return;
        add(bytes);
        try {
          room();
        } finally {
          add(-bytes);
        }
      },
      take(bytes) {
        const before = Math.max(0, size - SMALL);
        size += bytes;
        add(Math.max(0, size - SMALL) - before);
        if (size > SMALL) room();
      },
      give() {
        add(-taken);
        size = 0;
      },
      end: (isSigned) => {
        if (isLimited) {
          stranger.reading--;
          if (!isSigned) stranger.refusals++;
        }
        if (isSigned && client !== undefined) this.#signers.set(client, true);
      },
    };
  }

  #strangerOf(client = ''): Stranger {
    const known = this.#strangers.get(client);
    if (known) return known;
    const stranger = { reading: 0, bytes: 0, refusals: 0, since: this.#options.now() };
    this.#strangers.set(client, stranger);
    return stranger;
  }

  #admit(stranger: Stranger): void {
    const { now, atOnce } = this.#options;
    if (now() - stranger.since > MINUTE_MS) {
      stranger.since = now();
      stranger.refusals = 0;
    }
    if (stranger.reading >= atOnce)
      throw refuse(503, 'Too many deliveries of this client arrive at once.', 2000);
    stranger.reading++;
  }
}
