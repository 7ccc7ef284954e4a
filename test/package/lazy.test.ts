import assert from 'node:assert/strict';
import { brotliCompressSync } from 'node:zlib';
import { describe, it } from 'node:test';
import { build, type Rolldown } from 'vite';

/** What an app with this one import has in its first file, and what comes later, as bytes after brotli. */
async function bundled(entry: string): Promise<{ first: number; later: number }> {
  const virtual = '\0app';
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'app',
        resolveId: (id) => (id === 'app' ? virtual : null),
        load: (id) =>
          id === virtual
            ? `import ${JSON.stringify(`${process.cwd()}/dist/esm/entries/${entry}.js`)};`
            : null,
      },
    ],
    build: { write: false, rolldownOptions: { input: 'app' }, modulePreload: false },
  });
  const { output } = result as Rolldown.RolldownOutput;
  const chunks = output.filter((file) => file.type === 'chunk');
  const isFirst = new Set<string>();
  const add = (name: string): void => {
    const chunk = chunks.find(({ fileName }) => fileName === name);
    if (!chunk || isFirst.has(name)) return;
    isFirst.add(name);
    chunk.imports.forEach(add);
  };
  chunks.filter(({ isEntry }) => isEntry).forEach(({ fileName }) => add(fileName));
  const bytes = (wanted: boolean): number =>
    chunks
      .filter(({ fileName }) => isFirst.has(fileName) === wanted)
      // The hashes in the names of later files differ from build to build, and so does how well they are compressed.
      .map(({ code }) => code.replace(/-[\w-]{8}(?=\.js\b)/g, ''))
      .reduce((sum, code) => sum + brotliCompressSync(code).length, 0);
  return { first: bytes(true), later: bytes(false) };
}

describe('what an import costs an app', () => {
  it('is about 2 kB for `lazy`, and the element comes in files of its own', async () => {
    const { first, later } = await bundled('lazy');
    assert.ok(first > 1000 && first < 3000, `${first} bytes`);
    assert.ok(later > 20_000, `${later} bytes`);
  });

  it('is the element for `define` and `auto`', async () => {
    for (const entry of ['define', 'auto']) {
      const { first } = await bundled(entry);
      assert.ok(first > 15_000 && first < 30_000, `${entry}: ${first} bytes`);
    }
  });
});
