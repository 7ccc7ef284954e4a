import type { Browser, Page } from '@playwright/test';
import type { Cdn } from '../../tools/cdn.js';
import type { ServiceAddresses } from '../helpers/service.js';
import { LIMIT, type Cell } from './plan.js';

/** What became of one widget. Times are milliseconds since the visitor or the page asked for the calendar. */
export interface Outcome {
  /** Code of the failure, or `ready`. After a failure that ended well both: `timeout, then ready`. */
  readonly outcome: string;
  readonly notice: number | null;
  readonly ended: number;
  /** What the visitor reads in the failure view. */
  readonly view: string;
  /** Whether a link to the scheduling page was there in every frame from the notice or the failure on. */
  readonly link: boolean;
  /** What "Try again" leads to once the fault is gone. `by itself`: nobody had to press it. */
  readonly retry: 'ready' | 'not offered' | 'by itself' | 'failed' | 'fault stays';
  /** Outcome and code of the load report, which has to say the same. */
  readonly report: string;
}

interface Seen {
  start: number;
  notice: number | null;
  failed: number | null;
  ready: number | null;
  code: string;
  gaps: number;
  report: string;
  blocking: boolean;
  asked: boolean;
}
type SeenPage = typeof globalThis & { seen: Seen };

/** Notes on the page itself what is seen in every frame. */
const WITNESS = `
  globalThis.seen = { start: performance.now(), notice: null, failed: null, ready: null, code: '', gaps: 0, report: '', blocking: false, asked: false };
  const since = () => Math.round(performance.now() - seen.start);
  addEventListener('booking-error', ({ code }) => { seen.failed ??= since(); seen.code ||= code; });
  addEventListener('booking-ready', () => { seen.ready ??= since(); });
  addEventListener('booking-timing', ({ report }) => { seen.report ||= [report.outcome, report.failure ?? ''].join(' ').trim(); });
  const is = (widget, state) => widget.matches(':state(' + state + ')');
  const look = () => {
    const widget = document.querySelector('booking-widget');
    const root = widget?.shadowRoot;
    if (root) {
      if (root.querySelector('[part=notice]') && !is(widget, 'ready')) seen.notice ??= since();
      const links = [...root.querySelectorAll('a[href]'), ...widget.querySelectorAll('a[href]')];
      if ((is(widget, 'failed') || is(widget, 'slow')) && !links.some((link) => link.checkVisibility())) seen.gaps++;
      // In a dialog the visitor asks for the calendar by this button.
      if (seen.asked) root.querySelector('[part=show]')?.click();
      if (seen.blocking) root.querySelector('iframe')?.remove();
    } else if (document.querySelector('.booking-widget-failure') && !seen.code) {
      seen.failed ??= since();
      seen.code = 'loader';
    }
    requestAnimationFrame(look);
  };
  look();`;

export interface Stage {
  readonly browser: Browser;
  readonly cdn: Cdn;
  readonly service: ServiceAddresses;
}

let cells = 0;

/** Opens a page with one widget in a context of its own, lets the fault happen, takes it back, and presses "Try again". */
export async function runCell(stage: Stage, cell: Cell): Promise<Outcome> {
  const { browser, cdn, service } = stage;
  const { fault, mode, loading, moment } = cell;
  const name = `test-fault-${++cells}-${Date.now().toString(36)}`;
  const context = await browser.newContext({ viewport: { width: 900, height: 800 } });
  const page = await context.newPage();
  const seen = (): Promise<Seen> => page.evaluate(() => (globalThis as SeenPage).seen);

  const setFault = async (on: boolean): Promise<void> => {
    if (fault.knobs) {
      const knobs = Object.fromEntries(
        Object.entries(fault.knobs).map(([knob, value]) => [knob, on ? value : null]),
      );
      await fetch(`${service.cal}/__control`, {
        method: 'POST',
        body: JSON.stringify({ match: name, knobs }),
      });
    }
    if (fault.offline) await context.setOffline(on);
    if (fault.blocker)
      await page.evaluate((blocking) => {
        (globalThis as SeenPage).seen.blocking = blocking;
      }, on);
    if (fault.missing)
      cdn.set(name, { ...shelf, faults: on ? [{ file: `/${fault.missing}.js`, how: 'not-found' }] : [] });
  };

  const origin = fault.mixed ? 'http://plain.example' : service.cal;
  const src = `${origin}/${name}/30min`;
  const shelf = {
    cors: true,
    page: {
      headers: { ...fault.headers },
      html: `<!doctype html><html lang="en"><title>A page</title><script>${WITNESS}</script>
        <booking-widget mode="${mode}" loading="${loading}" timeout="${LIMIT / 1000}" retries="${fault.recovers ? 3 : 0}" availability="off"
          provider="cal" api="${service.cal}" src="${src}" style="display:block;min-height:600px"><a href="${src}">Book a time</a></booking-widget>
        <script async src="booking-widget.js"></script>`,
    },
  };
  cdn.set(name, shelf);

  const ask = (): Promise<void> =>
    page.evaluate(
      ([needsOpening]) => {
        (globalThis as SeenPage).seen.asked = true;
        const widget = document.querySelector('booking-widget') as HTMLElement & { open?: () => void };
        if (needsOpening)
          void customElements.whenDefined('booking-widget').then(() => {
            widget.open?.();
          });
      },
      [mode !== 'inline' || loading === 'interaction'],
    );
  /** As the loader's own words stand in for an element that never comes, both count as a failure. */
  const ended = (what: 'ready' | 'either'): Promise<unknown> =>
    page.waitForFunction(
      (wanted) => {
        const { ready, failed } = (globalThis as SeenPage).seen;
        return ready !== null || (wanted === 'either' && failed !== null);
      },
      what,
      { timeout: 30_000 },
    );

  try {
    if (fault.mixed)
      await page.route('https://shop.example/**', async (route) => {
        const path = new URL(route.request().url()).pathname;
        const response = await fetch(`${cdn.origin}/${name}${path}`);
        await route.fulfill({
          body: await response.text(),
          contentType: response.headers.get('content-type') ?? '',
        });
      });
    const isFirst = moment === 'first load';
    if (isFirst && !fault.offline && !fault.blocker) await setFault(true);
    const host = fault.mixed
      ? 'https://shop.example'
      : `${cdn.origin.replace('127.0.0.1', 'localhost')}/${name}`;
    await page.goto(`${host}/__page`);
    if (isFirst) {
      if (fault.offline || fault.blocker) {
        // The page and our own files are there before the network goes.
        await page.evaluate(() => customElements.whenDefined('booking-widget').then(() => true));
        await setFault(true);
        await reload(page);
      } else await ask();
    } else {
      await ask();
      await ended('ready');
      await setFault(true);
      await reload(page);
    }
    await ended('either');
    // The observers are loaded late; an element that never came reports nothing.
    await page
      .waitForFunction(
        () => {
          const { report, code } = (globalThis as SeenPage).seen;
          return report !== '' || code === 'loader';
        },
        null,
        { timeout: 5000 },
      )
      .catch(() => undefined);
    const first = await seen();
    const view = await textOfFailure(page);
    let retry: Outcome['retry'] = 'not offered';
    if (first.ready !== null || fault.endsReady) {
      if (fault.recovers) await setFault(false);
      await ended('ready');
      retry = 'by itself';
    } else {
      await setFault(false);
      const button = page.getByRole('button', { name: 'Try again' });
      if (fault.headers ?? fault.mixed) retry = (await button.isVisible()) ? 'fault stays' : 'not offered';
      else if (await button.isVisible()) {
        await button.click();
        retry = await ended('ready').then(
          () => 'ready' as const,
          () => 'failed' as const,
        );
      }
    }
    const last = await seen();
    const { code } = last;
    return {
      outcome: code && retry === 'by itself' ? `${code}, then ready` : code || 'ready',
      notice: last.notice,
      ended: first.failed ?? first.ready ?? 0,
      view,
      link: last.gaps === 0,
      retry,
      // Offline, the observers come with the network; they receive the earlier events then.
      report: last.report,
    };
  } finally {
    await context.close();
  }

  /** Another option loads the scheduling page again. What was seen before is forgotten. */
  async function reload(target: Page): Promise<void> {
    await target.evaluate(() => {
      const { seen: noted } = globalThis as SeenPage;
      Object.assign(noted, {
        start: performance.now(),
        notice: null,
        failed: null,
        ready: null,
        code: '',
        report: '',
      });
      document.querySelector('booking-widget')?.setAttribute('layout', 'week_view');
    });
    await ask();
  }
}

const textOfFailure = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const root = document.querySelector('booking-widget')?.shadowRoot;
    const text = (root?.querySelector('[part=failure]') ?? document.querySelector('.booking-widget-failure'))
      ?.textContent;
    return (text ?? '').replaceAll(/\s+/g, ' ').trim();
  });
