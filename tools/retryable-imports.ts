import type { Plugin } from 'vite';

const IMPORTS = /\bimport\((["'`])\.\/([\w./-]+\.js)\1\)/g;

/** Imports a file, and once more under another address when that fails. */
const importAgain = (address: string): string =>
  `(a=>import(a).catch(()=>import(a+"?"+Date.now())))(${address})`;

/**
 * Chromium and Firefox remember for as long as a page lives that a module failed to load: the same `import()` then fails
 * again without a request (https://github.com/whatwg/html/issues/6768). In built files, an `import()` of another of our
 * files that fails is repeated once under another address, which is another module to the browser. So every later
 * call of `loadChunk` (src/widget/load-chunk.ts) sends a request.
 *
 * @param base expression that names the folder which imports are relative to; by default the importing file's own. Such
 *   a file is one classic script, and has one function for all its imports.
 */
export const retryableImports = (base?: string): Plugin => ({
  name: 'retryable-imports',
  renderChunk(code) {
    if (!base)
      return {
        code: code.replace(IMPORTS, (_, _quote, file: string) => importAgain(`"./${file}"`)),
        map: null,
      };
    const calls = code.replace(IMPORTS, (_, _quote, file: string) => `importAgain("${file}")`);
    const helper = `const importAgain=file=>${importAgain(`${base}+file`)};`;
    return { code: calls.replace(/^\(function\(.*?\)\s*\{/, `$&${helper}`), map: null };
  },
});
