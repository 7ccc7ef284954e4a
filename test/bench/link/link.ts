import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { WallClock, type Clock } from './clock.js';
import { Pipe, type PipeSettings } from './pipe.js';
import type { Profile } from './profiles.js';

const BYTES_PER_MEGABIT_MS = 125;

/** What an origin has exchanged with the browser: bytes as they were on the line, with TLS. */
export interface Traffic {
  down: number;
  connections: number;
}

/** A way to one server. */
export interface LinkPort {
  readonly port: number;
  readonly traffic: Traffic;
}

const settingsOf = (megabits: number, rtt: number): PipeSettings => ({
  rate: megabits * BYTES_PER_MEGABIT_MS,
  delay: rtt / 2,
});

/**
 * A visitor's connection in front of several servers of this machine: their connections share its two directions, and each
 * takes one round trip to be made. The browser's own throttling is not used, because it counts each process of a page apart.
 */
export class Link {
  profile: Profile;
  readonly #clock: Clock;
  readonly #down: Pipe;
  readonly #up: Pipe;
  readonly #servers: Server[] = [];
  readonly #sockets = new Set<Socket>();

  constructor(profile: Profile, clock: Clock = new WallClock()) {
    this.profile = profile;
    this.#clock = clock;
    this.#down = new Pipe(clock, () => settingsOf(this.profile.down, this.profile.rtt));
    this.#up = new Pipe(clock, () => settingsOf(this.profile.up, this.profile.rtt));
  }

  /** Opens a port of this machine that leads over the link to another. */
  async lead(target: number): Promise<LinkPort> {
    const traffic: Traffic = { down: 0, connections: 0 };
    const server = createServer((browser) => this.#join(browser, target, traffic));
    this.#servers.push(server);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return { port: (server.address() as AddressInfo).port, traffic };
  }

  #join(browser: Socket, target: number, traffic: Traffic): void {
    traffic.connections += 1;
    const remote = connect(target, '127.0.0.1');
    browser.setNoDelay();
    remote.setNoDelay();
    const openAt = this.#clock.now() + this.profile.rtt;
    const up = this.#up.open(
      (bytes) => remote.write(bytes),
      () => remote.end(),
      openAt,
    );
    const down = this.#down.open(
      (bytes) => browser.write(bytes),
      () => browser.end(),
      openAt,
    );
    const drop = (): void => {
      up.drop();
      down.drop();
      browser.destroy();
      remote.destroy();
    };
    browser.on('data', (bytes) => up.send(bytes));
    browser.on('end', () => up.end());
    remote.on('data', (bytes) => {
      traffic.down += bytes.length;
      down.send(bytes);
    });
    remote.on('end', () => down.end());
    for (const socket of [browser, remote]) {
      this.#sockets.add(socket);
      socket.on('error', drop);
      socket.on('close', () => this.#sockets.delete(socket));
    }
    browser.on('close', drop);
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(
      this.#servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))),
    );
  }
}
