// A process that writes to the embedded store in the folder it is given, again and again without a pause, until it is killed.
import { openEmbedded } from '../../src/server/store/embedded.js';

/** Milliseconds that each transaction holds the lock. */
const HELD = 100;

interface Tables {
  word: { word: string };
}

const store = await openEmbedded(process.argv[2] ?? '');

async function write(): Promise<never> {
  for (;;)
    await store.exclusive<Tables, undefined>('hog', async (trx) => {
      await trx.insertInto('word').values({ word: 'hog' }).execute();
      const started = performance.now();
      while (performance.now() - started < HELD);
      return undefined;
    });
}

// Several, so that the next one waits already when one ends.
void Promise.all([write(), write(), write()]);
process.send?.('writing');
