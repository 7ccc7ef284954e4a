import type { Plugin } from 'vite';

/**
 * Chromium and Firefox remember for as long as a page lives that a module could not be had, so importing it again
 * fails without asking anybody. In our built files an import that failed is at once asked for under another address,
 * which is another module to the browser; that makes every later "try again" a real one.
 */
export const retryableImports = (): Plugin => ({
  name: 'retryable-imports',
  renderChunk(code) {
    const imports = /\bimport\((["'`])\.\/([\w.-]+)\.js\1\)/g;
    if (!imports.test(code)) return null;
    const helper =
      'const importAgain=name=>import("./"+name+".js").catch(()=>import("./"+name+".js?"+Date.now()));';
    return { code: helper + code.replace(imports, 'importAgain("$2")'), map: null };
  },
});
