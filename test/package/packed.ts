import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';

export const run = promisify(execFile);

export const ROOT = process.cwd();

/** A program of the repository's own packages. */
export const bin = (name: string): string => join(ROOT, 'node_modules/.bin', name);

export interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | { readonly types?: string; readonly default?: string }>>;
  readonly [field: string]: unknown;
}

/** Makes a release of a build, in a new folder, and returns that folder. */
export async function makeRelease(dist = 'dist'): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  await run(process.execPath, ['--import', 'tsx', 'scripts/release.ts', `--dist=${dist}`, `--out=${folder}`]);
  return folder;
}

/** The tarball in a release whose name begins with a package's name. */
export function tarballOf(release: string, name: string): string {
  const file = readdirSync(release).find((each) => each.startsWith(`${name}-`) && each.endsWith('.tgz'));
  assert.ok(file, `no tarball of ${name}`);
  return join(release, file);
}

/** Packages of the repository, so that a test needs no registry. */
export function link(into: string, names: readonly string[]): void {
  for (const name of names) {
    const place = join(into, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), place);
  }
}

/** An empty project that has installed a tarball, and nothing but what its manifest depends on. */
export interface Consumer {
  readonly project: string;
  /** Where the package is. */
  readonly installed: string;
  readonly about: PackageJson;
  /** Runs a module of the project in Node; it prints JSON. */
  readonly inNode: (code: string) => Promise<unknown>;
}

export async function installInto(project: string, tarball: string, name: string): Promise<Consumer> {
  const installed = join(project, 'node_modules', name);
  mkdirSync(installed, { recursive: true });
  await run('tar', ['-xzf', tarball, '--strip-components=1', '-C', installed]);
  const about = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as PackageJson;
  link(project, Object.keys(about.dependencies));
  return {
    project,
    installed,
    about,
    inNode: async (code) => {
      const words = ['--input-type=module', '--eval', code];
      const { stdout } = await run(process.execPath, words, { cwd: project });
      return JSON.parse(stdout) as unknown;
    },
  };
}

/** The packages that the modules of a package and their types import, those of Node not included. */
export function importedPackages(installed: string): string[] {
  const found = new Set<string>();
  for (const file of readdirSync(installed, { recursive: true, encoding: 'utf8' }))
    if (/^dist\/esm\/.*(\.d\.ts|\.js)$/.test(file) && !/\/(client|bundled)\//.test(file))
      for (const { fileName } of ts.preProcessFile(readFileSync(join(installed, file), 'utf8'), true, true)
        .importedFiles)
        if (!/^(\.|node:)/.test(fileName)) found.add(/^(@[^/]+\/)?[^/]+/.exec(fileName)?.[0] ?? fileName);
  return [...found].sort();
}
