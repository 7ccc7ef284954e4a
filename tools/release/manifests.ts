import { COMPANION, ELEMENT, REPOSITORY } from './addresses.js';

/** The parts of package.json that the published manifests are made from. */
export interface DevelopmentManifest {
  readonly version: string;
  readonly license: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

export type Manifest = Readonly<Record<string, unknown>>;

/** Fields that only development needs. `private` keeps `npm publish` from sending package.json as it is. */
const DEVELOPMENT = ['private', 'scripts', 'devDependencies', 'overrides', 'files'];

/** The manifest of `booking-widget-element`: package.json without what only development needs. */
export const elementManifest = (root: DevelopmentManifest): Manifest => ({
  ...Object.fromEntries(Object.entries(root).filter(([field]) => !DEVELOPMENT.includes(field))),
  name: ELEMENT,
});

/** Packages that the companion's modules import. A test compares the list with the imports. */
const COMPANION_PACKAGES = [
  '@hono/node-server',
  '@opentelemetry/api',
  '@opentelemetry/exporter-metrics-otlp-http',
  '@opentelemetry/exporter-prometheus',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-metrics',
  'cli-progress',
  'cli-table3',
  'cockatiel',
  'hono',
  'isbot',
  'kysely',
  'leven',
  'libsql',
  'lru-cache',
  'pg',
  'pino',
  'rate-limiter-flexible',
  'undici',
  'zod',
];

const BIN = './dist/esm/server/bin.js';

const companionEntry = (name: string): Manifest => ({
  types: `./dist/esm/server/${name}.d.ts`,
  default: `./dist/esm/server/${name}.js`,
});

/**
 * The manifest of `booking-widget-companion`, with the versions that package.json develops and tests with. Throws when
 * package.json lacks one of the packages.
 */
export function companionManifest(root: DevelopmentManifest): Manifest {
  const { version, license, engines, repository, bugs } = root;
  const dependencies = Object.fromEntries(
    COMPANION_PACKAGES.map((name) => {
      const range = root.devDependencies[name];
      if (range === undefined) throw new Error(`package.json names no version of ${name}`);
      return [name, range];
    }),
  );
  return {
    name: COMPANION,
    version,
    description:
      'The optional server beside <booking-widget>: slots from one cache for all visitors, API keys that stay on the server, load figures and a dashboard.',
    keywords: ['booking', 'scheduling', 'cal.com', 'calendly', 'server', 'cache', 'webhooks', 'hono'],
    homepage: `${REPOSITORY}/blob/main/docs/companion.md`,
    bugs,
    repository,
    license,
    type: 'module',
    engines,
    bin: { [COMPANION]: BIN },
    main: './dist/esm/server/index.js',
    types: './dist/esm/server/index.d.ts',
    exports: {
      '.': companionEntry('index'),
      './edge': companionEntry('edge'),
      './node': companionEntry('node'),
      './package.json': './package.json',
    },
    sideEffects: [BIN, './dist/esm/server/cli.js'],
    dependencies,
  };
}
