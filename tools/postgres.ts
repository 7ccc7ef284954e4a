import { execFile, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './webkit-driver.js';

const run = promisify(execFile);

export interface Postgres {
  /** Of a role that may make databases. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Names a server to use instead of one of our own: `postgres://name:password@host/postgres`. */
export const URL_VARIABLE = 'BOOKING_TEST_DATABASE_URL';

const PLACES = '/usr/lib/postgresql';

/** The newest server that the system has; Debian keeps it off the path. */
function binaries(): string {
  const versions = existsSync(PLACES) ? readdirSync(PLACES).map(Number) : [];
  const newest = versions.filter((version) => version >= 12).sort((a, b) => b - a)[0];
  if (newest === undefined)
    throw new Error(
      `PostgreSQL is not installed, and half of the companion's tests need it. On Debian and Ubuntu: apt-get install postgresql. ` +
        `Elsewhere: start any PostgreSQL server and set ${URL_VARIABLE}=postgres://name:password@host/postgres.`,
    );
  return join(PLACES, String(newest), 'bin');
}

/** Starts a server in a folder of its own on a free port, for as long as tests run. */
export async function startPostgres(): Promise<Postgres> {
  const given = process.env[URL_VARIABLE];
  if (given) return { url: given, stop: () => Promise.resolve() };
  const bin = binaries();
  const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
  // The server refuses to run as root, so root starts it as the package's own user.
  const who: { uid?: number; gid?: number } = {};
  if (process.getuid?.() === 0) {
    const idOf = async (flag: string): Promise<number> =>
      Number((await run('id', [flag, 'postgres'])).stdout);
    Object.assign(who, { uid: await idOf('-u'), gid: await idOf('-g') });
    chownSync(folder, who.uid ?? 0, who.gid ?? 0);
  }
  const data = join(folder, 'data');
  const words = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'];
  await run(join(bin, 'initdb'), words, { ...who, cwd: folder });
  const port = await freePort();
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 300,
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
  };
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...who, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  server.stderr.on('data', (part: Buffer) => (said = (said + part.toString()).slice(-4000)));
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    const connected = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (connected) break;
    if (server.exitCode !== null) throw new Error(`PostgreSQL did not start:\n${said}`);
  }
  return {
    url,
    async stop() {
      server.kill('SIGINT'); // "fast" shutdown: the server disconnects its clients
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
