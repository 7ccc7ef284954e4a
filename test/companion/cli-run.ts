import { spawn, type ChildProcess } from 'node:child_process';
import { program } from '../../tools/program.js';
import { until } from './until.js';

const CLI = program(new URL('../../src/server/bin.ts', import.meta.url));

/** Milliseconds after which waiting for output is given up: a guard against hanging, and far more than a slow machine needs. */
const GUARD = 120_000;

/** A command that was started. */
export interface CliRun {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; said: string }>;
  /** The first match in what it says. */
  output(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Starts `booking-widget` as its user types it. */
export function runCli(words: readonly string[], env: Readonly<Record<string, string>> = {}): CliRun {
  const child = spawn(process.execPath, [...CLI.options, CLI.file, ...words], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let isEnded = false;
  const append = (part: Buffer): void => void (said += part.toString());
  child.stdout.on('data', append);
  child.stderr.on('data', append);
  const ended = new Promise<{ code: number | null; said: string }>((resolve) =>
    child.on('close', (code) => {
      isEnded = true;
      resolve({ code, said });
    }),
  );
  return {
    child,
    ended,
    async output(pattern) {
      await until(() => pattern.test(said) || isEnded, GUARD);
      const match = pattern.exec(said);
      if (!match) throw new Error(`ended without ${pattern}:\n${said}`);
      return match;
    },
  };
}
