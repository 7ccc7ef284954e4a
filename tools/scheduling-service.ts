import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ServiceAddresses } from '../test/helpers/service.js';
import { compile } from './compiled-tests.js';
import { firstWholeDay } from './first-whole-day.js';
import { compiledIn } from './program.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MAIN = 'demo/service/main.ts';

/** Milliseconds after which a start is given up: a guard against hanging, and far more than a slow machine needs. */
const GUARD = 120_000;

export interface RunningService {
  readonly addresses: ServiceAddresses;
  stop(): Promise<void>;
}

/**
 * Starts the local scheduling service as a child process on free ports, with a store of its own that is deleted at the end.
 * Undefined where there is no service.
 */
export async function startSchedulingService(
  args: readonly string[] = [],
): Promise<RunningService | undefined> {
  if (!existsSync(new URL(`../${MAIN}`, import.meta.url))) return undefined;
  const data = mkdtempSync(join(tmpdir(), 'scheduling-service-'));
  const from = new Date(firstWholeDay()).toISOString();
  // Compiling takes a tenth of a second; through tsx each start would take a second more of processor time.
  const compiled = await compile([MAIN]);
  const file = compiledIn(compiled.folder, MAIN);
  const words = ['--enable-source-maps', file, '--port', '0', '--data', data, '--from', from, ...args];
  const child = spawn(process.execPath, words, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = (): void => void child.kill();
  // The starting process may end without calling `stop()`.
  const abandon = (): void => {
    kill();
    compiled.remove();
  };
  process.once('exit', abandon);
  const stop = async (): Promise<void> => {
    process.off('exit', abandon);
    abandon();
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  const giveUp = setTimeout(kill, GUARD);
  try {
    for await (const text of createInterface({ input: child.stdout })) {
      if (!text.startsWith('{')) continue;
      child.stdout.resume(); // later output is not needed, but must not fill the pipe
      return { addresses: JSON.parse(text) as ServiceAddresses, stop };
    }
  } finally {
    clearTimeout(giveUp);
  }
  throw new Error(`${MAIN} ended without saying where it listens`);
}
