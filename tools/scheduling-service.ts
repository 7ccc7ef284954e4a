import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ServiceAddresses } from '../test/helpers/service.js';
import { firstWholeDay } from './first-whole-day.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MAIN = 'demo/service/main.ts';

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
  const words = ['--import', 'tsx', MAIN, '--port', '0', '--data', data, '--from', from, ...args];
  const child = spawn(process.execPath, words, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = (): void => void child.kill();
  process.once('exit', kill); // the starting process may end without calling `stop()`
  const stop = async (): Promise<void> => {
    process.off('exit', kill);
    kill();
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  const giveUp = setTimeout(kill, 20_000);
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
