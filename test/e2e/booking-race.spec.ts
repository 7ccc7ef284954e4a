import { expect, test, widget } from '../helpers/widget-pages.js';

const VISITORS = 100;

test('of a hundred visitors who confirm the same slot at once one is booked, and the others are led to other slots with what they typed', async ({
  page,
  site,
  service,
}) => {
  await site.open(
    page,
    widget(service, site.host, 'loading="interaction"', 'display:block').repeat(VISITORS),
  );

  /** How many widgets show something with this text. */
  const showing = (selector: string, text = ''): Promise<number> =>
    page.evaluate(
      ([wanted, words]) =>
        [...document.querySelectorAll('booking-widget')].filter((each) =>
          [...(each.shadowRoot?.querySelectorAll(wanted) ?? [])].some(({ textContent }) =>
            textContent.includes(words),
          ),
        ).length,
      [selector, text] as const,
    );
  /** Clicks the first of these in every widget, all in one task. */
  const clickAll = (selector: string): Promise<void> =>
    page.evaluate((wanted) => {
      for (const { shadowRoot } of document.querySelectorAll('booking-widget'))
        shadowRoot?.querySelector<HTMLElement>(wanted)?.click();
    }, selector);

  // Every widget comes near the viewport once.
  await page.evaluate(async () => {
    for (const each of document.querySelectorAll('booking-widget')) {
      each.scrollIntoView();
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });
  // On a busy machine some pass by within one frame: the page goes back to them.
  const showThose = (): Promise<void> =>
    page.evaluate(() => {
      const widgets = [...document.querySelectorAll('booking-widget')];
      widgets.find((each) => !each.shadowRoot?.querySelector('[part~="slot"]'))?.scrollIntoView();
    });
  await expect
    .poll(async () => {
      await showThose();
      return showing('[part~="slot"]');
    })
    .toBe(VISITORS);
  await clickAll('[part~="slot"]');
  await expect.poll(() => showing('[part~="form"]')).toBe(VISITORS);
  await page.evaluate(() => {
    [...document.querySelectorAll('booking-widget')].forEach(({ shadowRoot }, index) => {
      for (const [name, value] of [
        ['name', `Visitor ${index}`],
        ['email', `visitor-${index}@example.org`],
      ] as const) {
        const input = shadowRoot?.querySelector<HTMLInputElement>(`input[name="${name}"]`);
        if (!input) throw new Error(`no field ${name}`);
        input.value = value;
        input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      }
    });
  });
  await clickAll('[part~="confirm"]');
  await expect.poll(() => showing('[part~="confirmation"]', 'You are booked')).toBe(1);
  await expect.poll(() => showing('.list, .bar, .cover', 'was just taken')).toBe(VISITORS - 1);
  const response = await fetch(`${service.control}/bookings?match=${site.host}`);
  expect(await response.json()).toHaveLength(1);

  // What was typed is there at the next slot.
  await clickAll('[part~="slot"]');
  await expect.poll(() => showing('[part~="form"]')).toBe(VISITORS - 1);
  const names = await page.evaluate(() =>
    [...document.querySelectorAll('booking-widget')].flatMap(
      ({ shadowRoot }) => shadowRoot?.querySelector<HTMLInputElement>('input[name="name"]')?.value ?? [],
    ),
  );
  expect(new Set(names).size).toBe(VISITORS - 1);
});
