import type { Parameters } from 'fast-check';

/**
 * How often each property is tried: few enough for every run, or as many as `PROPERTY_RUNS` says
 * (`PROPERTY_RUNS=100000 node --import tsx tools/node-tests.ts test/properties --timeout 1800`). A failure prints its
 * seed; `PROPERTY_SEED` repeats it.
 */
export const runs = (usual = 2000): Parameters<unknown> => ({
  numRuns: Number(process.env['PROPERTY_RUNS']) || usual,
  ...(process.env['PROPERTY_SEED'] && { seed: Number(process.env['PROPERTY_SEED']) }),
});
