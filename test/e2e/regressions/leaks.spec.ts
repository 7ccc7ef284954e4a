import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from '../../helpers/widget-pages.js';

interface Counters {
  readonly nodes: number;
  readonly jsEventListeners: number;
  readonly documents: number;
}

const ROUNDS = 25;
/** Growth per round that is still noise. */
const NOISE = 4;

test.describe('leaks', () => {
  test.skip(({ browserName }) => browserName !== 'chromium', 'only Chromium counts nodes and listeners');
  test.slow();

  /** Counts nodes and listeners until garbage collections no longer make them fewer. */
  const count = async (session: CDPSession): Promise<Counters> => {
    let least: Counters | undefined;
    for (;;) {
      await session.send('HeapProfiler.collectGarbage');
      const counters = await session.send('Memory.getDOMCounters');
      if (least && counters.nodes >= least.nodes && counters.jsEventListeners >= least.jsEventListeners)
        return least;
      least = counters;
    }
  };

  const growth = async (page: Page, run: (rounds: number) => Promise<unknown>): Promise<Counters> => {
    const session = await page.context().newCDPSession(page);
    await run(5);
    const before = await count(session);
    await run(ROUNDS);
    const after = await count(session);
    return {
      nodes: (after.nodes - before.nodes) / ROUNDS,
      jsEventListeners: (after.jsEventListeners - before.jsEventListeners) / ROUNDS,
      documents: after.documents - before.documents,
    };
  };

  const isFlat = ({ nodes, jsEventListeners, documents }: Counters): void => {
    expect(nodes, 'nodes per round').toBeLessThan(NOISE);
    expect(jsEventListeners, 'listeners per round').toBeLessThan(NOISE);
    expect(documents, 'documents').toBeLessThan(NOISE);
  };

  test('inline widgets that become ready and are removed leave no nodes or listeners behind', async ({
    page,
    service,
    site,
  }) => {
    await site.open(page, '<div id="app"></div>');
    isFlat(
      await growth(page, (rounds) =>
        page.evaluate(
          async ([cal, host, times]) => {
            const app = document.querySelector('#app') as HTMLElement;
            for (let round = 0; round < times; round++) {
              const widget = document.createElement('booking-widget');
              const options = { loading: 'eager', provider: 'cal', api: cal, src: `${cal}/${host}/30min` };
              for (const [name, value] of Object.entries(options)) widget.setAttribute(name, value);
              const ready = new Promise((resolve) => {
                widget.addEventListener('booking-ready', resolve, { once: true });
              });
              app.replaceChildren(widget);
              await ready;
              app.replaceChildren();
            }
          },
          [service.cal, site.host, rounds] as const,
        ),
      ),
    );
  });

  test('widgets that are removed at once leave no nodes or listeners behind', async ({
    page,
    service,
    site,
  }) => {
    await site.open(page, '<div id="app"></div>');
    isFlat(
      await growth(page, (rounds) =>
        page.evaluate(
          async ([cal, host, times]) => {
            const app = document.querySelector('#app') as HTMLElement;
            for (let round = 0; round < times; round++) {
              const widget = document.createElement('booking-widget') as HTMLElement & { open?: () => void };
              const options = { mode: 'popup', provider: 'cal', api: cal, src: `${cal}/${host}/30min` };
              for (const [name, value] of Object.entries(options)) widget.setAttribute(name, value);
              app.replaceChildren(widget);
              widget.open?.();
              await new Promise((resolve) => requestAnimationFrame(resolve));
              app.replaceChildren();
            }
          },
          [service.cal, site.host, rounds] as const,
        ),
      ),
    );
  });

  test('a popup that is opened and closed again and again keeps the same number of nodes', async ({
    page,
    service,
    site,
  }) => {
    await site.open(
      page,
      `<booking-widget mode="popup" availability="off" provider="cal" src="${service.cal}/${site.host}/30min"><a href="${service.cal}/${site.host}/30min">Book</a></booking-widget>`,
    );
    await expect(page.locator('booking-widget a')).toHaveAttribute('aria-haspopup', 'dialog');
    isFlat(
      await growth(page, (rounds) =>
        page.evaluate(async (times) => {
          const widget = document.querySelector('booking-widget') as HTMLElement & {
            open(): void;
            close(): void;
          };
          const fired = (type: string): Promise<unknown> =>
            new Promise((resolve) => {
              widget.addEventListener(type, resolve, { once: true });
            });
          for (let round = 0; round < times; round++) {
            const opened = fired('booking-open');
            widget.open();
            await opened;
            const closed = fired('booking-close');
            widget.close();
            await closed;
          }
        }, rounds),
      ),
    );
  });

  test('links that come and go leave no widget behind', async ({ page, service, site }) => {
    await site.open(page, '<div id="app"></div>');
    await page.waitForFunction(() => Symbol.for('booking-widget') in globalThis);
    isFlat(
      await growth(page, (rounds) =>
        page.evaluate(
          async ([cal, host, times]) => {
            const app = document.querySelector('#app') as HTMLElement;
            for (let round = 0; round < times; round++) {
              const link = document.createElement('a');
              link.className = 'booking-widget';
              Object.assign(link.dataset, { bookingProvider: 'cal', bookingAvailability: 'off' });
              link.href = `${cal}/${host}/30min`;
              link.textContent = 'Book';
              app.replaceChildren(link);
              while (link.getAttribute('aria-haspopup') !== 'dialog')
                await new Promise((resolve) => requestAnimationFrame(resolve));
              link.dispatchEvent(new Event('pointerenter'));
              app.replaceChildren();
            }
          },
          [service.cal, site.host, rounds] as const,
        ),
      ),
    );
    expect(await page.locator('booking-widget').count()).toBeLessThanOrEqual(1);
  });
});
