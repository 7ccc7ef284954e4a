// A process that writes one word to the embedded store in the folder it is given, and closes it.
import { openEmbedded } from '../../src/server/store/embedded.js';

const store = await openEmbedded(process.argv[2] ?? '');
await store.tables<{ word: { word: string } }>().insertInto('word').values({ word: 'theirs' }).execute();
await store.close();
