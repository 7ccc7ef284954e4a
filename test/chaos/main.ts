// `npm run chaos [-- --engine embedded|postgres --minutes 2 --seed 1 --instances 3]`: disturbs companions under load on both
// stores, and compares what they stored and answered with a model that knows what was acknowledged. Loopback only.
import { parseArgs } from 'node:util';
import { faultsIn, runChaos } from './run-chaos.js';

const { values } = parseArgs({
  options: {
    engine: { type: 'string' },
    minutes: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    instances: { type: 'string', default: '3' },
  },
});
const ENGINES = ['embedded', 'postgres'] as const;
const engines = ENGINES.filter((engine) => values.engine === undefined || values.engine === engine);

for (const engine of engines) {
  const started = performance.now();
  const verdict = await runChaos({
    engine,
    seed: Number(values.seed),
    instances: Number(values.instances),
    ms: Number(values.minutes) * 60_000,
    length: 3000,
    every: 60,
    onStep: (what) =>
      console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(7)} s  ${what}`),
  });
  const { counts, disturbances, ...figures } = verdict;
  const times = counts.times.toSorted((a, b) => a - b);
  const percentile = (share: number): number => Math.round(times[Math.floor(times.length * share)] ?? 0);
  console.log(`\n${engine}, seed ${values.seed}`);
  console.log(
    JSON.stringify(
      {
        ...figures,
        lost: figures.lost.length,
        doubled: figures.doubled.length,
        wrong: figures.wrong.length,
        callsOverBudget: Math.max(0, figures.mostInMinute - figures.budget),
      },
      null,
      2,
    ),
  );
  console.log(
    JSON.stringify({
      deliveries: counts.deliveries,
      questions: counts.questions,
      answeredWithTimes: times.length,
      p50: percentile(0.5),
      p95: percentile(0.95),
      hostile: counts.hostile,
      disturbances,
    }),
  );
  const faults = faultsIn(verdict);
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}
