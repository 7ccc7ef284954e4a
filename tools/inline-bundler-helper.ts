import type { Plugin } from 'vite';

const IMPORT = /\bimport\s*\{\s*(\w+)(?:\s+as\s+(\w+))?\s*\}\s*from\s*["'`]\.\/rolldown-runtime\.js["'`];?/;
const HELPER_FILE = /\/rolldown-runtime\.js$/;

/** An object with a getter for each export, as the bundler's own helper makes it. */
const define = (name: string): string =>
  `const ${name}=getters=>Object.defineProperties({},Object.fromEntries(Object.entries(getters).map(([name,get])=>[name,{get,enumerable:true}])));`;

/**
 * The bundler puts a helper for chunks that are imported both lazily and by others into a file of its own. A browser asks for
 * that file only when the first chunk has come: one round trip more before anything runs. Each chunk gets its own copy instead.
 */
export const inlineBundlerHelper = (): Plugin => ({
  name: 'inline-bundler-helper',
  renderChunk(code) {
    const found = IMPORT.exec(code);
    if (!found) return null;
    const [statement, exported = '', local = exported] = found;
    return { code: code.replace(statement, define(local)), map: null };
  },
  generateBundle(_, bundle) {
    for (const file of Object.keys(bundle)) if (HELPER_FILE.test(file)) delete bundle[file];
  },
});
