/*
 * The companion without what only Node has; docs/decisions/0187 explains why. Types are left out: nothing loads them.
 */
import { builtinModules } from 'node:module';

const NODES = [
  `^(node:)?(${builtinModules.map((name) => name.replaceAll('.', '\\.')).join('|')})$`,
  '^node:',
  '^node_modules/(@hono/node-server|@opentelemetry/exporter-prometheus/build/src/index|libsql|pg|undici)(/|\\.|$)',
];

export default {
  forbidden: [
    {
      name: 'edge-without-node',
      comment:
        'What runs everywhere reaches no module of Node and no native package: `Runtime` hands those in.',
      severity: 'error',
      from: { path: '^src/server/(index|edge)\\.ts$' },
      to: { path: NODES.join('|'), reachable: true },
    },
  ],
  options: {
    tsPreCompilationDeps: false,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default'] },
  },
};
