import { defineConfig } from '@playwright/test';
import { chromiumLaunch, firefoxLaunch, wantedEngines } from './tools/engines.js';

/**
 * End to end in Chromium. Firefox repeats what depends on an engine: how scripts arrive, frames, storage, locks, history.
 * What depends on the build, the demo and the dashboard is the same in both. Playwright cannot drive a system's WebKit;
 * the browser suites run in all three engines.
 */
const projects = {
  chromium: { use: { browserName: 'chromium', launchOptions: chromiumLaunch } },
  firefox: {
    use: { browserName: 'firefox', launchOptions: firefoxLaunch() },
    testMatch: /(ahead|booking|loader|one-request|page-survival|taken-away)\.spec\.ts$/,
  },
} as const;

export default defineConfig({
  testDir: 'test/e2e',
  // Both only guard against hanging: on a busy machine everything takes many times as long.
  timeout: 180_000,
  expect: { timeout: 60_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  reporter: [['list'], ['./tools/count-end-to-end-tests.ts']],
  use: { screenshot: 'only-on-failure', trace: 'off' },
  projects: wantedEngines()
    .filter((engine) => engine !== 'webkit')
    .map((engine) => ({ name: engine, ...projects[engine] })),
});
