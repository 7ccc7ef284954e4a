import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const LIBRARIES = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;

/** Where Debian keeps WebKitGTK's small browser; undefined where it is not installed. */
export const findMiniBrowser = (): string | undefined =>
  !existsSync(LIBRARIES)
    ? undefined
    : readdirSync(LIBRARIES)
        .filter((name) => /^webkit2?gtk-/.test(name))
        .map((name) => join(LIBRARIES, name, 'MiniBrowser'))
        .find((path) => existsSync(path));

/** A TCP port that was free a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('no port'));
      });
    });
  });

export interface WebKitOptions {
  readonly reducedMotion?: boolean;
  /** Shows https pages whose certificate nobody has signed. */
  readonly acceptInsecureCerts?: boolean;
}

// MiniBrowser's toolbar keeps its window wider than 447 px; squeezed like this it can go down to 290 px.
const NARROW_TOOLBAR =
  'button, entry, entry image { padding: 0; margin: 0; border: 0; min-width: 0; min-height: 0; font-size: 1px; }';

/**
 * One WebKitGTK window on an invisible screen, driven by WebKitWebDriver ("classic" WebDriver, one session per
 * process). Needs Debian's `webkit2gtk-driver` and, without a display, `xvfb`.
 */
export class WebKitDriver {
  static async start(options: WebKitOptions = {}): Promise<WebKitDriver> {
    const driver = new WebKitDriver();
    try {
      await driver.#start(options);
    } catch (error) {
      await driver.stop();
      throw error;
    }
    return driver;
  }

  version = '';
  readonly #home = mkdtempSync(join(tmpdir(), 'webkit-'));
  readonly #children: ChildProcess[] = [];
  #base = '';

  private constructor() {}

  async #start({ reducedMotion = false, acceptInsecureCerts = false }: WebKitOptions): Promise<void> {
    const settings = join(this.#home, 'gtk-3.0');
    mkdirSync(settings);
    writeFileSync(
      join(settings, 'settings.ini'),
      `[Settings]\ngtk-enable-animations=${reducedMotion ? 0 : 1}\n`,
    );
    writeFileSync(join(settings, 'gtk.css'), NARROW_TOOLBAR);
    const port = await freePort();
    const env = {
      ...process.env,
      XDG_CONFIG_HOME: this.#home,
      XDG_DATA_HOME: this.#home,
      XDG_CACHE_HOME: this.#home,
      GTK_THEME: 'Adwaita',
      DISPLAY: process.env['DISPLAY'] ?? (await this.#screen()),
    };
    this.#children.push(spawn('WebKitWebDriver', ['-p', String(port)], { env, stdio: 'ignore' }));
    this.#base = `http://127.0.0.1:${port}`;
    await this.#listening();
    const session = (await this.send('POST', '/session', {
      capabilities: {
        alwaysMatch: {
          ...(acceptInsecureCerts && { acceptInsecureCerts }),
          'webkitgtk:browserOptions': { binary: findMiniBrowser(), args: ['--automation'] },
        },
      },
    })) as { sessionId: string; capabilities: { browserVersion: string } };
    this.version = session.capabilities.browserVersion;
    this.#base += `/session/${session.sessionId}`;
  }

  #screen(): Promise<string> {
    const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    this.#children.push(server);
    return new Promise((resolve, reject) => {
      server.on('error', reject);
      server.on('exit', () => reject(new Error('Xvfb ended')));
      server.stdio[3]?.once('data', (number) => resolve(`:${String(number).trim()}`));
    });
  }

  async #listening(): Promise<void> {
    for (let tries = 100; ; tries--) {
      try {
        await this.send('GET', '/status');
        return;
      } catch (error) {
        if (tries === 0) throw error;
        await pause(50);
      }
    }
  }

  /** One WebDriver command of this session; rejects with the driver's own message. */
  async send(method: 'GET' | 'POST' | 'DELETE', path: string, body: unknown = {}): Promise<unknown> {
    const response = await fetch(this.#base + path, {
      method,
      ...(method === 'POST' && { body: JSON.stringify(body) }),
    });
    const { value } = (await response.json()) as { value: { error?: string; message?: string } | null };
    if (value?.error) throw new Error(`WebDriver ${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  }

  /**
   * Gives the page a viewport of exactly this size. A window's size includes MiniBrowser's toolbar and is not changed
   * at once, so this measures and corrects until it fits.
   */
  async setViewport({ width, height }: { width: number; height: number }): Promise<void> {
    let outer = { width, height };
    for (let tries = 0; tries < 40; tries++) {
      if (tries % 5 === 0) await this.send('POST', '/window/rect', outer);
      await pause(20);
      const [w, h, outerWidth, outerHeight] = (await this.send('POST', '/execute/sync', {
        script: 'return [innerWidth, innerHeight, outerWidth, outerHeight]',
        args: [],
      })) as [number, number, number, number];
      if (w === width && h === height) return;
      outer = { width: width + outerWidth - w, height: height + outerHeight - h };
    }
    throw new Error(`WebKit could not be given a viewport of ${width}x${height}`);
  }

  /** Ends the session and all processes; safe to call twice. */
  async stop(): Promise<void> {
    await this.send('DELETE', '').catch(() => {});
    for (const child of this.#children.splice(0)) child.kill();
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 5 });
  }
}
