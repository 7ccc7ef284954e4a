import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type FrameLocator, type Locator, type Page } from '@playwright/test';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isStale } from '../../demo/build-if-stale.js';
import { startGallery, STRICT_POLICY, type GallerySite } from '../helpers/gallery-site.js';

interface Complaints {
  /** What the page has complained about so far, in the console or by an exception. */
  readonly complaints: string[];
  /** Complaints that belong to what a page shows; all others fail the test. */
  allow(pattern: RegExp): void;
}

const test = base.extend<{ watched: Complaints }, { site: GallerySite }>({
  site: [
    // eslint wants no empty pattern, Playwright wants one
    async ({ browserName: _ }, use) => {
      const site = await startGallery();
      await use(site);
      await site.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ site }, use) => use(site.origin),
  watched: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      const allowed: RegExp[] = [];
      page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await use({ complaints, allow: (pattern) => void allowed.push(pattern) });
      expect(complaints.filter((text) => !allowed.some((pattern) => pattern.test(text)))).toEqual([]);
    },
    { auto: true },
  ],
});

test.use({ viewport: { width: 1280, height: 900 }, timezoneId: 'Europe/Berlin', locale: 'en-GB' });

const PAGES = [
  '/inline',
  '/popup',
  '/floating',
  '/pasted',
  '/lazy',
  '/interaction',
  '/consent',
  '/failures',
  '/many',
  '/compare',
  '/theming',
  '/languages',
  '/narrow',
  '/calendly',
  '/plain',
  '/companion',
  '/events',
  '/forms',
];

const widget = (page: Page): Locator => page.locator('booking-widget').first();
const slots = (within: Page | Locator): Locator => within.locator('[part~=slot]');
const frameOf = (within: Page | Locator): FrameLocator =>
  within.locator('[part~=frame]').first().contentFrame();
const row = (page: Page, event: string): Locator => page.locator(`tr[data-event=${event}]`);

/** Until whatever is on screen has come to rest: no widget there is still asking or loading. */
async function settled(page: Page): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(() =>
        [...document.querySelectorAll('booking-widget:defined')]
          .filter((each) => each.getBoundingClientRect().top < innerHeight)
          .flatMap((each) => [
            ...(each.shadowRoot?.querySelectorAll('[aria-busy=true], [part=skeleton]') ?? []),
          ])
          .every((busy) => !busy.checkVisibility()),
      ),
    )
    .toBe(true);
}

async function violations(page: Page, accepted: readonly string[] = []): Promise<string[]> {
  const found = await new AxeBuilder({ page }).disableRules([...accepted]).analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

async function book(frame: FrameLocator): Promise<void> {
  await frame.locator('.time').last().click();
  await frame.getByLabel('Your name').fill('Ada Lovelace');
  await frame.getByLabel('E-mail address').fill('ada@example.com');
  await frame.getByRole('button', { name: 'Confirm booking' }).click();
}

test.describe('every page', () => {
  test('is found from the index, which shows a widget at work', async ({ page }) => {
    await page.goto('/');
    const links = page.locator('.cards a');
    expect(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')))).toEqual(PAGES);
    await expect(slots(page).first()).toBeVisible();
  });

  for (const path of ['/', ...PAGES]) {
    // Two frames with the same page in them are what that page is about.
    const accepted = path === '/compare' ? ['landmark-unique'] : [];
    test(`${path} is accessible in light and dark, and fits a phone`, async ({ page, browserName }) => {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('.lead')).toBeVisible();
      await expect(page.locator('script[src="/dist/booking-widget.js"][async]')).toHaveCount(1);
      await settled(page);
      // What is accessible is so in every engine, and only one can be told to be dark.
      for (const colorScheme of browserName === 'chromium' ? (['light', 'dark'] as const) : []) {
        await page.emulateMedia({ colorScheme });
        expect(await violations(page, accepted), colorScheme).toEqual([]);
      }
      await page.setViewportSize({ width: 320, height: 640 });
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
        .toBeLessThanOrEqual(320);
    });
  }

  test('comes with its snippet, which is the markup that is on the page', async ({ page, site }) => {
    for (const path of ['/inline', '/popup', '/calendly', '/forms']) {
      await page.goto(path);
      await settled(page);
      const snippet = page.locator('.snippet').first();
      const pasted = await snippet.locator('code').evaluate((code) => {
        const attributesIn = (root: ParentNode): string[][] =>
          [...root.querySelectorAll('booking-widget, booking-widget a')].map((each) =>
            [...each.attributes]
              .filter(({ name }) => name !== 'aria-haspopup')
              .map(({ name, value }) => `${name}=${value}`),
          );
        // The text comes from the page itself and is only read.
        const policy = (
          window as unknown as {
            trustedTypes?: {
              createPolicy(name: string, rules: object): { createHTML(text: string): string };
            };
          }
        ).trustedTypes?.createPolicy('read-back', { createHTML: (text: string) => text });
        const text = code.textContent;
        const parsed = new DOMParser().parseFromString(policy?.createHTML(text) ?? text, 'text/html');
        const live = document.querySelector('.example') ?? document;
        return {
          written: attributesIn(parsed),
          live: attributesIn(live),
          script: parsed.querySelector('script')?.getAttribute('src'),
        };
      });
      expect(pasted.written.length, path).toBeGreaterThan(0);
      expect(pasted.written, path).toEqual(pasted.live);
      expect(pasted.script, path).toBe('/dist/booking-widget.js');
      await snippet.getByRole('button', { name: 'Your site' }).click();
      await expect(snippet.locator('code')).not.toContainText('127.0.0.1');
      await expect(snippet.locator('code')).not.toContainText(new URL(site.service.cal).port);
    }
  });

  test('works under a policy that forbids everything inline and everything from elsewhere', async ({
    page,
  }) => {
    const answer = await page.goto('/inline');
    expect(answer?.headers()['content-security-policy']).toBe(STRICT_POLICY);
    await expect(row(page, 'booking-ready')).toBeVisible();
    // Whatever was forbidden would have been a complaint, on this page and on all others.
  });

  test('can be reached by keyboard on a phone', async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto('/inline');
    const menu = page.getByRole('button', { name: 'Pages' });
    await menu.focus();
    await page.keyboard.press('Enter');
    const link = page.getByRole('navigation', { name: 'Gallery' }).getByRole('link', { name: 'Popup' });
    await expect(link).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(link).toBeHidden();
    await expect(menu).toBeFocused();
    await page.keyboard.press('Enter');
    await link.focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/popup$/);
  });
});

test.describe('inline', () => {
  test('shows times first and the calendar when it is ready', async ({ page }) => {
    await page.goto('/inline');
    await expect(row(page, 'booking-availability').first()).toBeVisible();
    await expect(row(page, 'booking-ready')).toContainText('provider cal');
    await expect(frameOf(page).locator('.time').first()).toBeVisible();
  });
});

test.describe('popup', () => {
  for (const [what, find] of [
    ['a link of one’s own', (page: Page) => page.getByRole('link', { name: 'Book a time' })],
    ['a button of one’s own', (page: Page) => page.getByRole('button', { name: 'Talk to us' })],
    ['a link with a class', (page: Page) => page.getByRole('link', { name: 'As long as you need' })],
  ] as const) {
    test(`opens from ${what}, and gives the focus back`, async ({ page }) => {
      await page.goto('/popup');
      const opener = find(page);
      await opener.scrollIntoViewIfNeeded();
      await expect(opener).toHaveAttribute('aria-haspopup', 'dialog');
      await opener.click();
      const dialog = page.getByRole('dialog');
      await expect(dialog).toBeVisible();
      await expect(row(page, 'booking-open')).toHaveCount(1);
      await expect(frameOf(dialog).locator('.time').first()).toBeVisible();
      await dialog.getByRole('button', { name: 'Close' }).click();
      await expect(dialog).toBeHidden();
      await expect(opener).toBeFocused();
      await expect(row(page, 'booking-close')).toHaveCount(1);
    });

    test(`is accessible when it was opened from ${what}`, async ({ page, browserName }) => {
      test.skip(browserName !== 'chromium', 'what is accessible is so in every engine');
      await page.goto('/popup');
      // Until then it is the link it looks like.
      await find(page).scrollIntoViewIfNeeded();
      await expect(find(page)).toHaveAttribute('aria-haspopup', 'dialog');
      await find(page).click();
      await expect(frameOf(page.getByRole('dialog')).locator('.time').first()).toBeVisible();
      expect(await violations(page)).toEqual([]);
    });
  }

  test('opens by a command, and closes with Escape', async ({ page }) => {
    await page.goto('/popup');
    test.skip(
      !(await page.evaluate(() => 'commandForElement' in HTMLButtonElement.prototype)),
      'this browser knows no commands',
    );
    const opener = page.getByRole('button', { name: 'Reserve a workshop hour' });
    await opener.scrollIntoViewIfNeeded();
    await expect.poll(() => page.evaluate(() => !!customElements.get('booking-widget'))).toBe(true);
    await opener.click();
    const dialog = page.getByRole('dialog', { name: 'Workshop hour' });
    await expect(row(page, 'booking-ready')).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });
});

test.describe('floating', () => {
  test('stays in the corner and opens the dialog', async ({ page }) => {
    await page.goto('/floating');
    const launcher = page.getByRole('button', { name: 'Book a time' });
    await expect(launcher).toBeVisible();
    const box = await launcher.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeGreaterThan(1200);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeGreaterThan(840);
    await launcher.click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
  });
});

test.describe('pasted', () => {
  test('every form works, and nothing of the page is hidden or taken for a form', async ({ page }) => {
    await page.goto('/pasted');
    for (const example of ['breaks', 'emptied', 'taken-away']) {
      await page.locator(`#${example}`).scrollIntoViewIfNeeded();
      await expect(slots(page.locator(`#${example}`)).first()).toBeVisible();
    }
    await expect(page.locator('#breaks').getByRole('link')).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'Book a quick call' })).not.toHaveAttribute('aria-haspopup');
    const swallowed = page.getByRole('link', { name: 'What else is here' });
    await expect(swallowed).toBeVisible();
    await expect(swallowed).not.toHaveAttribute('aria-haspopup');

    const dialog = page.locator('dialog[open]');
    for (const opener of [
      page.getByRole('button', { name: 'Reserve an hour' }),
      page.getByRole('link', { name: 'As long as you need' }),
      page.getByRole('button', { name: 'Visit the studio' }),
    ]) {
      await opener.click();
      await expect(dialog).toBeVisible();
      await dialog.getByRole('button', { name: 'Close' }).click();
      await expect(dialog).toHaveCount(0);
    }
  });
});

test.describe('lazy', () => {
  test('fetches nothing but the loader before the visitor comes near', async ({ page, site }) => {
    const asked: string[] = [];
    page.on('request', (request) => {
      const { origin, pathname } = new URL(request.url());
      if (origin !== site.origin || pathname.startsWith('/dist/')) asked.push(origin + pathname);
    });
    await page.goto('/lazy');
    const requests = page.locator('[data-requests]');
    await expect(requests).toHaveAttribute('data-own', '1');
    // Near, but not near enough.
    await page.evaluate(() => {
      const top = document.querySelector('booking-widget')?.getBoundingClientRect().top ?? 0;
      scrollTo({ top: scrollY + top - innerHeight - 260, behavior: 'instant' });
    });
    // Its own watcher, made later than the loader's, tells that the loader's has had its turn.
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          new IntersectionObserver(resolve).observe(document.body);
        }),
    );
    expect(asked).toEqual([`${site.origin}/dist/booking-widget.js`]);
    await page.getByRole('link', { name: 'Go down to the widget' }).click();
    await expect(frameOf(page).locator('.time').first()).toBeVisible();
    expect(asked.some((address) => address.startsWith(site.service.cal))).toBe(true);
    await expect(requests).not.toHaveAttribute('data-foreign', '0');
  });
});

test.describe('interaction', () => {
  test('frames nothing before a time is chosen, and then that time', async ({ page }) => {
    await page.goto('/interaction');
    const first = slots(page).first();
    await expect(first).toBeVisible();
    await expect(page.locator('[data-requests]')).toHaveAttribute('data-foreign', '1');
    expect(page.frames()).toHaveLength(1);
    await first.click();
    await expect(row(page, 'booking-slot-select')).toHaveCount(1);
    await expect(frameOf(page).getByLabel('Your name')).toBeVisible();
    await expect(widget(page).locator('iframe')).toHaveAttribute('src', /slot=/);
  });
});

test.describe('consent', () => {
  test('contacts nobody before the visitor agrees', async ({ page, site }) => {
    const asked: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(site.origin)) asked.push(request.url());
    });
    await page.goto('/consent');
    const show = widget(page).getByRole('button', { name: 'Show the calendar' });
    await expect(show).toBeVisible();
    await show.hover();
    await settled(page);
    expect(asked).toEqual([]);
    await expect(page.locator('[data-requests]')).toHaveAttribute('data-foreign', '0');
    const grant = page.getByRole('button', { name: 'Allow external services' });
    await (
      (await page.evaluate(() => 'commandForElement' in HTMLButtonElement.prototype)) ? grant : show
    ).click();
    await expect(row(page, 'booking-ready')).toBeVisible();
    expect(asked.length).toBeGreaterThan(0);
  });
});

/** How each ends. What is not named ends with the calendar alone. */
const ENDS: Readonly<Record<string, string | readonly [code: string, then: 'ready']>> = {
  hang: 'timeout',
  refuse: 'provider-error',
  'not-found': 'not-found',
  error: 'provider-error',
  once: ['provider-error', 'ready'],
  mute: 'timeout',
  late: ['timeout', 'ready'],
  'frame-ancestors': 'refused|timeout',
  xfo: 'timeout',
  policy: 'blocked-csp',
  address: 'bad-config',
};

/** Browsers tell in the console of what was made to fail here; some call it an error of the page. */
const MADE_TO_FAIL = /^(?!exception)|settings blocked|X-Frame-Options|Same Origin Policy/;

test.describe('failure lab', () => {
  for (const id of [
    'none',
    'slow',
    'height',
    'empty',
    'times-429',
    'times-500',
    'times-garbage',
    'times-mute',
    ...Object.keys(ENDS),
  ]) {
    const end = ENDS[id];
    const [code, then] = typeof end === 'string' ? [end, undefined] : (end ?? [undefined, 'ready']);
    const words = [code && `the failure view (${code})`, then && 'the calendar']
      .filter(Boolean)
      .join(', then ');
    test(`${id} ends in ${words}`, async ({ page, watched }) => {
      watched.allow(MADE_TO_FAIL);
      await page.goto(`/failures?failure=${id}`);
      const place =
        id === 'policy' ? page.frameLocator('iframe.broken').locator('body') : page.locator('body');
      if (code) {
        const error = row(page, 'booking-error').last();
        await expect(error).toContainText(new RegExp(`code (${code})`));
        const failure = place.locator('[part~=failure]');
        if (!then) {
          await expect(failure).toBeVisible();
          await expect(failure.getByRole('button', { name: 'Try again' })).toBeVisible();
          await expect(failure.getByRole('link', { name: 'Open in a new tab' })).toHaveCount(
            id === 'address' ? 0 : 1,
          );
        }
      } else {
        await expect(row(page, 'booking-error')).toHaveCount(0);
      }
      if (then) {
        await expect(row(page, 'booking-ready').first()).toBeVisible({ timeout: 30_000 });
        await expect(frameOf(page).locator('.card').first()).toBeVisible();
      }
      if (id === 'height') {
        const box = await widget(page).boundingBox();
        expect(box?.height).toBeLessThanOrEqual(5000);
      }
    });
  }

  test('own-files ends in a note with a way out, written by the loader', async ({ page, watched }) => {
    watched.allow(MADE_TO_FAIL);
    await page.goto('/failures?failure=own-files');
    const note = page.frameLocator('iframe.broken').getByRole('alert');
    await expect(note).toContainText('could not be loaded');
    await expect(note.getByRole('button', { name: 'Try again' })).toBeVisible();
    await expect(note.getByRole('link', { name: 'Open in a new tab' })).toBeVisible();
  });

  test('offline ends in the failure view, and in the calendar when the connection is back', async ({
    page,
    context,
    watched,
  }) => {
    watched.allow(MADE_TO_FAIL);
    await page.goto('/failures?failure=offline');
    await expect(row(page, 'booking-ready')).toBeVisible();
    await context.setOffline(true);
    await page.getByRole('button', { name: 'Start again' }).click();
    await expect(row(page, 'booking-error').first()).toContainText('code offline');
    await expect(widget(page).locator('[part~=failure]')).toContainText('You seem to be offline');
    await context.setOffline(false);
    await expect(row(page, 'booking-ready')).toBeVisible({ timeout: 30_000 });
  });

  test('starts again with another host, by keyboard too', async ({ page, watched }) => {
    watched.allow(MADE_TO_FAIL);
    await page.goto('/failures?failure=not-found');
    await expect(row(page, 'booking-error')).toHaveCount(1);
    const former = await widget(page).getAttribute('src');
    await page.getByRole('radio', { name: '404' }).focus();
    await page.keyboard.press('ArrowUp');
    await expect(page).toHaveURL(/failure=refuse/);
    await expect(row(page, 'booking-error').first()).toContainText('code provider-error');
    await page.getByRole('button', { name: 'Start again' }).click();
    await expect.poll(() => widget(page).getAttribute('src')).not.toBe(former);
  });
});

test.describe('many widgets', () => {
  test('fifty with the same page ask for its times once', async ({ page }) => {
    await page.goto('/many?count=50');
    const widgets = page.locator('[data-grid] booking-widget');
    await expect(widgets).toHaveCount(50);
    for (const each of await widgets.all()) await each.scrollIntoViewIfNeeded();
    const result = page.locator('[data-result]');
    await expect(result).toHaveAttribute('data-shown', '50');
    await expect(result).toHaveAttribute('data-asked', '1');
    expect(page.frames()).toHaveLength(1);
  });

  test('ten with pages of their own ask only for those that were near', async ({ page }) => {
    await page.goto('/many?count=10&src=different');
    const result = page.locator('[data-result]');
    await expect(slots(widget(page)).first()).toBeVisible();
    await settled(page);
    const asked = (): Promise<number> => result.getAttribute('data-asked').then(Number);
    await expect.poll(asked).toBeGreaterThan(1);
    expect(await asked()).toBeLessThan(10);
    for (const each of await page.locator('[data-grid] booking-widget').all())
      await each.scrollIntoViewIfNeeded();
    await expect.poll(asked).toBe(10);
  });
});

test.describe('beside a plain iframe', () => {
  test('shows times sooner, and on the second visit much sooner', async ({ page }) => {
    const times = async (): Promise<number[]> => {
      await expect(page.locator('[data-rows][data-done]')).toBeVisible({ timeout: 40_000 });
      const cells = await page.locator('[data-rows] tr').last().locator('td').allTextContents();
      return cells.map((text) => parseInt(text));
    };
    await page.goto('/compare');
    const [first = NaN, calendar = NaN, plain = NaN] = await times();
    expect(first).toBeLessThan(plain);
    expect(calendar).toBeGreaterThan(first);
    await page.getByRole('link', { name: 'Visit again' }).click();
    await expect(page.locator('[data-rows] tr')).toHaveCount(2);
    const [second = NaN, , plainAgain = NaN] = await times();
    expect(second).toBeLessThan(plainAgain / 2);
  });
});

test.describe('theming, languages, width', () => {
  test('each look is made of the CSS that is shown', async ({ page, browserName }) => {
    await page.goto('/theming');
    for (const [look, color] of [
      ['paper', 'rgb(122, 59, 29)'],
      ['night', 'rgb(196, 181, 253)'],
      ['pill', 'rgb(255, 255, 255)'],
    ] as const) {
      const section = page.locator(`.look.${look}`);
      await section.scrollIntoViewIfNeeded();
      await expect(slots(section).first()).toHaveCSS('color', color);
      await expect(section.locator('.snippet', { hasText: 'CSS' })).toContainText(`.${look} booking-widget`);
    }
    await settled(page);
    if (browserName === 'chromium') expect(await violations(page)).toEqual([]);
  });

  test('every language is that of the page around it, and Arabic runs from the right', async ({ page }) => {
    await page.goto('/languages');
    const arabic = page.locator('[lang=ar] booking-widget');
    await expect(arabic.getByRole('button', { name: 'عرض كل الأوقات' })).toBeVisible();
    const stage = await arabic.boundingBox();
    const first = await slots(arabic).first().boundingBox();
    expect((first?.x ?? 0) - (stage?.x ?? 0)).toBeGreaterThan((stage?.width ?? 0) / 2);
    for (const [lang, words] of [
      ['de', 'Alle Zeiten anzeigen'],
      ['ja', 'すべての時間を見る'],
    ] as const) {
      const tile = page.locator(`.tile[lang=${lang}]`);
      await tile.scrollIntoViewIfNeeded();
      await expect(tile.locator('[part~=all-times]')).toBeVisible();
      if (lang === 'de') await expect(tile.locator('[part~=all-times]')).toHaveText(words);
    }
  });

  test('the widget fits whatever box it is given', async ({ page }) => {
    await page.goto('/narrow');
    await expect(slots(page).first()).toBeVisible();
    for (const width of ['240', '320', '600']) {
      await page.getByRole('slider', { name: 'Width of the box' }).fill(width);
      const fits = await widget(page).evaluate(
        (each) =>
          [
            ...(each.shadowRoot?.querySelectorAll('[part~=slot], [part~=all-times], [part~=zone]') ?? []),
          ].every((part) => part.getBoundingClientRect().right <= each.getBoundingClientRect().right) &&
          each.getBoundingClientRect().width,
      );
      expect(fits).toBe(Number(width));
    }
  });
});

test.describe('other calendars', () => {
  test('Calendly is ready at its first real word, and answers are filled in', async ({ page }) => {
    await page.goto('/calendly');
    await expect(row(page, 'booking-ready')).toContainText('provider calendly');
    const frame = frameOf(page.locator('#page'));
    await frame.locator('.time').last().click();
    await expect(frame.getByLabel('Your name')).toHaveValue('Ada Lovelace');
    await expect(frame.getByLabel('E-mail address')).toHaveValue('ada@example.com');
    const times = page.locator('#times');
    await times.scrollIntoViewIfNeeded();
    await expect(slots(times).first()).toBeVisible();
  });

  test('a page that never speaks is shown, and never called ready', async ({ page }) => {
    await page.goto('/plain');
    await expect(row(page, 'booking-timing')).toContainText('outcome shown');
    await expect(frameOf(page).locator('.time').first()).toBeVisible();
    await expect(widget(page).getByRole('link', { name: 'Open in a new tab' })).toBeVisible();
    await expect(row(page, 'booking-ready')).toHaveCount(0);
  });
});

test.describe('events, reports, forms', () => {
  test('a booking is an event, and the load a report that arrived', async ({ page }) => {
    await page.goto('/events');
    await expect(row(page, 'booking-ready')).toHaveCount(1);
    await expect(page.locator('.report-list > li').first()).toContainText('ready');
    await book(frameOf(page));
    await expect(row(page, 'booking-booked')).toContainText('change created');
    await page.getByRole('link', { name: 'Or a quick call' }).click();
    await expect(row(page, 'booking-open')).toContainText('#popup');
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await expect(row(page, 'booking-close')).toHaveCount(1);
    await expect(page.locator('.tally')).toContainText('booking-booked 1');
  });

  test('a form holds the id of the booking', async ({ page, site }) => {
    await page.goto('/forms');
    const send = page.getByRole('button', { name: 'Send' });
    const sent = page.locator('output.sent');
    await expect(row(page, 'booking-ready')).toHaveCount(1);
    await send.click();
    await expect(sent).toHaveText('topic = A new website');
    await book(frameOf(page));
    await expect(row(page, 'booking-booked')).toHaveCount(1);
    await send.click();
    const bookings = (await (await fetch(`${site.service.control}/bookings?match=acme/30min`)).json()) as {
      readonly uid: string;
    }[];
    const text = await sent.innerText();
    expect(bookings.map(({ uid }) => `topic = A new website\nbooking = ${uid}`)).toContain(text);
  });
});

test.describe('companion', () => {
  /** The page, once its widget has times and is told of those that are gone. */
  async function listening(page: Page): Promise<{ asked: () => number }> {
    let asked = 0;
    page.on('request', (request) => {
      if (new URL(request.url()).pathname === '/v1/availability') asked++;
    });
    const told = page.waitForResponse((response) => response.url().includes('/v1/live?'));
    await page.goto('/companion');
    await expect(slots(page).first()).toBeVisible();
    expect((await told).status()).toBe(200);
    return { asked: () => asked };
  }

  const nameOf = async (slot: Locator): Promise<string> => (await slot.getAttribute('aria-label')) ?? '';

  test('a time that is booked in one browser goes from another', async ({ page, browser, site }) => {
    const context = await browser.newContext({
      baseURL: site.origin,
      viewport: { width: 1280, height: 900 },
      timezoneId: 'Europe/Berlin',
      locale: 'en-GB',
    });
    const other = await context.newPage();
    await listening(page);
    const { asked } = await listening(other);
    const name = await nameOf(slots(page).last());
    const there = other.locator(`[part~=slot][aria-label="${name}"]`);
    await expect(there).toBeVisible();
    const before = asked();
    // Firefox types into the window in front.
    await page.bringToFront();
    await slots(page).last().click();
    await expect(row(page, 'booking-ready')).toHaveCount(1);
    const frame = frameOf(page);
    await frame.getByLabel('Your name').fill('Ada Lovelace');
    await frame.getByLabel('E-mail address').fill('ada@example.com');
    await frame.getByRole('button', { name: 'Confirm booking' }).click();
    await expect(row(page, 'booking-booked')).toHaveCount(1);
    await expect(there).toHaveCount(0);
    expect(asked(), 'nobody asked').toBe(before);
    await context.close();
  });

  test('says how long it took until every page knew what somebody else booked', async ({ page }) => {
    await listening(page);
    const name = await nameOf(slots(page).first());
    await page.getByRole('button', { name: 'Book the first time from elsewhere' }).click();
    await expect(page.locator('[data-told]')).toContainText(/every page heard of it after \d+ ms/);
    await expect(page.locator(`[part~=slot][aria-label="${name}"]`)).toHaveCount(0);
  });

  test('hosts the widget on a page of its own, in somebody else’s frame too', async ({
    page,
    site,
    watched,
  }) => {
    watched.allow(/status of 400/); // the last page is a refusal
    await page.goto('/companion');
    const address = (await page.getByRole('link', { name: 'The same widget' }).getAttribute('href')) ?? '';
    expect(new URL(address).origin).toBe(site.companion);
    const answer = await page.goto(address);
    expect(answer?.headers()['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
    await expect(slots(page).first()).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.goto('/plain');
    await page.evaluate((src) => {
      const frame = document.createElement('iframe');
      frame.id = 'hosted';
      frame.width = '600';
      frame.height = '700';
      frame.src = src;
      document.querySelector('main')?.prepend(frame);
    }, address);
    await expect(page.frameLocator('#hosted').locator('[part~=slot]').first()).toBeVisible();
    await page.goto(`${site.companion}/embed?src=https://elsewhere.example/x`);
    await expect(page.getByRole('heading', { name: 'Nothing to book here' })).toBeVisible();
    await expect(page.getByText('elsewhere.example')).toBeVisible();
  });
});

test('npm start says where the gallery is, and it is there', async ({ page, browserName }) => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  test.skip(browserName !== 'chromium', 'once is enough');
  test.skip(isStale(root), 'it would build first, under the feet of whoever uses the build');
  const started = spawn(process.execPath, ['--import', 'tsx', 'demo/start.ts', '--port', '41870'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    let address = '';
    for await (const line of createInterface({ input: started.stdout })) {
      address = /Gallery\s+(\S+)/.exec(line)?.[1] ?? '';
      if (address) break;
    }
    started.stdout.resume();
    await page.goto(`${address}/inline`);
    await expect(slots(page).or(page.locator('booking-widget iframe')).first()).toBeVisible();
  } finally {
    started.kill();
  }
});
