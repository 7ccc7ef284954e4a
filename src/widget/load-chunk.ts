import { CHUNK_TIMEOUT_MS } from './durations.js';
import { yieldToMain } from './platform/yield-to-main.js';

/** Fetches a chunk; remembers the promise, so the function itself identifies the chunk. */
interface ChunkImport<Chunk> {
  (): Promise<Chunk>;
  promised?: Promise<Chunk> | undefined;
}

/**
 * Fetches one of our own lazily loaded chunks, once for all widgets: an `import()` of a loaded module still takes a task
 * in some engines. A chunk that does not come within 20 s counts as failed; a failure is not remembered, the next call
 * tries again.
 */
export const loadChunk = <Chunk>(load: ChunkImport<Chunk>): Promise<Chunk> =>
  (load.promised ??= new Promise<Chunk>((resolve, reject) => {
    const timer = setTimeout(reject, CHUNK_TIMEOUT_MS, new Error('Chunk took longer than 20 s'));
    load()
      // What follows from a chunk is not part of the task that has evaluated it.
      .then((chunk) => yieldToMain().then(() => resolve(chunk)))
      .catch(reject)
      .finally(() => clearTimeout(timer));
  }).catch((cause: unknown) => {
    load.promised = undefined;
    throw cause;
  }));
