import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, relative } from 'node:path';

const FOLDER = 'node_modules/.cache/unit-pages';

/**
 * Writes a test file for each folder of test files, which imports them: their tests run in one page. A page costs an engine
 * more time than the tests of pure code in it. What needs a page of its own is in `test/browser`.
 *
 * @param files test files, relative to the working directory, with `/`
 * @returns the written files
 */
export function unitPages(files: readonly string[]): string[] {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const folders = [...new Set(files.map(dirname))].sort();
  return folders.map((folder) => {
    const page = `${FOLDER}/${basename(folder)}.test.ts`;
    const imports = files
      .filter((file) => dirname(file) === folder)
      .sort()
      .map((file) => `import '${relative(FOLDER, file)}';\n`);
    writeFileSync(page, imports.join(''));
    return page;
  });
}

/** Where the tests of a file are written: its own path, or the folder that a page of unit tests is made of. */
export const sourceOf = (file: string): string =>
  file.startsWith(`${FOLDER}/`) ? `test/unit/${basename(file, '.test.ts')}` : file;
