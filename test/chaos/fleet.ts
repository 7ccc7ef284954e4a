import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { program } from '../../tools/program.js';

const CLI = program(new URL('../../src/server/bin.ts', import.meta.url));
const CLOCK = pathToFileURL(program(new URL('settable-clock.ts', import.meta.url)).file).href;

/** What the embedded store writes. */
const FILES = ['companion.db', 'companion.db-wal'];

/** Milliseconds within which a process has to end that was asked to. */
export const END = 10_000;

/** One companion process; another takes its place when it has ended. */
export interface Instance {
  /** Where it listens; empty while it starts. */
  readonly origin: string;
  readonly isFrozen: boolean;
  kill(): Promise<void>;
  /** Asks it to end. */
  end(): Promise<void>;
  freeze(): void;
  thaw(): void;
  /** Sets its wall clock off by so many milliseconds. */
  setClock(ms: number): void;
  /** Its files may not grow any more, or may again. */
  setDiskFull(isFull: boolean): void;
  /** Fulfilled when it listens. */
  readonly started: Promise<void>;
}

export interface Fleet {
  readonly instances: readonly Instance[];
  /** Milliseconds that each took to end when asked, and its exit code. */
  readonly endings: { readonly ms: number; readonly code: number | null; readonly when: string }[];
  /** Ends that nobody asked for. */
  readonly crashes: string[];
  /** The embedded store's files take no writes, or take them again. Needs the rights of root. */
  setReadOnly(isReadOnly: boolean): void;
  /** Starts another in the place of one that has ended. */
  replace(instance: Instance): Promise<void>;
  close(): Promise<void>;
}

export async function openFleet(options: object, size: number, data: string | undefined): Promise<Fleet> {
  const folder = mkdtempSync(join(tmpdir(), 'chaos-fleet-'));
  const config = join(folder, 'companion.json');
  writeFileSync(config, JSON.stringify(options));
  const endings: Fleet['endings'] = [];
  const crashes: string[] = [];
  const children = new Set<ChildProcess>();
  let started = 0;

  function start(): Instance {
    const clock = join(folder, `clock-${++started}`);
    writeFileSync(clock, '0');
    const child = spawn(
      process.execPath,
      [...CLI.options, '--import', CLOCK, CLI.file, 'serve', '--port', '0', '--config', config],
      { env: { PATH: process.env['PATH'] ?? '', CHAOS_CLOCK: clock }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    children.add(child);
    let said = '';
    let origin = '';
    let isAsked = false;
    let isFrozen = false;
    const ended = new Promise<number | null>((resolve) =>
      child.once('exit', (code, signal) => {
        children.delete(child);
        if (!isAsked) crashes.push(`${signal ?? `code ${code}`}: ${said.slice(-2000)}`);
        resolve(code);
      }),
    );
    const listens = new Promise<void>((resolve, reject) => {
      const append = (part: Buffer): void => {
        said = (said + part.toString()).slice(-4000);
        const [, found] = /answers at (\S+)/.exec(said) ?? [];
        if (found === undefined || origin !== '') return;
        origin = found;
        resolve();
      };
      child.stderr.on('data', append);
      child.stdout.on('data', append);
      void ended.then(() => reject(new Error(`ended before it listened: ${said}`)));
    });
    listens.catch(() => undefined);
    const signal = (name: NodeJS.Signals): void => void child.kill(name);
    return {
      get origin() {
        return origin;
      },
      get isFrozen() {
        return isFrozen;
      },
      started: listens,
      async kill() {
        isAsked = true;
        signal('SIGKILL');
        await ended;
      },
      async end() {
        isAsked = true;
        const begun = performance.now();
        signal('SIGTERM');
        const late = setTimeout(() => signal('SIGKILL'), 3 * END);
        const code = await ended;
        clearTimeout(late);
        endings.push({ ms: performance.now() - begun, code, when: origin });
      },
      freeze() {
        isFrozen = true;
        signal('SIGSTOP');
      },
      thaw() {
        signal('SIGCONT');
        isFrozen = false;
      },
      setClock(ms) {
        writeFileSync(clock, String(ms));
        signal('SIGUSR2');
      },
      setDiskFull(isFull) {
        if (child.pid === undefined || data === undefined) return;
        const sizes = FILES.map((name) => statSync(join(data, name), { throwIfNoEntry: false })?.size ?? 0);
        const limit = isFull ? `${Math.max(...sizes)}:unlimited` : 'unlimited:unlimited';
        execFileSync('prlimit', ['--pid', String(child.pid), `--fsize=${limit}`]);
      },
    };
  }

  const instances = Array.from({ length: size }, start);
  const fleet: Fleet = {
    instances,
    endings,
    crashes,
    setReadOnly(isReadOnly) {
      if (data === undefined) return;
      const files = FILES.map((name) => join(data, name)).filter((path) => existsSync(path));
      execFileSync('chattr', [isReadOnly ? '+i' : '-i', ...files]);
    },
    async replace(instance) {
      const place = instances.indexOf(instance);
      const next = start();
      instances[place] = next;
      await next.started;
    },
    async close() {
      await Promise.all(instances.map((instance) => instance.end()));
      for (const child of children) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await Promise.all(instances.map((instance) => instance.started));
  return fleet;
}
