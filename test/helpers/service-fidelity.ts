import { expect, test, type FrameLocator, type Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSchedulingService, type RunningService } from '../../tools/scheduling-service.js';

/**
 * The local scheduling service stands in for Cal.com and Calendly everywhere else. Here it is held to what is known of
 * the two: Cal.com's own parent script, as its package ships it, drives the one; a bare listener watches the other.
 */

export let service: RunningService;
/** Origin of a blank host page on another site. */
export let hostOrigin = '';
let hostPages: Server;
let dataDir = '';

const start = async (): Promise<void> => {
  dataDir = await mkdtemp(join(tmpdir(), 'booking-fidelity-'));
  const started = await startSchedulingService(['--data', dataDir]);
  if (!started) throw new Error('there is no scheduling service');
  service = started;
  hostPages = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(
      '<!doctype html><html lang="en"><title>Host</title><body><h1>A page</h1><div id="here"></div>',
    );
  });
  await new Promise<void>((resolve) => hostPages.listen(0, '127.0.0.1', resolve));
  hostOrigin = `http://localhost:${(hostPages.address() as AddressInfo).port}`;
};

const stop = async (): Promise<void> => {
  hostPages.close();
  await service.stop();
  await rm(dataDir, { recursive: true, force: true });
};

/** Starts the service and a host page before the tests of a file and stops them after. */
export function useSchedulingService(): void {
  test.beforeAll(start);
  test.afterAll(stop);
}

/** One message as the host page received it. */
interface Received {
  readonly at: number;
  readonly origin: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly keys: string;
  /** Cal.com's name for the frame; empty for Calendly. */
  readonly namespace: string;
}

declare global {
  interface Window {
    received: Received[];
    Cal: { (...args: unknown[]): void; ns: Record<string, (...args: unknown[]) => void> };
  }
}

/** A blank page of another site that records the messages it gets. */
export async function openHost(page: Page): Promise<void> {
  // The script's stylesheet names a font on cal.com.
  await page.route(/cal\.com/, (route) => route.abort());
  await page.goto(hostOrigin);
  await page.evaluate(() => {
    window.received = [];
    window.addEventListener('message', ({ data, origin }: MessageEvent<Record<string, unknown> | null>) => {
      if (typeof data !== 'object' || data === null) return;
      const type = String(data['type'] ?? data['event']);
      const content = (data['data'] ?? data['payload'] ?? {}) as Received['data'];
      window.received.push({
        at: performance.now(),
        origin,
        type,
        data: content,
        keys: Object.keys(data).sort().join(),
        namespace: typeof data['namespace'] === 'string' ? data['namespace'] : '',
      });
    });
  });
}

export const received = (page: Page, type?: string): Promise<Received[]> =>
  page.evaluate((wanted) => window.received.filter((message) => !wanted || message.type === wanted), type);

export const typesReceived = async (page: Page): Promise<string[]> =>
  (await received(page)).map(({ type }) => type);

export const untilReceived = (page: Page, type: string, times = 1): Promise<void> =>
  expect
    .poll(async () => (await received(page, type)).length, { message: type })
    .toBeGreaterThanOrEqual(times);

/** The queue a site owner pastes, in our own words, and the real script behind it. */
export async function loadCal(page: Page): Promise<void> {
  await page.evaluate(() => {
    const queue = (): Window['Cal'] => {
      const api = Object.assign((...args: unknown[]) => void api.q.push(args), {
        q: [] as unknown[][],
        ns: {},
      });
      return api;
    };
    window.Cal = Object.assign(queue(), { loaded: true });
  });
  await page.addScriptTag({ url: `${service.addresses.cal}/embed/embed.js` });
}

export async function callCal(page: Page, ...args: readonly unknown[]): Promise<void> {
  await page.evaluate((passed) => window.Cal(...passed), args);
}

export async function openInline(
  page: Page,
  calLink: string,
  config: Readonly<Record<string, string>> = {},
): Promise<FrameLocator> {
  await openHost(page);
  await loadCal(page);
  await callCal(page, 'init', { origin: service.addresses.cal });
  await callCal(page, 'inline', { elementOrSelector: '#here', calLink, config });
  return page.frameLocator('iframe');
}

/** Puts a frame on the page without a parent that answers it. */
export async function openBare(
  page: Page,
  src: string,
  style = 'width: 100%; height: 700px',
): Promise<FrameLocator> {
  await openHost(page);
  await page.evaluate(
    ([address, look]) => {
      const frame = document.createElement('iframe');
      frame.style.cssText = look;
      frame.src = address;
      document.body.append(frame);
    },
    [src, style] as const,
  );
  return page.frameLocator('iframe');
}

export const post = (page: Page, message: unknown): Promise<void> =>
  page.evaluate((sent) => document.querySelector('iframe')?.contentWindow?.postMessage(sent, '*'), message);

let hosts = 0;
/** A host that no other test books with. */
export const newHost = (): string => `test-fidelity-${process.pid}-${++hosts}`;

export const bookingsOf = async (host: string): Promise<{ uid: string; status: string; start: string }[]> =>
  (await fetch(`${service.addresses.control}/bookings?match=${host}`)).json() as never;

export async function fillIn(frame: FrameLocator): Promise<void> {
  await frame.getByLabel('Your name').fill('Ada Lovelace');
  await frame.getByLabel('E-mail address').fill('ada@example.com');
}

export const INTERNAL_KEYS = 'data,fullType,namespace,originator,type';
