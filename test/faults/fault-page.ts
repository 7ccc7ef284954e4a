import type { Browser } from '@playwright/test';
import type { WebKitDriver } from '../../tools/webkit-driver.js';

/** A page of its own in one engine. */
export interface FaultPage {
  /** Whether going offline is only pretended: `navigator.onLine` and its events. The servers have to refuse as well. */
  readonly pretendsOffline: boolean;
  open(url: string): Promise<void>;
  /** The value of a JavaScript expression in the page, as JSON can carry it. */
  evaluate<T>(expression: string): Promise<T>;
  /** Clicks the element that an expression gives, as a visitor does. */
  click(expression: string): Promise<void>;
  setOffline(isOffline: boolean): Promise<void>;
  close(): Promise<void>;
}

const pretendOffline = (isOffline: boolean): string =>
  `(Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => ${!isOffline} }),
    dispatchEvent(new Event('${isOffline ? 'offline' : 'online'}')), true)`;

/** In Chromium and Firefox. A Firefox that is driven by WebDriver BiDi cannot be taken off the network. */
export async function playwrightPage(browser: Browser): Promise<FaultPage> {
  const context = await browser.newContext({
    viewport: { width: 900, height: 800 },
    ignoreHTTPSErrors: true,
  });
  const page = await context.newPage();
  const pretendsOffline = browser.browserType().name() !== 'chromium';
  return {
    pretendsOffline,
    open: async (url) => {
      await page.goto(url);
    },
    evaluate: (expression) => page.evaluate(expression),
    click: async (expression) => {
      await (await page.evaluateHandle<Element>(expression)).asElement().click();
    },
    setOffline: async (isOffline) => {
      if (pretendsOffline) await page.evaluate(pretendOffline(isOffline));
      else await context.setOffline(isOffline);
    },
    close: () => context.close(),
  };
}

/** In the window of a driver, which has one page at a time. */
export async function webkitPage(driver: WebKitDriver): Promise<FaultPage> {
  const evaluate = async <T>(expression: string): Promise<T> =>
    (await driver.send('POST', '/execute/sync', { script: `return ${expression}`, args: [] })) as T;
  await driver.setViewport({ width: 900, height: 800 });
  return {
    pretendsOffline: true,
    open: async (url) => {
      await driver.send('POST', '/url', { url });
    },
    evaluate,
    click: async (expression) => {
      const [id = ''] = Object.values(await evaluate<Record<string, string>>(expression));
      await driver.send('POST', `/element/${id}/click`);
    },
    setOffline: async (isOffline) => {
      await evaluate(pretendOffline(isOffline));
    },
    close: async () => {
      await driver.send('POST', '/url', { url: 'about:blank' });
    },
  };
}
