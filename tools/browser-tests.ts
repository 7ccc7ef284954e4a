import { existsSync, readdirSync } from 'node:fs';
import { sep } from 'node:path';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter, type TestRunnerConfig } from '@web/test-runner';
import type { BrowserLauncher } from '@web/test-runner-core';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { bundledTests } from './bundled-tests.js';
import { cdnPlugin } from './cdn-plugin.js';
import { collectorPlugin } from './collector-plugin.js';
import { countBrowserTests } from './count-browser-tests.js';
import { chromiumLaunch, firefoxLaunch, wantedEngines, type Engine } from './engines.js';
import { guidesPlugin } from './guides-plugin.js';
import { namedTests } from './named-tests.js';
import { servicePlugin } from './service-plugin.js';
import { unitPages } from './unit-pages.js';
import { findMiniBrowser, freePort } from './webkit-driver.js';
import { webkitLauncher } from './webkit-launcher.js';

const launchers: Record<Engine, (reducedMotion: boolean) => BrowserLauncher> = {
  chromium: (reducedMotion) =>
    playwrightLauncher({
      product: 'chromium',
      concurrency: 2,
      launchOptions: chromiumLaunch,
      createBrowserContext: ({ browser }) =>
        browser.newContext({ reducedMotion: reducedMotion ? 'reduce' : 'no-preference' }),
    }),
  firefox: (reducedMotion) =>
    playwrightLauncher({
      product: 'firefox',
      concurrency: 1,
      launchOptions: firefoxLaunch({ reducedMotion }),
    }),
  webkit: (reducedMotion) =>
    findMiniBrowser()
      ? webkitLauncher({ reducedMotion })
      : playwrightLauncher({
          product: 'webkit',
          concurrency: 1,
          createBrowserContext: ({ browser }) =>
            browser.newContext({ reducedMotion: reducedMotion ? 'reduce' : 'no-preference' }),
        }),
};

/** Two at a time. The slowest come first: they have one page open each, and Chromium with two fills the rest. */
const browsers = (reducedMotion = false): BrowserLauncher[] =>
  wantedEngines()
    .reverse()
    .map((engine) => launchers[engine](reducedMotion));

const REDUCED_MOTION = 'test/browser/reduced-motion';

/** Paths of the test files in folders, with `/`. */
const testsIn = (...folders: string[]): string[] =>
  folders.flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .filter((name) => name.endsWith('.test.ts'))
          .map((name) => `${folder}/${name.split(sep).join('/')}`)
      : [],
  );

/** `--files` picks files instead of groups; those of the reduced-motion folder keep their browsers. */
const picked = process.argv.includes('--files');
const pickedReducedMotion = picked && process.argv.some((word) => word.includes(REDUCED_MOTION));
/** Coverage is counted in the sources as they are. */
const isCounted = process.argv.includes('--coverage');

const unitTests = testsIn('test/unit');
const units = picked || isCounted ? unitTests : unitPages(unitTests);

const groups = [
  {
    name: 'normal',
    files: [...units, 'test/browser/**/*.test.ts', `!${REDUCED_MOTION}/**`],
    browsers: browsers(),
  },
  ...(testsIn(REDUCED_MOTION).length > 0
    ? [{ name: 'reduced-motion', files: `${REDUCED_MOTION}/**/*.test.ts`, browsers: browsers(true) }]
    : []),
];

/** `GREP=words` runs the tests whose title holds them. */
const words = process.env['GREP'];

/** Web Test Runner's configuration: every browser suite, in every engine. */
export const browserTests: TestRunnerConfig = {
  nodeResolve: { exportConditions: ['production'] },
  hostname: 'localhost',
  port: await freePort(), // so that two runs do not meet
  browsers: browsers(pickedReducedMotion),
  ...(!picked && { groups }),
  concurrentBrowsers: 2,
  // All of them only guard against hanging: on a busy machine everything takes many times as long.
  testsStartTimeout: 600_000,
  testsFinishTimeout: 1_200_000,
  testFramework: { config: { timeout: 180_000 } },
  plugins: [
    ...(words ? [namedTests(words)] : []),
    ...(isCounted ? [] : [bundledTests([...units, ...testsIn('test/browser')])]),
    esbuildPlugin({ ts: true, tsconfig: 'tsconfig.json', target: 'es2022' }),
    servicePlugin(),
    collectorPlugin(),
    cdnPlugin(),
    guidesPlugin(),
  ],
  reporters: [defaultReporter({ reportTestProgress: process.stdout.isTTY }), countBrowserTests()],
  coverageConfig: { include: ['src/**/*.ts'], reporters: ['text', 'lcovonly'] },
};
