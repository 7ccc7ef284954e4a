import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../src/server/bin.ts', import.meta.url));

/** A command that was started. */
export interface CliRun {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; said: string }>;
  /** The first match in what it says. */
  output(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Starts `booking-widget` as its user types it. */
export function runCli(words: readonly string[], env: Readonly<Record<string, string>> = {}): CliRun {
  const child = spawn(process.execPath, ['--import', 'tsx', CLI, ...words], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const heed = new Set<() => void>();
  const append = (part: Buffer): void => {
    said += part.toString();
    heed.forEach((look) => look());
  };
  child.stdout.on('data', append);
  child.stderr.on('data', append);
  const ended = new Promise<{ code: number | null; said: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, said })),
  );
  return {
    child,
    ended,
    output: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(said);
          if (match) resolve(match);
        };
        heed.add(look);
        look();
        void ended.then(() => reject(new Error(`ended without ${pattern}:\n${said}`)));
      }),
  };
}
