import type { Runtime } from './runtime.js';

/** A path that is no literal: bundlers for other runtimes, which hand in their own, must not follow it. */
const load = async (path: string): Promise<Runtime> =>
  ((await import(path)) as { readonly runtime: Runtime }).runtime;

/** What the companion runs on where nothing is handed in. */
export const loadNodeRuntime = (): Promise<Runtime> => load('./on-node/runtime.js');
