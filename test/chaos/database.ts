import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../../tools/webkit-driver.js';

/** A PostgreSQL server of its own that can be killed, frozen and started again on the same data. */
export interface Database {
  readonly url: string;
  /** Fulfilled when it can be connected to. */
  start(): Promise<void>;
  /** As in a crash: at once, without closing its connections. */
  kill(): Promise<void>;
  /** "Fast" shutdown: clients are notified and disconnected. */
  stop(): Promise<void>;
  freeze(): void;
  thaw(): void;
  /** New connections may read and not write; present ones are ended. */
  setReadOnly(isReadOnly: boolean): Promise<void>;
  close(): Promise<void>;
}

const PLACES = '/usr/lib/postgresql';

export async function openDatabase(): Promise<Database> {
  const newest = readdirSync(PLACES)
    .map(Number)
    .filter((version) => version >= 12)
    .sort((a, b) => b - a)[0];
  const bin = join(PLACES, String(newest), 'bin');
  const folder = mkdtempSync(join(tmpdir(), 'chaos-postgres-'));
  const who: { uid?: number; gid?: number } = {};
  if (process.getuid?.() === 0) {
    // The server refuses to be root, so root lends it to the package's own user.
    const idOf = (flag: string): number =>
      Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
    Object.assign(who, { uid: idOf('-u'), gid: idOf('-g') });
    chownSync(folder, who.uid ?? 0, who.gid ?? 0);
  }
  const data = join(folder, 'data');
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'],
    { ...who, cwd: folder, stdio: 'ignore' },
  );
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off' };
  let server: ChildProcess | undefined;
  let ended: Promise<unknown> = Promise.resolve();

  async function connected(): Promise<pg.Client | undefined> {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch {
      return undefined;
    }
  }
  async function start(): Promise<void> {
    const child = spawn(
      join(bin, 'postgres'),
      ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      { ...who, cwd: folder, stdio: 'ignore' },
    );
    server = child;
    ended = new Promise((resolve) => child.once('exit', resolve));
    for (;;) {
      const client = await connected();
      await client?.end();
      if (client) return;
      if (child.exitCode !== null) throw new Error('PostgreSQL did not start');
    }
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    server?.kill('SIGCONT');
    server?.kill(signal);
    await ended;
  }
  await start();
  return {
    url,
    start,
    // SIGQUIT is what the server knows as a crash: its children die with it.
    kill: () => end('SIGQUIT'),
    stop: () => end('SIGINT'),
    freeze: () => forAll(server, 'SIGSTOP'),
    thaw: () => forAll(server, 'SIGCONT'),
    async setReadOnly(isReadOnly) {
      const client = await connected();
      await client?.query('set default_transaction_read_only = off');
      await client?.query(
        `alter role postgres set default_transaction_read_only = ${isReadOnly ? 'on' : 'off'}`,
      );
      await client?.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = $1',
        ['client backend'],
      );
      await client?.end();
    },
    async close() {
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The server and its children: a frozen parent alone would leave those that serve connections at work. */
function forAll(server: ChildProcess | undefined, signal: NodeJS.Signals): void {
  if (server?.pid === undefined) return;
  let children: number[] = [];
  try {
    children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(server.pid)], { encoding: 'utf8' })
      .split('\n')
      .map(Number)
      .filter(Boolean);
  } catch {
    // It has none.
  }
  for (const pid of [server.pid, ...children]) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended meanwhile.
    }
  }
}
