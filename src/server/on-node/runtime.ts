import type { Runtime } from '../runtime.js';
import { openStore } from '../store/open-store.js';
import { builtFile } from './built-widget.js';
import { openConnections } from './connections.js';
import { dashboardFile } from './dashboard-files.js';
import { packers, unpackers } from './packing.js';
import { openDigest } from './digest.js';
import { processFigures } from './process-figures.js';

/** Everything that the companion needs, on Node. */
export const runtime: Runtime = {
  openStore,
  openConnections,
  packers,
  openDigest,
  unpackers,
  widgetFile: builtFile,
  dashboardFile,
  figures: processFigures,
};
