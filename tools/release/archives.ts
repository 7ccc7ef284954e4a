import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { zipSync } from 'fflate';
import type { Files } from './files.js';
import type { Manifest } from './manifests.js';

/** A zip with the same bytes for the same files. A zip knows no time zones: local midnight is written as midnight everywhere. */
export const zipOf = (files: Files): Uint8Array =>
  zipSync(Object.fromEntries(files), { level: 9, mtime: new Date(1980, 0, 1) });

/** Packs files and a manifest with npm into the folder `into`; returns the name of the tarball. npm's tarballs hold no times. */
export function npmTarball(manifest: Manifest, files: Files, into: string): string {
  const stage = mkdtempSync(join(tmpdir(), 'package-'));
  try {
    for (const [name, bytes] of files) {
      mkdirSync(dirname(join(stage, name)), { recursive: true });
      writeFileSync(join(stage, name), bytes);
    }
    writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', resolve(into)];
    const printed = execFileSync('npm', words, {
      cwd: stage,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    const [packed] = JSON.parse(printed) as { readonly filename: string }[];
    if (!packed) throw new Error(`npm packed nothing: ${printed}`);
    return packed.filename;
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}
