import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

const MARKUP = 'builds markup from text: use DOM calls';

const MARKUP_PROPERTIES = [
  ...['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe', 'createContextualFragment'].map(
    (property) => ({ property, message: MARKUP }),
  ),
  { object: 'document', property: 'write', message: MARKUP },
];
const SLEEP = 'a test waits for what it wants to see (waitUntil, an event), never for time to pass';

export default tseslint.config(
  { ignores: ['dist/', 'release/', 'coverage/', 'test-results/', 'playwright-report/', '**/*.{js,mjs,cjs}'] },
  // A rule that is wrong here is changed here, once and with its reason, not switched off in the places it hurts.
  { linterOptions: { noInlineConfig: true, reportUnusedInlineConfigs: 'off' } },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // `interface HTMLElementEventMap extends BookingEventMap {}` is how a global map is added to.
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      // Numbers and booleans read well in templates; objects still must not.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // `import('…')` as a type names a lazy chunk without loading it.
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        {
          argsIgnorePattern: '^_',
          varsIgnorePattern: '^_',
          destructuredArrayIgnorePattern: '^_',
          ignoreRestSiblings: true,
        },
      ],
      // Functions that come in an object are mostly closures here; what has a `this` of its own is a class.
      '@typescript-eslint/unbound-method': 'off',
      // `class {}` stands in for a base class that a server does not have.
      '@typescript-eslint/no-extraneous-class': ['error', { allowEmpty: true }],
      // What is written into an attribute or a message becomes text, whatever it was.
      '@typescript-eslint/no-base-to-string': 'off',
      // A record keyed by what came in is what `delete` is for.
      '@typescript-eslint/no-dynamic-delete': 'off',
      'no-restricted-properties': ['error', ...MARKUP_PROPERTIES],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-eval': 'error',
    },
  },
  {
    files: ['src/widget/**', 'src/loader/**', 'src/entries/**'],
    ignores: ['src/widget/observers/debug-log.ts', 'src/widget/trusted-types-notice.ts'],
    rules: {
      // What the widget says to the site owner goes through the debug log. The other file speaks where no widget can start.
      'no-console': 'error',
    },
  },
  {
    files: ['src/widget/**', 'src/loader/**', 'src/scheduling/**', 'src/protocol/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...MARKUP_PROPERTIES,
        {
          object: 'Array',
          property: 'from',
          message: 'old libraries of host pages replace it by one that takes no function: use a spread',
        },
      ],
    },
  },
  {
    files: ['src/widget/**', 'src/loader/**', 'src/entries/**'],
    extends: [wc.configs['flat/recommended']],
    rules: {
      // TypeScript's DOM promises more than every browser keeps: guards stay.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      'wc/guard-super-call': 'off', // the base class is not always there: on a server it is nothing
    },
  },
  {
    files: ['src/**'],
    rules: { 'max-lines': ['error', 300] }, // a file that needs more holds more than one concept
  },
  {
    files: ['test/**'],
    rules: {
      'max-lines': ['error', 400],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "NewExpression[callee.name='Promise'] CallExpression[callee.name='setTimeout'][arguments.length>1]",
          message: SLEEP,
        },
        { selector: 'ImportDeclaration[source.value=/timers.promises/]', message: SLEEP },
        { selector: "ImportSpecifier[imported.name='aTimeout']", message: SLEEP },
        { selector: "CallExpression[callee.property.name='waitForTimeout']", message: SLEEP },
      ],
      // `querySelector<HTMLElement>` and helpers like it: the caller knows what it looks for.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // chai's `expect(x).to.be.true`
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          // node:test's describe() and it() return promises that the runner awaits.
          // A snapshot plug-in makes chai's `equal` look asynchronous; it is not.
          allowForKnownSafeCalls: [
            { from: 'package', package: 'chai', name: 'Equal' },
            {
              from: 'package',
              package: 'node:test',
              name: ['describe', 'it', 'test', 'suite', 'before', 'after'],
            },
          ],
        },
      ],
    },
  },
  {
    // A load lasts as long as it says, and its visitors pause.
    files: ['test/bench/**'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['test/types/**'],
    rules: {
      // What these files write is wrong on purpose, in places.
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  {
    // A frozen process or a hung database stays so for some seconds, and load comes at a pace: there time is what is tested.
    files: ['test/chaos/**'],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
