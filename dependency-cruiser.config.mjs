/*
 * Which way imports may go; docs/decisions/0092 explains why. `depcruise src demo` checks every file, imports of types and
 * lazy imports included. Rules in `HELD` fail `npm test`. `IMPORTS=target` adds the rules of the layout that the widget is
 * moving to; a rule moves from `TARGET` to `HELD` once it holds.
 */

/** @typedef {import('dependency-cruiser').IForbiddenRuleType} Rule */

/**
 * Modules that `from` matches may import only their own folder and what `only` matches.
 * @param {string} name @param {string} comment @param {string} from @param {string[]} only @param {object} [to]
 * @returns {Rule}
 */
const imports = (name, comment, from, only, to = {}) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: [from, ...only], ...to },
});

/** @param {string} name @param {string} comment @param {object} from @param {object} to @returns {Rule} */
const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** An import of values: types are erased, and cost a browser nothing. */
const VALUES = { dependencyTypesNot: ['type-only', 'type-import'] };
const BROWSER = '^src/(entries|loader|widget|scheduling|dashboard)/';
const FEATURES = 'frame|availability|booking|dialog|metrics|live|holds|locales|providers|views';

/** @type {Rule[]} */
const HELD = [
  never(
    'no-cycles',
    'Modules that import one another can only be read, tested and moved together.',
    { path: '^(src|demo)/' },
    { circular: true },
  ),
  never('resolved', 'A relative import has to lead to a file.', {}, { path: '^\\.', couldNotResolve: true }),
  imports('protocol', 'Shapes that cross the network depend on nothing but zod/mini.', '^src/protocol/', [
    '^node_modules/zod/',
  ]),
  imports('scheduling', 'Rules of slots are shared by widget and server.', '^src/scheduling/', [
    '^src/protocol/',
  ]),
  never(
    'protocol-as-types',
    'In a browser, protocol is types: its parsers are too large.',
    { path: BROWSER },
    { path: '^(src/protocol/|node_modules/zod/)', ...VALUES },
  ),
  never(
    'browser-without-node',
    'A browser has no Node modules.',
    { path: BROWSER },
    { dependencyTypes: ['core'] },
  ),
  never(
    'browser-without-server',
    'Server code is not for browsers.',
    { path: BROWSER, pathNot: '^src/dashboard/' },
    { path: '^src/server/' },
  ),
  never(
    'dashboard-knows-types-of-server',
    'The dashboard knows the shapes of the server’s responses.',
    { path: '^src/dashboard/' },
    { path: '^src/server/', ...VALUES },
  ),
  imports('server', 'Server and widget share protocol and scheduling only.', '^src/server/', [
    '^src/(protocol|scheduling)/',
    '^src/version',
    '^(?!src/|demo/|test/|tools/|scripts/)',
  ]),
  never(
    'server-without-runner',
    'The companion does not depend on how it is run.',
    { path: '^src/server/', pathNot: '^src/server/(bin|cli|commands/|on-node/|node\\.)' },
    { path: '^src/server/(node\\.|cli|commands/|on-node/)' },
  ),
  never(
    'store-below',
    'The store does not depend on what uses it.',
    { path: '^src/server/store/' },
    {
      path: '^src/server/',
      pathNot: '^src/server/(store/|store-failure|durations|options|missing-package|timers|sha256)',
    },
  ),
  never(
    'published',
    'What is published imports what is published.',
    { path: '^src/' },
    { path: '^(demo|test|tools|scripts)/' },
  ),
  never(
    'entries-on-top',
    'Nothing imports an entry, except another entry and the demo.',
    { path: '^src/', pathNot: '^src/entries/' },
    { path: '^src/entries/' },
  ),
  never(
    'index-without-side-effects',
    'Importing `booking-widget` registers nothing.',
    { path: '^src/entries/index' },
    { path: '^src/(entries|loader|widget/register)' },
  ),
  never(
    'features-apart',
    'Features of the widget do not know one another. Shared are the provider contract, and pure rules without state.',
    { path: `^src/widget/(${FEATURES})/` },
    {
      path: `^src/widget/(?:${FEATURES})/`,
      pathNot: [
        '^src/widget/$1/',
        '^src/widget/locales/',
        '^src/widget/providers/(provider|accepts-origin|answer-texts)',
        '^src/widget/booking/',
        '^src/widget/availability/(week-pages|slot-window)',
      ],
    },
  ),
  never(
    'contract-as-types',
    'Features know the provider contract by its types.',
    { path: '^src/widget/', pathNot: '^src/widget/(providers/|[^/]+$|controllers/)' },
    { path: '^src/widget/providers/provider\\.', ...VALUES },
  ),
  never(
    'features-below-element',
    'Features do not know the element.',
    { path: '^src/widget/[^/]+/' },
    { path: '^src/widget/booking-widget\\.ts$' },
  ),
  imports('demo', 'The demo uses what everybody can import.', '^demo/', [
    '^src/entries/',
    '^src/server/(index|node)\\.',
    '^src/protocol/',
    '^(?!src/)',
  ]),
];

/** What one part of the widget may import of the others (types and values). */
const part = (/** @type {string} */ folder, /** @type {string} */ comment, /** @type {string[]} */ ...only) =>
  imports(`target-${folder}`, comment, `^src/widget/${folder}/`, [
    ...only.map((path) => `^src/${path}`),
    '^src/(protocol|scheduling)/',
    '^(?!src/)',
  ]);

/** @type {Rule[]} */
const TARGET = [
  imports('target-entries', 'Entries connect loader and element.', '^src/entries/', [
    '^src/loader/',
    '^src/widget/(booking-widget|register|events)\\.',
    '^src/widget/providers/provider\\.',
    '^src/(protocol/|version)',
  ]),
  imports('target-element', 'The element connects its parts.', '^src/widget/(booking-widget|register)\\.', [
    '^src/widget/[^/]+$',
    '^src/widget/(state|controllers|observers|views)/',
    '^(?!src/)',
  ]),
  part('state', 'State and its changes are pure.', 'widget/providers/provider\\.', 'widget/options'),
  part('views', 'Views are functions of state and strings.', 'widget/(state|locales)/'),
  part(
    'controllers',
    'A controller performs the effects of one feature.',
    'widget/(state|frame|availability|booking|dialog|providers|locales)/',
    'widget/[^/]+$',
  ),
  part(
    'observers',
    'Observers subscribe to events; they change nothing.',
    'widget/(state|metrics)/',
    'widget/providers/provider\\.',
    'widget/[^/]+$',
  ),
  ...['frame', 'availability', 'booking', 'dialog', 'metrics', 'providers'].map((folder) =>
    part(
      folder,
      'Features know neither one another nor the state.',
      'widget/providers/provider\\.',
      'widget/[\\w-]+\\.ts$',
    ),
  ),
  part('locales', 'Texts depend on nothing.'),
  never(
    'target-controllers-apart',
    'Controllers meet in the store.',
    { path: '^src/widget/controllers/([^/]+)\\.ts$' },
    { path: '^src/widget/controllers/', pathNot: '^src/widget/controllers/$1' },
  ),
];

export default {
  forbidden: [...HELD, ...(process.env['IMPORTS'] === 'target' ? TARGET : [])],
  options: {
    tsPreCompilationDeps: true, // types, too
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
