import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../src/server/bin.ts', import.meta.url));

/** A command that was started. */
export interface CliRun {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; said: string }>;
  /** The first match in what it says. */
  heard(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Starts `booking-widget` as whoever types it would. */
export function runCli(words: readonly string[], env: Readonly<Record<string, string>> = {}): CliRun {
  const child = spawn(process.execPath, ['--import', 'tsx', CLI, ...words], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const heed = new Set<() => void>();
  const hear = (part: Buffer): void => {
    said += part.toString();
    heed.forEach((look) => look());
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<{ code: number | null; said: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, said })),
  );
  return {
    child,
    ended,
    heard: (pattern) =>
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
