import type { BrowserLauncher } from '@web/test-runner-core';
import { WebKitDriver, type WebKitOptions } from './webkit-driver.js';

/** WebDriver's code points for keys that have no character. */
const KEYS: Readonly<Record<string, string>> = {
  Enter: '\uE007',
  Tab: '\uE004',
  Escape: '\uE00C',
  Backspace: '\uE003',
  Delete: '\uE017',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Home: '\uE011',
  End: '\uE010',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Meta: '\uE03D',
  Space: ' ',
};
const BUTTONS = { left: 0, middle: 1, right: 2 } as const;

interface ButtonChoice {
  readonly button?: keyof typeof BUTTONS;
}

/** The part of Puppeteer's `Page` that @web/test-runner-commands drives. */
function pageOf(driver: WebKitDriver) {
  const perform = (actions: unknown[]) => driver.send('POST', '/actions', { actions });
  const keyboard = (...actions: unknown[]) => perform([{ type: 'key', id: 'keyboard', actions }]);
  const mouse = (...actions: unknown[]) =>
    perform([{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }]);
  const keyDown = (key: string) => ({ type: 'keyDown', value: KEYS[key] ?? key });
  const keyUp = (key: string) => ({ type: 'keyUp', value: KEYS[key] ?? key });
  const move = (x: number, y: number) => ({ type: 'pointerMove', duration: 0, x, y });
  const press = (button: keyof typeof BUTTONS) => ({ type: 'pointerDown', button: BUTTONS[button] });
  const release = (button: keyof typeof BUTTONS) => ({ type: 'pointerUp', button: BUTTONS[button] });
  return {
    setViewport: (size: { width: number; height: number }) => driver.setViewport(size),
    emulateMediaFeatures: () => Promise.reject(new Error('WebKit cannot emulate media features at run time')),
    keyboard: {
      type: (text: string) => keyboard(...Array.from(text).flatMap((key) => [keyDown(key), keyUp(key)])),
      press: (chord: string) => {
        const keys = chord.split('+');
        return keyboard(...keys.map(keyDown), ...keys.reverse().map(keyUp));
      },
      down: (key: string) => keyboard(keyDown(key)),
      up: (key: string) => keyboard(keyUp(key)),
    },
    mouse: {
      move: (x: number, y: number) => mouse(move(x, y)),
      down: ({ button = 'left' }: ButtonChoice = {}) => mouse(press(button)),
      up: ({ button = 'left' }: ButtonChoice = {}) => mouse(release(button)),
      click: (x: number, y: number, { button = 'left' }: ButtonChoice = {}) =>
        mouse(move(x, y), press(button), release(button)),
      reset: () => driver.send('DELETE', '/actions'),
    },
  };
}

/**
 * Runs Web Test Runner's sessions in Debian's WebKitGTK. It calls itself `puppeteer` because that is the type whose
 * `getPage()` @web/test-runner-commands knows how to drive.
 */
export function webkitLauncher({
  concurrency = 1,
  ...options
}: WebKitOptions & { concurrency?: number } = {}) {
  const all: WebKitDriver[] = [];
  const idle: WebKitDriver[] = [];
  const active = new Map<string, WebKitDriver>();
  const driverOf = (id: string): WebKitDriver => {
    const driver = active.get(id);
    if (!driver) throw new Error(`no WebKit window runs session ${id}`);
    return driver;
  };
  return {
    name: 'WebKit',
    type: 'puppeteer',
    concurrency,
    async startSession(id, url) {
      let driver = idle.pop();
      if (!driver) {
        driver = await WebKitDriver.start(options);
        all.push(driver);
      }
      active.set(id, driver);
      await driver.send('POST', '/window/rect', { width: 800, height: 600 });
      await driver.send('POST', '/url', { url });
    },
    isActive: (id) => active.has(id),
    getBrowserUrl: async (id) => String(await driverOf(id).send('GET', '/url')),
    async stopSession(id) {
      const driver = driverOf(id);
      active.delete(id);
      await driver.send('POST', '/url', { url: 'about:blank' });
      idle.push(driver);
      return {};
    },
    async stop() {
      await Promise.all(all.map((driver) => driver.stop()));
    },
    startDebugSession: () => Promise.reject(new Error('WebKit has no debug session')),
    getPage: (id: string) => pageOf(driverOf(id)),
  } satisfies BrowserLauncher & { getPage(id: string): unknown };
}
