import { Results } from './results.js';
import { rotated, type Scene } from './scenes/scene.js';
import type { World } from './world.js';

export interface RunOptions {
  readonly quick: boolean;
  /** At most so many of each scene. */
  readonly most: number;
  readonly say: (line: string) => void;
}

/** Measures every contender of each scene, pass by pass, so that what disturbs one pass disturbs all of its contenders. */
export async function run(
  world: World,
  scenes: readonly Scene[],
  { quick, most, say }: RunOptions,
): Promise<Results> {
  const results = new Results();
  for (const scene of scenes) {
    const contenders = quick ? scene.quick : scene.contenders;
    if (!contenders) continue;
    const started = performance.now();
    const passes = quick ? 1 : Math.min(scene.passes, most);
    for (let pass = 0; pass < passes; pass++)
      for (const contender of rotated(contenders, pass))
        results.add(scene.name, contender, await scene.measure(world, contender, pass));
    say(`${scene.name}: ${passes} passes, ${((performance.now() - started) / 1000).toFixed(0)} s`);
  }
  return results;
}
