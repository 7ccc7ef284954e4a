// A worker in a process of its own that is killed at a stage of its work: `in <lock>` inside that transaction, before it is
// committed, or `after <lock>`. Options of the companion as JSON, then the stage.
import { openContext } from '../../src/server/open-context.js';
import type { CompanionOptions } from '../../src/server/index.js';
import { openWorker } from '../../src/server/queue/worker.js';
import type { Store } from '../../src/server/store/store.js';
import { WEBHOOK, webhookJobs } from '../../src/server/webhooks/webhook-jobs.js';

const [options = '{}', stage = ''] = process.argv.slice(2);
const context = await openContext(JSON.parse(options) as CompanionOptions);

const die = (): Promise<never> => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
};

const store: Store = {
  ...context.store,
  async exclusive(lock, work) {
    const result = await context.store.exclusive(lock, async (trx: Parameters<typeof work>[0]) => {
      const done = await work(trx);
      return stage === `in ${lock}` ? die() : done;
    });
    return stage === `after ${lock}` ? die() : result;
  },
};

const mortal = { ...context, store };
openWorker(mortal, { [WEBHOOK]: webhookJobs(mortal) }).start();
