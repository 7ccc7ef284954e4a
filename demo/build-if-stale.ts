import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const BUILT = 'dist/booking-widget.js';
const SOURCES = ['src', 'vite.config.ts', 'package.json'];

const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const newestIn = (path: string): number => {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return changedAt(path);
  const inside = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return Math.max(0, ...inside.map((name) => changedAt(join(path, name))));
};

/** Whether the built widget is missing or older than what it is built from. */
export function isStale(root: string): boolean {
  const newest = Math.max(...SOURCES.map((source) => newestIn(join(root, source))));
  return changedAt(join(root, BUILT)) < newest;
}

/** Builds when needed; false when that failed. */
export function buildIfStale(root: string, log: (line: string) => void): boolean {
  if (!isStale(root)) return true;
  log('Building the widget …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status, error } = spawnSync(npm, ['run', 'build'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (error) log(`npm could not be started: ${error.message}`);
  return status === 0;
}
