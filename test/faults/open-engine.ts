import { chromium, firefox } from '@playwright/test';
import { chromiumLaunch, firefoxLaunch, type Engine } from '../../tools/engines.js';
import { WebKitDriver } from '../../tools/webkit-driver.js';
import { playwrightPage, webkitPage, type FaultPage } from './fault-page.js';

export interface OpenEngine {
  readonly version: string;
  openPage(): Promise<FaultPage>;
  stop(): Promise<void>;
}

/** A window has one page at a time, so as many are opened as there are pages at once, and used again. */
async function openWebKit(): Promise<OpenEngine> {
  const start = (): Promise<WebKitDriver> => WebKitDriver.start({ acceptInsecureCerts: true });
  const all = [await start()];
  const idle = [...all];
  return {
    version: all[0]?.version ?? '',
    async openPage() {
      const driver = idle.pop() ?? (await start());
      if (!all.includes(driver)) all.push(driver);
      const page = await webkitPage(driver);
      const close = async (): Promise<void> => {
        await page.close();
        idle.push(driver);
      };
      return { ...page, close };
    },
    stop: async () => {
      await Promise.all(all.map((driver) => driver.stop()));
    },
  };
}

/** Starts a browser. */
export async function openEngine(engine: Engine): Promise<OpenEngine> {
  if (engine === 'webkit') return openWebKit();
  const browser = await (engine === 'chromium'
    ? chromium.launch(chromiumLaunch)
    : firefox.launch(firefoxLaunch()));
  return {
    version: browser.version(),
    openPage: () => playwrightPage(browser),
    stop: () => browser.close(),
  };
}
