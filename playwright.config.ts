import { defineConfig } from '@playwright/test';
import { chromiumLaunch, firefoxLaunch, wantedEngines } from './tools/engines.js';

/** End to end in Chromium and Firefox. Playwright cannot drive a system's WebKit: the browser suites cover that engine. */
const projects = {
  chromium: { browserName: 'chromium', launchOptions: chromiumLaunch },
  firefox: { browserName: 'firefox', launchOptions: firefoxLaunch() },
} as const;

export default defineConfig({
  testDir: 'test/e2e',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  reporter: [['list'], ['./tools/count-end-to-end-tests.ts']],
  use: { screenshot: 'only-on-failure', trace: 'off' },
  projects: wantedEngines()
    .filter((engine) => engine !== 'webkit')
    .map((engine) => ({ name: engine, use: projects[engine] })),
});
