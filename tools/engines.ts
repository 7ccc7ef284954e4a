import { existsSync } from 'node:fs';

/** The browser engines that every browser suite runs in. */
export const ENGINES = ['chromium', 'firefox', 'webkit'] as const;
export type Engine = (typeof ENGINES)[number];

/** `BROWSERS=firefox,webkit` picks some; without it all run. */
export function wantedEngines(picked = process.env['BROWSERS']): Engine[] {
  const names = picked?.split(',').map((name) => name.trim()) ?? [...ENGINES];
  const unknown = names.filter((name) => !ENGINES.some((engine) => engine === name));
  if (unknown.length > 0)
    throw new Error(`BROWSERS names ${unknown.join(', ')}; known are ${ENGINES.join(', ')}`);
  return ENGINES.filter((engine) => names.includes(engine));
}

const firstOf = (...paths: string[]): string | undefined => paths.find((path) => existsSync(path));

const chromiumPath = firstOf(
  '/usr/bin/chromium-headless-shell', // twice as fast as the full browser
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
);
const firefoxPath = firstOf('/usr/bin/firefox-esr', '/usr/bin/firefox');

/** Playwright launch options for the system's Chromium, or for Playwright's own where there is none. */
export const chromiumLaunch = {
  ...(chromiumPath && { executablePath: chromiumPath }),
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

/**
 * The same for Firefox. A stock Firefox is driven over WebDriver BiDi (`moz-firefox`), which cannot emulate media
 * features at run time: they are preferences here.
 */
export const firefoxLaunch = ({ reducedMotion = false } = {}) => ({
  ...(firefoxPath && { channel: 'moz-firefox', executablePath: firefoxPath }),
  firefoxUserPrefs: {
    'ui.prefersReducedMotion': reducedMotion ? 1 : 0,
    // A second tab would otherwise have its timers slowed down while the first is in front.
    'dom.min_background_timeout_value': 4,
    'dom.timeout.enable_budget_timer_throttling': false,
    // BiDi's clicks and keys do not reach a frame that lives in another process; frames of other sites stay in ours.
    'fission.autostart': false,
  },
});
