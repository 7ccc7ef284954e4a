// A companion in a process of its own: options as JSON, `speed` makes its clock run faster, with `probe` it answers `heldOf`.
// Prints its address.
import { createCompanion, type CompanionOptions } from '../../../src/server/index.js';
import { serve } from '../../../src/server/node.js';
import { tellHeld } from './held.js';
import { tellUsage } from './usage.js';

const {
  speed = 1,
  probe = false,
  ...options
} = JSON.parse(process.argv[2] ?? '{}') as CompanionOptions & {
  speed?: number;
  probe?: boolean;
};
const began = Number(process.argv[3] ?? Date.now());
const companion = await createCompanion({
  log: 'silent',
  clientLimit: 100_000_000,
  ...options,
  ...(speed !== 1 && { now: () => Math.round(began + (Date.now() - began) * speed) }),
});
const { origin, stop } = await serve(companion, { port: 0 });
console.log(origin);
if (probe) tellHeld();
else tellUsage();
process.on('SIGTERM', () => void stop().then(() => process.disconnect()));
