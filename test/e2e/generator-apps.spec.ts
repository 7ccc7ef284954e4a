import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { snippetFor } from '../../demo/gallery/generator/destinations.js';
import { complete, type State } from '../../demo/gallery/generator/state.js';
import { serveFiles } from '../../tools/static-site.js';
import { openExample, type Example } from '../helpers/example-apps.js';
import { expect, slot, test } from '../helpers/widget-pages.js';

/** Characters that JSX, Vue and Svelte each read as code. */
const LABEL = `Book "now" {soon} {{later}} & it's <free>`;

/** An app of each kind that shows two pasted components: `file` is the app's own, `extension` that of the components. */
const APPS = {
  react: {
    extension: 'jsx',
    file: 'app.jsx',
    app: `import { Booking } from './Booking.jsx'; import { Booking as Popup } from './Popup.jsx'; export const App = () => <><Booking /><Popup /></>;`,
  },
  vue: {
    extension: 'vue',
    file: 'App.vue',
    app: `<script setup>import Booking from './Booking.vue'; import Popup from './Popup.vue';</script><template><Booking /><Popup /></template>`,
  },
  svelte: {
    extension: 'svelte',
    file: 'App.svelte',
    app: `<script>import Booking from './Booking.svelte'; import Popup from './Popup.svelte';</script><Booking /><Popup />`,
  },
} as const;

const textFor = (fields: Partial<State>): string =>
  snippetFor(complete(fields), { version: '0.0.0', integrity: {} }).text;

/** The built page; React's is rendered on a server, and hydrated. */
async function pageOf(example: Example, to: string): Promise<string> {
  await example.build();
  const page = Buffer.from(example.read('index.html') ?? []).toString();
  if (to !== 'react') return page;
  const { render } = await example.build('src/server.jsx');
  return page.replace('<!--app-->', (render as () => string)());
}

for (const [to, { extension, file, app }] of Object.entries(APPS))
  test(`the copied text for ${to} is a component that compiles and shows a working widget`, async ({
    page,
    service,
    site,
  }) => {
    const link = `${service.cal}/${site.host}/30min`;
    const example = await openExample(
      to,
      link,
      `<html lang="en" data-booking-provider="cal" data-booking-api="${service.cal}">`,
    );
    const write = (name: string, text: string): void =>
      writeFileSync(join(example.folder, 'src', name), text);
    write(
      `Booking.${extension}`,
      textFor({ link, to, height: '480', radius: '3', lang: 'de', theme: 'dark', tracking: 'data-layer' }),
    );
    write(`Popup.${extension}`, textFor({ link, to, mode: 'popup', label: LABEL, accent: '#0b6b50' }));
    write(file, app);
    const html = await pageOf(example, to);
    const server = await serveFiles((path) =>
      path === 'index.html' ? Buffer.from(html) : example.read(path),
    );
    try {
      const found: string[] = [];
      page.on('console', (message) => {
        if (/error|warning/.test(message.type())) found.push(message.text());
      });
      page.on('pageerror', (error) => found.push(String(error)));
      // The calendar comes after the slots were seen.
      await site.turn({ delay: 3000 });
      await page.goto(server.origin.replace('127.0.0.1', 'localhost'));

      const inline = page.locator('booking-widget').first();
      await expect(slot(page).first()).toBeVisible();
      await expect(inline).toHaveCSS('min-height', '480px');
      await expect(inline).toHaveCSS('--booking-radius', '3px');
      await expect(inline).toHaveAttribute('lang', 'de');
      await expect(inline).toHaveAttribute('theme', 'dark');
      await expect(inline).toHaveAttribute('data-layer');

      const popup = page.locator('booking-widget').nth(1);
      await expect(popup).toHaveAttribute('accent', '#0b6b50');
      await popup.getByRole('link', { name: LABEL }).click();
      await expect(popup.getByRole('dialog')).toBeVisible();
      expect(found.filter((text) => !/favicon|404/.test(text))).toEqual([]);
    } finally {
      await server.stop();
      example.remove();
    }
  });
