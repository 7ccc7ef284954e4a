import { parseArgs } from 'node:util';
import { run } from './run.js';
import { inView } from './scenes/in-view.js';
import { openWorld } from './world.js';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const world = await openWorld();
try {
  const results = await run(world, [inView], { quick: values.quick, say: console.log });
  console.log(JSON.stringify(results, null, 1), world.weight);
} finally {
  await world.close();
}
