import type { TestRunnerPlugin } from '@web/test-runner-core';
import { startCdn, type Cdn } from './cdn.js';

/** Runs a content network for what was built beside the tests (`test/helpers/cdn.ts`). */
export function cdnPlugin(): TestRunnerPlugin {
  let cdn: Cdn | undefined;
  return {
    name: 'cdn',
    async serverStart() {
      cdn = await startCdn();
    },
    serverStop: () => cdn?.stop(),
    serve({ path }) {
      if (path === '/__cdn.js') return { body: `export default ${JSON.stringify(cdn?.origin)};`, type: 'js' };
      const page = path.startsWith('/__page/') ? cdn?.pageOf(path.slice('/__page/'.length)) : undefined;
      return page && { body: page.html, type: 'html', ...(page.headers && { headers: { ...page.headers } }) };
    },
  };
}
