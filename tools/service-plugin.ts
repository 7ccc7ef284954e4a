import type { TestRunnerPlugin } from '@web/test-runner-core';
import { startSchedulingService, type RunningService } from './scheduling-service.js';

/** Runs the local scheduling service beside the tests and gives pages its addresses (`test/helpers/service.ts`). */
export function servicePlugin(): TestRunnerPlugin {
  let service: RunningService | undefined;
  return {
    name: 'scheduling-service',
    async serverStart() {
      service = await startSchedulingService();
    },
    serverStop: () => service?.stop(),
    serve: ({ path }) =>
      path === '/__service.js'
        ? { body: `export default ${JSON.stringify(service?.addresses ?? {})};`, type: 'js' }
        : undefined,
  };
}
