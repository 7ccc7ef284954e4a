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

let service: RunningService;
let hostPages: Server;
let hostOrigin = '';
let dataDir = '';

test.beforeAll(async () => {
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
});

test.afterAll(async () => {
  hostPages.close();
  await service.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** One message as the host page heard it. */
interface Heard {
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
    heard: Heard[];
    Cal: { (...args: unknown[]): void; ns: Record<string, (...args: unknown[]) => void> };
  }
}

/** A blank page of another site that writes down what it hears. */
async function openHost(page: Page): Promise<void> {
  // The script's stylesheet names a font on cal.com.
  await page.route(/cal\.com/, (route) => route.abort());
  await page.goto(hostOrigin);
  await page.evaluate(() => {
    window.heard = [];
    window.addEventListener('message', ({ data, origin }: MessageEvent<Record<string, unknown> | null>) => {
      if (typeof data !== 'object' || data === null) return;
      const type = String(data['type'] ?? data['event']);
      const content = (data['data'] ?? data['payload'] ?? {}) as Heard['data'];
      window.heard.push({
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

const heard = (page: Page, type?: string): Promise<Heard[]> =>
  page.evaluate((wanted) => window.heard.filter((message) => !wanted || message.type === wanted), type);

const typesHeard = async (page: Page): Promise<string[]> => (await heard(page)).map(({ type }) => type);

const toHear = (page: Page, type: string, times = 1): Promise<void> =>
  expect.poll(async () => (await heard(page, type)).length, { message: type }).toBeGreaterThanOrEqual(times);

/** The queue a site owner pastes, in our own words, and the real script behind it. */
async function loadCal(page: Page): Promise<void> {
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

async function callCal(page: Page, ...args: readonly unknown[]): Promise<void> {
  await page.evaluate((passed) => window.Cal(...passed), args);
}

async function openInline(
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

/** Puts a frame on the page with nobody to answer it. */
async function openBare(
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

const post = (page: Page, message: unknown): Promise<void> =>
  page.evaluate((sent) => document.querySelector('iframe')?.contentWindow?.postMessage(sent, '*'), message);

let hosts = 0;
/** A host nobody else books with. */
const newHost = (): string => `test-fidelity-${process.pid}-${++hosts}`;

const bookingsOf = async (host: string): Promise<{ uid: string; status: string; start: string }[]> =>
  (await fetch(`${service.addresses.control}/bookings?match=${host}`)).json() as never;

async function fillIn(frame: FrameLocator): Promise<void> {
  await frame.getByLabel('Your name').fill('Ada Lovelace');
  await frame.getByLabel('E-mail address').fill('ada@example.com');
}

const INTERNAL_KEYS = 'data,fullType,namespace,originator,type';

test.describe('Cal.com’s parent script', () => {
  test('finishes the handshake inline: in order, with all keys, and the frame becomes visible', async ({
    page,
  }) => {
    const frame = await openInline(page, `${newHost()}/30min`, { theme: 'dark', name: 'Ada' });
    await toHear(page, 'bookerReady');
    const messages = await heard(page);
    expect(
      messages.every(({ origin, keys }) => origin === service.addresses.cal && keys === INTERNAL_KEYS),
    ).toBe(true);
    const types = messages.map(({ type }) => type);
    expect(types[0]).toBe('__iframeReady');
    for (const once of [
      '__iframeReady',
      '__windowLoadComplete',
      'linkReady',
      'bookerViewed',
      'bookerReady',
    ]) {
      expect(
        types.filter((type) => type === once),
        once,
      ).toHaveLength(1);
    }
    const [first, second] = messages.filter(({ type }) => type === '__dimensionChanged');
    expect(first?.data['isFirstTime']).toBe(true);
    expect(second?.data['isFirstTime']).toBe(false);
    expect(types.indexOf('linkReady')).toBeGreaterThan(
      types.indexOf('__dimensionChanged', types.indexOf('__dimensionChanged') + 1),
    );
    expect(types.indexOf('bookerViewed')).toBeGreaterThan(types.indexOf('linkReady'));

    await expect(page.locator('iframe')).toBeVisible();
    await expect(page.locator('cal-inline')).toHaveAttribute('loading', 'done');
    await expect(frame.locator('body')).toHaveCSS('visibility', 'visible');
    await expect(frame.locator('body')).toHaveCSS('background-color', 'rgba(0, 0, 0, 0)');
    await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
    const height = (await heard(page, '__dimensionChanged')).at(-1)?.data['iframeHeight'];
    await expect(page.locator('iframe')).toHaveCSS('height', `${String(height)}px`);
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
  });

  test('hears of a booking that is clicked through: once in full, then once in short', async ({ page }) => {
    const host = newHost();
    const frame = await openInline(page, `${host}/30min`);
    await frame.locator('.time').last().click();
    await fillIn(frame);
    await frame.getByRole('button', { name: 'Confirm booking' }).click();
    await expect(frame.getByRole('heading', { name: 'You are booked' })).toBeVisible();
    await toHear(page, 'bookingSuccessfulV2');
    const [booking] = await bookingsOf(host);
    const types = await typesHeard(page);
    expect(types.filter((type) => type.startsWith('bookingSuccessful'))).toEqual([
      'bookingSuccessful',
      'bookingSuccessfulV2',
    ]);
    const [short] = await heard(page, 'bookingSuccessfulV2');
    expect(short?.data).toMatchObject({
      uid: booking?.uid,
      startTime: booking?.start,
      status: 'ACCEPTED',
      paymentRequired: false,
    });
    expect(
      types.filter((type) => type === '__iframeReady'),
      'no other document was loaded',
    ).toHaveLength(1);
    expect(types).toContain('__routeChanged');
  });

  test('hears of a move and of a cancellation', async ({ page }) => {
    const host = newHost();
    const frame = await openInline(page, `${host}/30min`);
    await frame.locator('.time').last().click();
    await fillIn(frame);
    await frame.getByRole('button', { name: 'Confirm booking' }).click();
    await frame.getByRole('button', { name: 'Move' }).click();
    await frame.locator('.time').nth(1).click();
    await expect(frame.getByLabel('Your name')).toHaveValue('Ada Lovelace');
    await frame.getByRole('button', { name: 'Move the booking' }).click();
    await toHear(page, 'rescheduleBookingSuccessfulV2');
    const moved = (await bookingsOf(host)).find(({ status }) => status === 'ACCEPTED');
    expect((await heard(page, 'rescheduleBookingSuccessfulV2'))[0]?.data['uid']).toBe(moved?.uid);
    await frame.getByRole('button', { name: 'Cancel booking' }).click();
    await frame.getByRole('button', { name: 'Cancel this booking' }).click();
    await toHear(page, 'bookingCancelled');
    await expect(frame.getByRole('heading', { name: 'This booking is cancelled' })).toBeVisible();
    expect((await bookingsOf(host)).map(({ status }) => status)).toEqual(['CANCELLED', 'CANCELLED']);
  });

  test('opens a modal from a link, which a click beside the card closes', async ({ page }) => {
    const host = newHost();
    await openHost(page);
    await loadCal(page);
    await callCal(page, 'init', { origin: service.addresses.cal });
    await page.evaluate((link) => {
      const opener = document.createElement('button');
      opener.dataset['calLink'] = link;
      opener.textContent = 'Book';
      document.body.append(opener);
    }, `${host}/30min`);
    await page.getByRole('button', { name: 'Book' }).click();
    const frame = page.frameLocator('iframe');
    await expect(frame.locator('.time').first()).toBeVisible();
    await expect(page.locator('cal-modal-box')).toHaveAttribute('state', 'loaded');
    await frame.locator('.time').last().click();
    await fillIn(frame);
    await frame.getByRole('button', { name: 'Confirm booking' }).click();
    await toHear(page, 'bookingSuccessfulV2');
    // What the official script makes of the height leaves no room beside the card; the body is there all the same.
    await frame.locator('body').evaluate((body: HTMLElement) => body.click());
    await expect(page.locator('cal-modal-box')).toHaveAttribute('state', 'closed');
  });

  for (const [link, code] of [
    ['acme/nothing', '404'],
    ['acme/30min?status=500', '500'],
    ['acme/30min?status=403', '403'],
  ] as const) {
    test(`is told that ${link} failed with ${code}`, async ({ page }) => {
      await openInline(page, link);
      await toHear(page, 'linkFailed');
      const [failed] = await heard(page, 'linkFailed');
      expect(failed?.data).toMatchObject({ code, msg: 'Problem loading the link' });
      await expect(page.locator('cal-inline')).toHaveAttribute('loading', 'failed');
      expect(await typesHeard(page)).not.toContain('linkReady');
    });
  }

  test('is told of an error that shows only when the page would be ready', async ({ page }) => {
    await openInline(page, 'acme/30min?late-status=404');
    await toHear(page, 'linkFailed');
    expect(await typesHeard(page)).not.toContain('linkReady');
  });

  test('makes a page ready in advance without a view, and shows it with what it learnt since', async ({
    page,
  }) => {
    const host = newHost();
    await openHost(page);
    await loadCal(page);
    await callCal(page, 'init', { origin: service.addresses.cal });
    await callCal(page, 'prerender', { calLink: `${host}/30min`, type: 'modal' });
    await toHear(page, 'linkPrerendered');
    const allowed = ['__iframeReady', '__dimensionChanged', 'linkPrerendered'];
    expect((await typesHeard(page)).filter((type) => !allowed.includes(type))).toEqual([]);
    expect((await heard(page, '__iframeReady'))[0]?.data['isPrerendering']).toBe(true);
    await callCal(page, 'modal', {
      calLink: `${host}/30min`,
      config: { name: 'Grace', email: 'grace@example.com' },
    });
    await toHear(page, 'bookerReady');
    const types = await typesHeard(page);
    const order = ['__connectInitiated', '__connectCompleted', 'linkReady', 'bookerViewed', 'bookerReady'];
    expect(types.filter((type) => order.includes(type))).toEqual(order);
    expect(
      types.filter((type) => type === '__iframeReady'),
      'nothing was reloaded',
    ).toHaveLength(1);
    const frame = page.frameLocator('iframe');
    await frame
      .locator('.time')
      .first()
      .evaluate((time: HTMLElement) => time.click());
    await expect(frame.getByLabel('Your name')).toHaveValue('Grace');
  });

  test('says nothing at all about a page it only warms the cache with', async ({ page }) => {
    await openBare(page, `${service.addresses.cal}/acme/30min?preload=true&embed=`, 'display: none');
    await expect.poll(() => page.frames().length).toBe(2);
    await page.frames()[1]?.waitForLoadState('load');
    await page.frames()[1]?.waitForSelector('.card', { state: 'attached' });
    expect(await typesHeard(page)).toEqual([]);
  });
});

test.describe('a page of the Cal.com face', () => {
  const embed = (host: string, more = ''): string =>
    `${service.addresses.cal}/${host}/30min/embed?embed=ns${more}`;

  test('stays hidden while nobody answers, and shows itself when somebody does at last', async ({ page }) => {
    const frame = await openBare(page, embed(newHost()));
    await expect(frame.locator('.time').first()).toBeAttached();
    await toHear(page, '__dimensionChanged', 2);
    await expect(frame.locator('body')).toHaveCSS('visibility', 'hidden');
    expect(await typesHeard(page)).not.toContain('linkReady');
    await post(page, { originator: 'CAL', method: 'parentKnowsIframeReady' });
    await toHear(page, 'linkReady');
    await expect(frame.locator('body')).toHaveCSS('visibility', 'visible');
    expect((await heard(page)).every(({ keys }) => keys === INTERNAL_KEYS)).toBe(true);
  });

  test('takes a second acknowledgement for a second view', async ({ page }) => {
    await openBare(page, embed(newHost()));
    await toHear(page, '__iframeReady');
    await post(page, { originator: 'CAL', method: 'parentKnowsIframeReady' });
    await toHear(page, 'bookerReady');
    await post(page, { originator: 'CAL', method: 'parentKnowsIframeReady' });
    await toHear(page, 'linkReady', 2);
    await toHear(page, 'bookerReopened');
  });

  test('waits for its times only when the parent says that it is a booker', async ({ page }) => {
    const slow = '&page-slots-delay=700';
    await openBare(page, embed(newHost(), `${slow}&cal.embed.pageType=user.event.booking.slots`));
    await toHear(page, '__iframeReady');
    await post(page, { originator: 'CAL', method: 'parentKnowsIframeReady' });
    await toHear(page, 'linkReady');
    let types = await typesHeard(page);
    expect(types.indexOf('linkReady')).toBeGreaterThan(types.indexOf('availabilityLoaded'));
    expect((await heard(page, 'bookerViewed'))[0]?.data['slotsLoaded']).toBe(true);

    await openBare(page, embed(newHost(), slow));
    await toHear(page, '__iframeReady');
    await post(page, { originator: 'CAL', method: 'parentKnowsIframeReady' });
    await toHear(page, 'bookerReady');
    types = await typesHeard(page);
    expect(types.indexOf('linkReady')).toBeLessThan(types.indexOf('availabilityLoaded'));
    expect((await heard(page, 'bookerViewed'))[0]?.data).toEqual({
      eventId: null,
      eventSlug: null,
      slotsLoaded: false,
    });
  });

  test('does as it is told by ui messages, and by nobody who is not Cal.com', async ({ page }) => {
    const frame = await openBare(page, embed(newHost(), '&theme=light'));
    await toHear(page, '__iframeReady');
    await post(page, { method: 'ui', arg: { theme: 'dark' } });
    await post(page, { originator: 'CAL', method: 'ui', arg: { hideEventTypeDetails: true } });
    await expect(frame.locator('html')).toHaveAttribute('data-hide-details', '');
    await expect(frame.locator('html')).toHaveAttribute('data-theme', 'light');
    await post(page, { originator: 'CAL', method: 'ui', arg: { theme: 'dark', layout: 'week_view' } });
    await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(frame.locator('html')).toHaveAttribute('data-layout', 'week_view');
  });

  test('never gets past its first height while it has no size', async ({ page }) => {
    await openBare(page, embed(newHost()), 'display: none');
    // Another one, which has a size, shows how far this one would have come.
    await page.evaluate(
      (address) => {
        const frame = document.createElement('iframe');
        frame.id = 'sized';
        frame.src = address;
        document.body.append(frame);
      },
      embed(newHost()).replace('embed=ns', 'embed=sized'),
    );
    await toHear(page, '__iframeReady', 2);
    await page.evaluate(
      (answer) => {
        for (const frame of document.querySelectorAll('iframe'))
          frame.contentWindow?.postMessage(answer, '*');
      },
      { originator: 'CAL', method: 'parentKnowsIframeReady' },
    );
    await toHear(page, 'bookerReady');
    expect((await heard(page, 'linkReady')).map(({ namespace }) => namespace)).toEqual(['sized']);
    const heights = (await heard(page, '__dimensionChanged')).filter(({ namespace }) => namespace === 'ns');
    expect(heights.every(({ data }) => data['isFirstTime'] === true)).toBe(true);
    await page
      .locator('iframe')
      .first()
      .evaluate((frame) => (frame.style.display = 'block'));
    await toHear(page, 'linkReady', 2);
  });

  test('lies, stammers, mumbles and keeps silent as its knobs say', async ({ page }) => {
    await openBare(page, embed(newHost(), '&lying-height=NaN&doubled&noise'));
    await toHear(page, '__dimensionChanged', 2);
    expect(await heard(page, '__iframeReady')).toHaveLength(2);
    expect((await heard(page, '__dimensionChanged'))[0]?.data['iframeHeight']).toBeNaN();
    expect((await typesHeard(page)).filter((type) => type === 'calendly.page_height').length).toBeGreaterThan(
      0,
    );

    const frame = await openBare(page, embed(newHost(), '&mute'));
    await expect(frame.locator('.time').first()).toBeAttached();
    expect(await typesHeard(page)).toEqual([]);

    await openBare(page, embed(newHost(), '&late=600'));
    const begun = await page.evaluate(() => performance.now());
    await toHear(page, '__iframeReady');
    expect(((await heard(page, '__iframeReady'))[0]?.at ?? 0) - begun).toBeGreaterThan(400);
  });
});

test.describe('a page of the Calendly face', () => {
  const inline = (host: string, more = ''): string =>
    `${service.addresses.calendly}/${host}/30min?embed_domain=${new URL(hostOrigin).host}&embed_type=Inline${more}`;

  test('says nothing without embed_domain', async ({ page }) => {
    const frame = await openBare(page, `${service.addresses.calendly}/${newHost()}/30min?embed_type=Inline`);
    await expect(frame.locator('.time').first()).toBeVisible();
    expect(await typesHeard(page)).toEqual([]);
  });

  test('tells what is seen, chosen and booked by keyboard alone, the booking twice', async ({ page }) => {
    const host = newHost();
    const frame = await openBare(page, inline(host, '&name=Ada%20Lovelace'));
    await expect(frame.locator('.time').first()).toBeVisible();
    const heights = (await heard(page, 'calendly.page_height')).map(({ data }) => data['height']);
    expect(heights.slice(0, 2)).toEqual(['2px', '26px']);
    await toHear(page, 'calendly.page_height', 3);
    expect((await heard(page, 'calendly.page_height')).at(-1)?.data['height']).toMatch(
      /^[3-9]\d\dpx$|^1\d{3}px$/,
    );

    const { keyboard } = page;
    const focused = frame.locator(':focus');
    await frame.getByRole('button', { name: 'Next month' }).focus();
    await keyboard.press('Tab');
    await expect(focused).toHaveClass('day');
    const from = await focused.getAttribute('data-day');
    await keyboard.press('PageDown');
    await expect(focused).not.toHaveAttribute('data-day', from ?? '');
    await expect(frame.locator('.month[aria-busy="false"]')).toBeAttached();
    // The first free day of a month can be anywhere in it: walk there.
    await keyboard.press('Home');
    const freeDay = await frame.locator('.day[data-free]').nth(3).getAttribute('data-day');
    for (let steps = 0; steps < 40 && (await focused.getAttribute('data-day')) !== freeDay; steps++) {
      const now = (await focused.getAttribute('data-day')) ?? '';
      await keyboard.press(now < (freeDay ?? '') ? 'ArrowRight' : 'ArrowLeft');
    }
    await keyboard.press('Enter');
    await expect(focused).toHaveAttribute('aria-pressed', 'true');
    await keyboard.press('Tab');
    await expect(focused).toHaveAttribute('id', 'zone');
    await keyboard.press('Tab');
    const time = frame.locator('.time').first();
    // Firefox stops at a list that scrolls.
    if (!(await time.evaluate((element) => element === document.activeElement))) await keyboard.press('Tab');
    await expect(time).toBeFocused();
    await keyboard.press('Enter');
    await toHear(page, 'calendly.date_and_time_selected');
    await expect(frame.getByRole('heading', { name: 'Your details' })).toBeFocused();
    await keyboard.press('Tab');
    await expect(frame.getByLabel('Your name')).toBeFocused();
    await expect(frame.getByLabel('Your name')).toHaveValue('Ada Lovelace');
    await keyboard.press('Enter');
    await expect(frame.getByLabel('E-mail address'), 'the first field that is wrong').toBeFocused();
    await expect(frame.getByLabel('E-mail address')).toHaveAttribute('aria-invalid', 'true');
    await keyboard.type('ada@example.com');
    await keyboard.press('Enter');
    await expect(frame.getByRole('heading', { name: 'You are booked' })).toBeFocused();

    await toHear(page, 'calendly.event_scheduled', 2);
    const [booking] = await bookingsOf(host);
    const scheduled = await heard(page, 'calendly.event_scheduled');
    expect(scheduled.map(({ data }) => data)).toEqual([scheduled[0]?.data, scheduled[0]?.data]);
    expect(scheduled[0]?.data).toMatchObject({
      event: { uri: `https://api.calendly.com/scheduled_events/${booking?.uid ?? ''}` },
    });
    const told = (await typesHeard(page)).filter((type) => type !== 'calendly.page_height');
    expect(told).toEqual([
      'calendly.event_type_viewed',
      'calendly.date_and_time_selected',
      'calendly.event_scheduled',
      'calendly.event_scheduled',
    ]);
  });

  test('takes prefill by message once it is drawn, and loses it before', async ({ page }) => {
    const frame = await openBare(page, inline(newHost(), '&page-slots-delay=4000'));
    const prefill = (name: string): Promise<void> =>
      post(page, { event: 'calendly.prefill', payload: { name } });
    await toHear(page, 'calendly.page_height');
    await prefill('Too Early');
    await toHear(page, 'calendly.event_type_viewed');
    await frame.locator('.time').last().click();
    await expect(frame.getByLabel('Your name')).toHaveValue('');
    await prefill('Ada Lovelace');
    await expect(frame.getByLabel('Your name')).toHaveValue('Ada Lovelace');
  });

  test('opens a time by its own address, and says that it is gone in a page of its own', async ({ page }) => {
    const host = newHost();
    const { addresses } = service;
    const range = `start=${new Date().toISOString()}&end=${new Date(Date.now() + 20 * 86_400_000).toISOString()}`;
    const answer = await fetch(
      `${addresses.calendly}/v1/availability?src=${encodeURIComponent(`${addresses.calendly}/${host}/30min`)}&${range}`,
    );
    const { slots } = (await answer.json()) as { slots: { url: string; start: string }[] };
    const [slot] = slots;
    expect(slot).toBeDefined();
    const frame = await openBare(page, `${slot?.url ?? ''}?embed_domain=x`);
    await fillIn(frame);
    await frame.getByRole('button', { name: 'Confirm booking' }).click();
    await toHear(page, 'calendly.event_scheduled');
    const gone = await openBare(page, `${slot?.url ?? ''}?embed_domain=x`);
    await expect(gone.getByRole('heading', { name: 'This time is no longer available' })).toBeVisible();
    await toHear(page, 'calendly.page_height', 3);
    expect(new Set(await typesHeard(page))).toEqual(new Set(['calendly.page_height']));
  });

  test('says nothing when there is nothing to book', async ({ page }) => {
    for (const path of ['acme/inactive', 'acme/nothing', 'nobody']) {
      const frame = await openBare(page, `${service.addresses.calendly}/${path}?embed_domain=x`);
      await expect(frame.locator('h1')).toBeVisible();
      expect(await typesHeard(page)).toEqual([]);
    }
  });
});

test('a plain page takes bookings and never says a word', async ({ page }) => {
  const host = newHost();
  const frame = await openBare(page, `${service.addresses.plain}/${host}/30min`);
  await frame.locator('.time').last().click();
  await fillIn(frame);
  await frame.getByRole('button', { name: 'Confirm booking' }).click();
  await expect(frame.getByRole('heading', { name: 'You are booked' })).toBeVisible();
  expect(await bookingsOf(host)).toHaveLength(1);
  expect(await typesHeard(page)).toEqual([]);
});

test('of two who want the same time one gets it, and the other is offered another', async ({
  page,
  context,
}) => {
  const host = newHost();
  const second = await context.newPage();
  const address = `${service.addresses.cal}/${host}/30min`;
  for (const visitor of [page, second]) {
    await visitor.goto(address);
    await visitor.locator('.time').last().click();
    await visitor.getByLabel('Your name').fill('Ada');
    await visitor.getByLabel('E-mail address').fill('ada@example.com');
  }
  await page.getByRole('button', { name: 'Confirm booking' }).click();
  await expect(page.getByRole('heading', { name: 'You are booked' })).toBeVisible();
  await second.getByRole('button', { name: 'Confirm booking' }).click();
  await expect(second.getByText('That time was just taken. Please pick another.')).toBeVisible();
  await second.locator('.time').last().click();
  await expect(second.getByLabel('Your name'), 'nothing has to be typed again').toHaveValue('Ada');
  await second.getByRole('button', { name: 'Confirm booking' }).click();
  await expect(second.getByRole('heading', { name: 'You are booked' })).toBeVisible();
});

test('a time that was taken in the meantime is said when an address opens at it', async ({ page }) => {
  const host = newHost();
  await page.goto(`${service.addresses.cal}/${host}/30min`);
  const start = (await page.locator('.time').first().getAttribute('data-start')) ?? '';
  const query = `slot=${start}&date=${start.slice(0, 10)}&month=${start.slice(0, 7)}&cal.tz=UTC`;
  await page.goto(`${service.addresses.cal}/${host}/30min?${query}`);
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('E-mail address').fill('ada@example.com');
  await page.getByRole('button', { name: 'Confirm booking' }).click();
  await expect(page.getByRole('heading', { name: 'You are booked' })).toBeVisible();
  await page.goto(`${service.addresses.cal}/${host}/30min?${query}`);
  await expect(page.getByText('That time was just taken. Please pick another.')).toBeVisible();
  await expect(page.locator('.time').first()).toBeVisible();
});
