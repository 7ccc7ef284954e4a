import { FakeBrowser, FakeClock, reply } from './fake-browser.js';

/** When every scene begins: a Monday morning in Berlin. */
export const NOW = Date.parse('2026-11-23T08:00:00Z');

/** A browser with one tab, its clock and the API. */
export const setUp = () => {
  const clock = new FakeClock(NOW);
  const browser = new FakeBrowser(clock);
  const { api } = browser;
  return { clock, browser, api, tab: browser.tab() };
};

/** A response of the API with nothing but a status. */
export const status = (code: number, headers?: Record<string, string>) => () => reply('{}', code, headers);
